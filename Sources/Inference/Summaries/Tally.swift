/// A count of sessions and of the successes among them.
///
/// Tallies merge exactly: the same sessions give the same tally in whatever parts they are counted.
public struct Tally: Summary, Hashable {
  /// The number of sessions.
  public private(set) var trials: Int
  /// The number of sessions that succeeded, from zero to `trials`.
  public private(set) var successes: Int

  /// Creates the tally of no sessions.
  public init() {
    trials = 0
    successes = 0
  }

  /// Creates a tally from its counts.
  public init(successes: Int, trials: Int) {
    precondition(0 <= successes && successes <= trials, "successes lie in 0...trials")
    self.trials = trials
    self.successes = successes
  }

  /// The number of sessions that did not succeed.
  public var failures: Int { trials - successes }

  /// The share of sessions that succeeded, `x / n`.
  ///
  /// - Precondition: There is at least one session; none have no share.
  public var proportion: Double {
    precondition(trials > 0, "no sessions have no proportion")
    return Double(successes) / Double(trials)
  }

  /// Counts one session.
  @inlinable public mutating func add(success: Bool) {
    add(successes: success ? 1 : 0, trials: 1)
  }

  /// Counts several sessions.
  public mutating func add(successes: Int, trials: Int) {
    merge(Tally(successes: successes, trials: trials))
  }

  public mutating func merge(_ other: Tally) {
    trials += other.trials
    successes += other.successes
  }
}

extension Tally {
  /// The difference of two proportions, `x₁/n₁ − x₀/n₀`, rounded but twice.
  ///
  /// The numerator `x₁n₀ − x₀n₁` is taken in integers, so that proportions that nearly agree do not
  /// cancel each other's digits.
  package func difference(from other: Tally) -> Double {
    let own = successes.multipliedReportingOverflow(by: other.trials)
    let others = other.successes.multipliedReportingOverflow(by: trials)
    // Neither product is negative, so that their difference cannot overflow if they did not.
    let numerator =
      own.overflow || others.overflow
      ? wideNumerator(from: other) : Double(own.partialValue - others.partialValue)
    return numerator / (Double(trials) * Double(other.trials))
  }

  /// The numerator in 128 bits, which take some hundred times as long.
  @inline(never)
  private func wideNumerator(from other: Tally) -> Double {
    Double(Int128(successes) * Int128(other.trials) - Int128(other.successes) * Int128(trials))
  }
}
