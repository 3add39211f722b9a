/// The sessions of one arm and their successes, counted by stratum: by reason, say, or by country.
///
/// Arms are compared inside each stratum, and what the strata say is put together. A pooled count
/// would mix the offer's effect with differences between strata wherever these got the arms in
/// different shares (Simpson's paradox).
public struct StratifiedTally: Summary, Hashable {
  /// The tally of each stratum; strata beyond the last one have no sessions.
  public private(set) var strata: [Tally]

  /// Creates the tally of no sessions.
  public init() { strata = [] }

  /// Creates a tally from the counts of the strata.
  public init(_ strata: [Tally]) { self.strata = strata }

  /// Counts several sessions of a stratum.
  ///
  /// - Complexity: O(1), but for the first sessions of a stratum.
  public mutating func add(successes: Int, trials: Int, stratum: Int) {
    precondition(stratum >= 0, "strata are counted from zero")
    if stratum >= strata.count {
      strata += Array(repeating: Tally(), count: stratum + 1 - strata.count)
    }
    strata[stratum].add(successes: successes, trials: trials)
  }

  public mutating func merge(_ other: StratifiedTally) {
    for (stratum, tally) in other.strata.enumerated() {
      add(successes: tally.successes, trials: tally.trials, stratum: stratum)
    }
  }

  /// The counts of all strata put together.
  public var pooled: Tally { Tally(merging: strata) }
}

/// The two arms of one stratum.
typealias StratumPair = (offer: Tally, control: Tally)

extension StratifiedTally {
  /// The strata in which both arms have sessions: the others compare nothing.
  ///
  /// - Throws: `tooFewSessions` if an arm has no session at all, `tooFewGroups` if the arms never
  ///   met in a stratum.
  func matched(with control: StratifiedTally) throws(InferenceError) -> [StratumPair] {
    try pooled.require(1, arm: 1)
    try control.pooled.require(1, arm: 0)
    let pairs = zip(strata, control.strata)
      .filter { $0.trials > 0 && $1.trials > 0 }
      .map { (offer: $0, control: $1) }
    guard !pairs.isEmpty else { throw .tooFewGroups(count: 0, needed: 1) }
    return pairs
  }

  /// The strata whose margins leave room for more than one table.
  ///
  /// - Throws: `noVariation` if there is none, and what ``matched(with:)`` throws.
  func informative(with control: StratifiedTally) throws(InferenceError) -> [StratumPair] {
    let pairs = try matched(with: control).filter { pair in
      pair.offer.successes + pair.control.successes > 0
        && pair.offer.failures + pair.control.failures > 0
    }
    guard !pairs.isEmpty else { throw .noVariation }
    return pairs
  }
}
