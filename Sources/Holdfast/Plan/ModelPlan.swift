public import Segments

/// A regression that a plan asks for.
public struct ModelPlan: Hashable, Sendable {
  /// What the outcome is taken to be.
  public enum Family: String, CaseIterable, Hashable, Sendable {
    /// A chance: maximum likelihood.
    case logistic
    /// A chance, with Firth's penalty: finite where outcomes are separated.
    case firth
    /// A number with normal errors.
    case normal
    /// A count.
    case poisson
    /// A positive number whose error grows with it.
    case gamma
    /// A category of several levels without an order, against the first.
    case multinomial
    /// A category whose levels have an order: proportional odds.
    case ordinal
    /// A chance within strata, each with a level of its own that is conditioned away.
    case conditional

    /// Whether the outcome is one of several levels.
    var isOfLevels: Bool { self == .multinomial || self == .ordinal }

    /// Whether the errors and intervals are always the model's.
    var isModelOnly: Bool { isOfLevels || self == .conditional || self == .firth }
  }

  /// Where standard errors come from.
  public enum Errors: String, CaseIterable, Hashable, Sendable {
    /// The model's own information.
    case model
    /// The sandwich, HC3.
    case robust
    /// The sandwich by customer, CR2.
    case customer
  }

  /// How the intervals of coefficients are made.
  public enum Intervals: String, CaseIterable, Hashable, Sendable {
    /// The estimate and its error.
    case wald
    /// The values that a likelihood-ratio test does not reject.
    case profile
    /// The values that a score test does not reject.
    case score
  }

  /// The terms, and the outcome if it is not the plan's metric.
  public var formula: Formula
  /// The formula as written.
  public var text: String
  /// The name in the rows; the formula where none is given.
  public var name: String
  /// The law of the outcome; nil for logistic where the metric is `saved` and normal otherwise.
  public var family: Family?
  /// The standard errors; nil for those by customer where customers come back, and else the model's.
  public var errors: Errors?
  /// The intervals.
  public var intervals = Intervals.wald
  /// The levels of an outcome of several, the reference first or in their order; empty for those in use,
  /// in byte order.
  public var levels: [String] = []
  /// The column that makes the strata; `customer` for the customer.
  public var strata: String?
  /// The penalty; nil for none.
  public var penalty: PenaltyPlan?

  /// Creates a regression.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake.
  public init(_ text: String) throws(FormulaError) {
    formula = try Formula(text)
    self.text = text
    name = text
  }
}

/// A penalty that draws the coefficients of a regression to zero, and leaves most of them there.
public struct PenaltyPlan: Hashable, Sendable {
  /// How much is penalised.
  public enum Choice: String, CaseIterable, Hashable, Sendable {
    /// The greatest penalty whose deviance on held-out folds is within a standard error of the least.
    case oneStandardError
    /// The penalty of the least deviance on held-out folds.
    case minimum
    /// Akaike's criterion.
    case aic
    /// Schwarz's criterion.
    case bic
    /// Chen and Chen's criterion with γ = 1, for many columns.
    case ebic
  }

  /// What is drawn to zero as one.
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    /// Each coefficient by itself.
    case coefficient
    /// All coefficients of a term: a group lasso, in which a category enters whole.
    case term
  }

  /// What is drawn to zero as one.
  public var unit = Unit.coefficient
  /// The part of the penalty on sizes, 1 for a lasso; the rest is on squares.
  public var alpha = 1.0
  /// How much is penalised.
  public var choice = Choice.oneStandardError
  /// Whether what an earlier ridge fit found large is penalised little.
  public var isAdaptive = false
  /// The pairs of half-samples in which it is seen how often each column is selected; 0 for none.
  public var stability = 25
  /// The rate of false discoveries at which columns are selected against their knockoffs; nil for not.
  public var knockoffs: Double?

  /// Creates a lasso.
  public init() {}
}
