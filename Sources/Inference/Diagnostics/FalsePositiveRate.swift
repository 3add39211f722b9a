/// How often a test calls an effect where the labels of the arms mean nothing.
///
///     rate = P*(p ≤ α)      P* deals the labels anew, each deal as likely as any other
///
/// This is an A/A test on the very sessions of an experiment, with their base rate, their sizes and
/// their ties. A rate far above `α` says that the method, not the offer, makes the findings.
public struct FalsePositiveRate: Hashable, Sendable {
  /// The level `α` at which the test was read.
  public let alpha: Double
  /// The share of the deals in which the test rejects.
  public let rate: Double
  /// The Clopper–Pearson interval of the rate for the deals drawn; the rate itself where all were
  /// gone through.
  public let interval: Interval
  /// The number of deals drawn; where the rate is exact, the number of tables gone through.
  public let replications: Int
  /// Whether all deals were gone through, so that there is no Monte Carlo error.
  public let isExact: Bool
  /// The share of the deals that the test could not answer. They count as no finding.
  public let refusedShare: Double

  /// A rate over all deals.
  init(alpha: Double, exact rate: Double, tables: Int, refusedShare: Double) {
    // Masses add up to one but for their rounding.
    let rate = min(1, rate)
    self.alpha = alpha
    self.rate = rate
    self.refusedShare = min(1, refusedShare)
    interval = Interval(lower: rate, upper: rate)
    replications = tables
    isExact = true
  }

  /// A rate over deals drawn at random.
  init(alpha: Double, rejections: Int, refusals: Int, replications: Int, level: Double) {
    let tally = Tally(successes: rejections, trials: replications)
    self.alpha = alpha
    rate = tally.proportion
    refusedShare = Double(refusals) / Double(replications)
    interval = ClopperPearsonInterval(level: level).proportion(tally)
    self.replications = replications
    isExact = false
  }

  /// Whether the test rejects surely more often than by Bradley's stringent criterion, `1.1 α`.
  ///
  /// Approximations miss `α` by a little in any sample; this much is beyond what they should.
  ///
  /// Reference: Bradley (1978), *British Journal of Mathematical and Statistical Psychology* 31, 144–152.
  public var isInflated: Bool { interval.lower > 1.1 * alpha }
}
