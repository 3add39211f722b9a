/// One line of a calibration table: how often a test errs, against how often it says it does.
public struct CalibrationRow: Hashable, Sendable {
  /// What is counted.
  public enum Quantity: String, CaseIterable, Codable, Sendable {
    /// Rejections of a true null, two-sided.
    case typeIError
    /// Rejections of a true null in favour of more.
    case typeIErrorGreater
    /// Rejections of a true null in favour of less.
    case typeIErrorLess
    /// Intervals that hold the true effect.
    case coverage
    /// Experiments in which any look rejects a true null.
    case everRejected
    /// Experiments in which the interval of any look misses the true effect.
    case everMissed
    /// Families in which any true null is rejected.
    case familywiseError
  }

  /// What a row says of a test.
  public enum Verdict: String, Codable, Sendable {
    /// The error is within the limit, or cannot be told from it.
    case holds
    /// The error is above the limit.
    case exceeds
  }

  /// The name of the test or interval.
  public let test: String
  /// The law that the data come from, in words.
  public let scenario: String
  /// The sessions of the offer.
  public let offer: Int
  /// The sessions of the control.
  public let control: Int
  /// The control's rate of success, where outcomes are 0 or 1.
  public let rate: Double?
  /// What is counted.
  public let quantity: Quantity
  /// The level `α` of an error, or that of an interval.
  public let nominal: Double
  /// The probability, exact or as a share of the replications.
  public let observed: Double
  /// The number of replications; nil if every outcome was enumerated.
  public let replications: Int?
  /// What the test promises.
  public let standard: CalibrationStandard

  /// Creates a row; `replications` is nil for a probability that is exact.
  public init(
    test: String, scenario: String, offer: Int, control: Int, rate: Double? = nil,
    quantity: Quantity, nominal: Double, observed: Double, replications: Int? = nil,
    standard: CalibrationStandard
  ) {
    precondition(0 < nominal && nominal < 1, "a level lies between 0 and 1")
    precondition(0 <= observed && observed <= 1, "a probability lies in 0...1")
    self.test = test
    self.scenario = scenario
    self.offer = offer
    self.control = control
    self.rate = rate
    self.quantity = quantity
    self.nominal = nominal
    self.observed = observed
    self.replications = replications
    self.standard = standard
  }

  /// The probability of an error: of a rejection, or of an interval that misses.
  public var error: Double { quantity == .coverage ? 1 - observed : observed }

  /// The error that is announced.
  public var nominalError: Double { quantity == .coverage ? 1 - nominal : nominal }

  /// The Monte Carlo error of `observed`, `√(p(1 − p)/r)`; nil if it is exact.
  public var standardError: Double? {
    replications.map { (observed * (1 - observed) / Double($0)).squareRoot() }
  }

  /// Whether the test keeps what it promises, by a rule that is fixed before any number is seen.
  ///
  /// An exact error must not be above the limit by more than 1e-9, which is rounding. A simulated one
  /// must not be above it by more than 3.89 Monte Carlo errors at the limit: a test whose error is just the
  /// limit fails once in 20,000 times (1e-4 of both sides).
  public var verdict: Verdict {
    let limit = standard.limit(of: nominalError)
    let slack = replications.map { 3.89 * (limit * (1 - limit) / Double($0)).squareRoot() }
    return error > limit + (slack ?? 1e-9) ? .exceeds : .holds
  }
}
