public import Probability

/// A way to judge several offers against one control together.
public struct FamilyProcedure: Sendable {
  /// The name of the procedure.
  public let name: String
  /// The law of the data, in words.
  public let scenario: String
  /// The number of offers.
  public let offers: Int
  /// The sessions of an offer, and of the control.
  public let sessions: (offer: Int, control: Int)
  /// What the procedure promises.
  public let standard: CalibrationStandard
  /// Runs one experiment in which the offers marked true have no effect, and the others have one; says
  /// whether an offer without effect is found to have one.
  public let findsFalsely: @Sendable (_ nulls: [Bool], inout Philox) -> Bool

  /// Describes a procedure.
  public init(
    _ name: String, scenario: String, offers: Int, sessions: (offer: Int, control: Int),
    standard: CalibrationStandard,
    findsFalsely: @escaping @Sendable (_ nulls: [Bool], inout Philox) -> Bool
  ) {
    precondition((1...16).contains(offers), "one to sixteen offers are calibrated")
    self.name = name
    self.scenario = scenario
    self.offers = offers
    self.sessions = sessions
    self.standard = standard
    self.findsFalsely = findsFalsely
  }
}

/// The chance that a procedure for several offers makes any false finding, under the global null and
/// under every partial one, by simulation.
///
/// A procedure may keep its error where no offer has an effect and lose it where some have: all `2ᵏ − 1`
/// sets of true nulls are gone through. The positive control is ``Multiplicity/unadjusted``.
///
/// Reference: Hochberg and Tamhane (1987), *Multiple Comparison Procedures*, section 1.2 (strong control).
public struct FamilywiseCalibration: Hashable, Sendable {
  /// The number of experiments for each set of true nulls.
  public let replications: Int
  /// The seed of the streams; experiment *i* has one of its own, the same for all sets.
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

  /// One row for each set of true nulls, the same for any number of threads; the last is the global null.
  public nonisolated(nonsending) func rows(
    of procedure: FamilyProcedure, threads: Int = 1
  ) async -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    for mask in 1..<(1 << procedure.offers) {
      let nulls = (0..<procedure.offers).map { mask >> $0 & 1 == 1 }
      let counts = await Replications(count: replications, seed: seed).counts(1, threads: threads) {
        rng, counters in
        if procedure.findsFalsely(nulls, &rng) { counters[0] += 1 }
      }
      let without = nulls.indices.filter { nulls[$0] }.map { "\($0 + 1)" }
      rows.append(
        CalibrationRow(
          test: procedure.name,
          scenario: "\(procedure.scenario), no effect of \(without.joined(separator: ", "))",
          offer: procedure.sessions.offer, control: procedure.sessions.control,
          quantity: .familywiseError, nominal: alpha,
          observed: Double(counts[0]) / Double(replications), replications: replications,
          standard: procedure.standard))
    }
    return rows
  }
}
