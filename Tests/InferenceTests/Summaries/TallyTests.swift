import Inference
import Testing

/// The difference of two proportions keeps its digits where they nearly agree.
@Suite struct TallyTests {
  // The numerators in whole numbers of any length (Python 3), each then rounded once, and the quotient.
  @Test(arguments: [
    (7, 34, 1, 34, 0x1.6969696969697p-3),
    (1_000_000_000, 3_000_000_000, 1_000_000_001, 3_000_000_000, -0x1.6e80fe033c8c6p-32),
    // 64 bits hold neither product, then only one of them.
    (3_037_000_500, 3_037_000_501, 3_037_000_501, 3_037_000_502, -0x1.fffffff761158p-64),
    (4_611_686_018_427_387_904, 9_223_372_036_854_775_807, 1, 2, 0x1p-64),
    (0, 4_000_000_000, 4_000_000_000, 4_000_000_000, -1),
  ])
  func difference(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int, _ expected: Double) {
    let (offer, control) = (Tally(successes: x1, trials: n1), Tally(successes: x0, trials: n0))
    #expect(offer.difference(from: control) == expected)
    #expect(control.difference(from: offer) == -expected)
  }

  /// In Churnkey's words a session is saved unless it was cancelled, and one that bounced is none.
  @Test(arguments: try LiftCase.cases(of: "save_rate_churnkey"))
  func saveRateInAVendorsWords(_ item: LiftCase) throws {
    func count(_ name: String) throws -> Int { try item.inputs[name].integer }
    var tally = Tally()
    for kept in ["pause", "discount", "abandoned"] {
      let sessions = try count(kept)
      tally.merge(Tally(successes: sessions, trials: sessions))
    }
    tally.merge(Tally(successes: 0, trials: try count("cancelled")))
    #expect(tally.trials == (try count("sessions")) - (try count("bounced")))
    try item.expect(tally.proportion, "save_rate")
  }
}
