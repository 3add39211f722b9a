/// The coverage of an interval of one proportion, by enumeration of the counts.
///
///     Σ b(x; n, p) [interval(x) ∋ p]
///
/// The positive control of such tables is Wald's interval, which covers 87 % where it says 95 % at
/// *n* = 20 and *p* = 0.1.
///
/// - Complexity: O(*n*) intervals, whatever the number of rates.
///
/// Reference: Brown, Cai and DasGupta (2001), *Statistical Science* 16, 101–133.
public struct BinomialCoverage: Hashable, Sendable {
  /// The number of sessions.
  public let trials: Int
  /// The rates at which coverage is wanted.
  public let rates: [Double]
  /// The level of the interval.
  public let level: Double

  /// Plans an enumeration.
  public init(trials: Int, rates: [Double], level: Double = 0.95) {
    precondition(trials > 0, "an arm has a session")
    precondition(rates.allSatisfy { (0...1).contains($0) }, "a rate lies in 0...1")
    checkLevel(level)
    self.trials = trials
    self.rates = rates
    self.level = level
  }

  /// The rows of an interval, one a rate; they stand for an offer without a control.
  public func rows(
    of name: String, standard: CalibrationStandard? = nil, _ interval: (Tally) -> Interval
  ) -> [CalibrationRow] {
    let intervals = (0...trials).map { interval(Tally(successes: $0, trials: trials)) }
    return rates.map { rate in
      let masses = BinomialMasses(trials: trials, probability: rate, rarest: 1e-18)
      var missed = 0.0
      for count in masses.counts where !intervals[count].contains(rate) { missed += masses[count] }
      return CalibrationRow(
        test: name, scenario: "one proportion", offer: trials, control: 0, rate: rate,
        quantity: .coverage, nominal: level, observed: max(0, 1 - missed),
        standard: standard ?? .promised(by: name))
    }
  }
}
