internal import Inference

/// The family-wise error of procedures for four offers, under all fifteen sets of true nulls.
struct FamilyPart {
  let effort: Effort

  func rows(threads: Int) async throws -> [CalibrationRow] {
    let sessions = (offer: 20, control: 40)
    var procedures = [
      try FamilyProcedure.dunnett(offers: 4, sessions: sessions),
      try .dunnett(offers: 4, sessions: (offer: 6, control: 6), effect: 2),
    ]
    procedures += [Multiplicity.bonferroni, .sidak, .holm, .holmSidak, .hochberg, .hommel].map {
      .adjusted($0, offers: 4, sessions: sessions)
    }
    procedures.append(.adjusted(.unadjusted, offers: 4, sessions: sessions))
    var rows: [CalibrationRow] = []
    for procedure in procedures {
      rows += await FamilywiseCalibration(replications: effort(1_000, 10_000), seed: 5_200)
        .rows(of: procedure, threads: threads)
    }
    return rows
      + (await FamilywiseCalibration(replications: effort(50, 400), seed: 5_201).rows(
        of: .maxT(offers: 4, sessions: (offer: 12, control: 12)), threads: threads))
  }
}
