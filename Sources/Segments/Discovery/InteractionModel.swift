/// A logistic regression in which the effect of the arms may depend on covariates.
///
///     logit P(saved) = intercept + arm + covariates + arm × covariates
///
/// The likelihood-ratio test against the same model without the products asks whether the effect
/// of the arms differs between customers at all. Sessions with equal patterns are counted first,
/// so that covariates which are all categories cost cells and not sessions.
///
/// Rewards lie in 0...1. Reference: McCullagh and Nelder (1989), *Generalized Linear Models*, 4.4.
public struct InteractionModel: Hashable, Sendable {
  /// What each coefficient of the full model multiplies, in words.
  public let terms: [String]
  /// The model with the products.
  public let full: LogisticFit
  /// The model without.
  public let reduced: LogisticFit
  /// The test of all products at once.
  public let test: LikelihoodRatioTest

  /// Fits both models.
  ///
  /// - Parameters:
  ///   - data: The sessions.
  ///   - baseline: The arm that is the reference, by its place.
  ///   - interacting: The covariates on which the effect may depend.
  ///   - adjusting: Covariates that move the outcome alike under every arm.
  ///   - solver: The settings of the fits.
  /// - Throws: ``FitError`` if a reward is not in 0...1, if columns are collinear, or if a fit stops
  ///   short of its maximum, or if no product varies.
  public init(
    _ data: SegmentData, baseline: Int, interacting: [Covariate], adjusting: [Covariate] = [],
    solver: NewtonSolver = NewtonSolver()
  ) throws(FitError) {
    precondition(!interacting.isEmpty, "an interaction is with something")
    precondition(solver.ridge == 0, "a likelihood-ratio test has no penalty")
    let covariates = interacting + adjusting
    let cells = DistinctCells(data, by: covariates)
    let sessions = data.subset(cells.representatives)
    let likelihood = try LogisticLikelihood(sessions.rewards, weights: cells.counts)

    var design = InteractionDesign(sessions, baseline: baseline)
    for covariate in covariates {
      design.addMainEffect(of: covariate.subset(cells.representatives))
    }
    reduced = try solver.fit(design.matrix, likelihood)
    for covariate in interacting {
      design.addInteraction(of: covariate.subset(cells.representatives))
    }
    terms = design.terms
    guard terms.count > reduced.coefficients.count else { throw .nothingToTest }
    full = try solver.fit(design.matrix, likelihood)
    test = try LikelihoodRatioTest(full: full, reduced: reduced)
  }
}
