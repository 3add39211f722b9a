public import Probability

/// A way to look at an experiment again and again while it runs.
public struct PeekingProcedure: Sendable {
  /// What happened in one experiment.
  public struct Outcome: Hashable, Sendable {
    /// Whether any look rejected the null, which is true.
    public var rejected = false
    /// Whether the interval of any look missed the truth; nil if there are none.
    public var missed: Bool?

    /// An experiment in which nothing has happened.
    public init(missed: Bool? = nil) { self.missed = missed }
  }

  /// The name of the test.
  public let name: String
  /// The law of the data and the looks, in words.
  public let scenario: String
  /// The offer's sessions at the last look.
  public let offer: Int
  /// The control's sessions at the last look.
  public let control: Int
  /// The rate of success, where outcomes are 0 or 1.
  public let rate: Double?
  /// What the test promises.
  public let standard: CalibrationStandard
  /// Runs one experiment under the null from its first session to its last look.
  public let run: @Sendable (inout Philox) -> Outcome

  /// Describes a procedure.
  public init(
    _ name: String, scenario: String, offer: Int, control: Int = 0, rate: Double? = nil,
    standard: CalibrationStandard, run: @escaping @Sendable (inout Philox) -> Outcome
  ) {
    self.name = name
    self.scenario = scenario
    self.offer = offer
    self.control = control
    self.rate = rate
    self.standard = standard
    self.run = run
  }
}

/// The chance that a test which is looked at as it goes ever rejects a true null, and that its interval
/// ever misses the truth, by simulation.
///
/// What counts is the whole path: an experiment errs if any of its looks does. The positive control is
/// ``PeekingProcedure/naive(looks:alpha:)``, a critical value of 1.96 at five looks, which rejects 14.17 %
/// of true nulls.
///
/// Reference: Armitage, McPherson and Rowe (1969), *Journal of the Royal Statistical Society A* 132,
/// 235–244, table 2.
public struct PeekingCalibration: Hashable, Sendable {
  /// The number of experiments.
  public let replications: Int
  /// The seed of the streams; experiment *i* has one of its own.
  public let seed: UInt64
  /// The level that the procedure was made for.
  public let alpha: Double

  /// Plans a simulation.
  public init(replications: Int, seed: UInt64, alpha: Double = 0.05) {
    precondition(replications > 0, "a simulation has a replication")
    checkAlpha(alpha)
    self.replications = replications
    self.seed = seed
    self.alpha = alpha
  }

  /// The rows of a procedure, the same for any number of threads.
  public nonisolated(nonsending) func rows(
    of procedure: PeekingProcedure, threads: Int = 1
  ) async -> [CalibrationRow] {
    let counts = await Replications(count: replications, seed: seed).counts(3, threads: threads) {
      rng, counters in
      let outcome = procedure.run(&rng)
      counters[0] += outcome.rejected ? 1 : 0
      counters[1] += outcome.missed == true ? 1 : 0
      counters[2] += outcome.missed == nil ? 0 : 1
    }
    func row(_ quantity: CalibrationRow.Quantity, _ count: Int) -> CalibrationRow {
      CalibrationRow(
        test: procedure.name, scenario: procedure.scenario, offer: procedure.offer,
        control: procedure.control, rate: procedure.rate, quantity: quantity, nominal: alpha,
        observed: Double(count) / Double(replications), replications: replications,
        standard: procedure.standard)
    }
    return [row(.everRejected, counts[0])] + (counts[2] > 0 ? [row(.everMissed, counts[1])] : [])
  }
}
