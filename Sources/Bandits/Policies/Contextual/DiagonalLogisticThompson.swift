public import Probability

/// Logistic Thompson sampling that keeps a variance for each coefficient and no covariance: the cheap form.
///
///     batch    w ← argmin ½ Σⱼ qⱼ(wⱼ − mⱼ)² + Σᵢ ln(1 + exp(−yᵢ wᵀxᵢ))      yᵢ = ±1
///              m ← w,   qⱼ ← qⱼ + Σᵢ xᵢⱼ² pᵢ(1 − pᵢ),   pᵢ = 1/(1 + exp(−wᵀxᵢ))
///     score    xᵀm + s z,   s² = Σⱼ xⱼ²/qⱼ,   z ~ N(0, 1)
///
/// A choice and a session are O(*K p*) and O(*p*): for features by the thousand. Each batch is a prior for the
/// next. With a feature a cell the form loses nothing. With features that go together, an intercept
/// beside dummies above all, it treats as independent what the sessions know only in sum: scores are then
/// more certain or less than they should be, and beliefs depend on the order of the sessions.
/// ``LogisticThompson`` keeps the whole curvature.
///
/// The minimum of a batch is found one session at a time: `w = m + Q⁻¹ Σᵢ tᵢxᵢ`, where at the optimum `tᵢ` is
/// the residual of session `i`, and each `tᵢ` is solved for, given the others, until none moves. A
/// batch of one session takes one such step.
///
/// References: Chapelle and Li (2011), *NIPS* 24, algorithm 3; Yu, Huang and Lin (2011), "Dual coordinate
/// descent methods for logistic regression", *Machine Learning* 85, 41–75, for the minimum.
public struct DiagonalLogisticThompson: Policy, Hashable {
  /// The features of each cell.
  public let features: ContextFeatures
  /// The number of sessions, of all arms, after which the policy learns.
  public let batchSize: Int
  private var beliefs: [DiagonalLogisticBelief]
  /// The sessions since, by arm.
  private var batch: [[DiagonalLogisticBelief.Session]]
  private var pending = 0

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - features: The features of each cell.
  ///   - prior: The belief about the coefficients of every offer, one a feature, in log-odds.
  ///   - batchSize: The number of sessions, of all arms, after which the policy learns.
  public init(
    armCount: Int, features: ContextFeatures, prior: CoefficientPrior, batchSize: Int = 1
  ) {
    precondition(armCount > 0, "a policy needs an arm to show")
    precondition(
      prior.featureCount == features.featureCount, "one coefficient belongs to each feature")
    precondition(batchSize > 0, "a batch has a session")
    self.features = features
    self.batchSize = batchSize
    beliefs = Array(repeating: DiagonalLogisticBelief(prior), count: armCount)
    batch = Array(repeating: [], count: armCount)
  }

  public var armCount: Int { beliefs.count }

  /// The means `m` of an arm's coefficients, in log-odds.
  public func coefficients(of arm: Arm) -> [Double] { beliefs[arm.index].means }

  /// The precisions `q` of an arm's coefficients.
  public func precisions(of arm: Arm) -> [Double] { beliefs[arm.index].precisions }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) { score($0, in: context).draw(using: &rng) }
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestDraw.probabilities((0..<armCount).map { score($0, in: context).independentLaw })
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    batch[arm.index].append(DiagonalLogisticBelief.Session(cell: context.cell, reward: reward))
    pending += 1
    guard pending == batchSize else { return }
    for arm in beliefs.indices {
      beliefs[arm].add(batch[arm], features: features)
      batch[arm].removeAll(keepingCapacity: true)
    }
    pending = 0
  }

  @inline(__always)
  private func score(_ arm: Int, in context: Context) -> ScoreLaw {
    beliefs[arm].logOdds(features.values.span.extracting(features.indices(of: context)))
  }
}
