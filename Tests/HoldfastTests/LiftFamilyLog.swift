import Holdfast

/// A log by formula, so that others can be asked the same: three arms, four strata, customers with two
/// sessions each, in different arms, and a covariate that is missing now and then.
struct LiftFamilyLog {
  /// One session.
  struct Session {
    let arm: Int
    let stratum: Int
    let customer: Int
    let covariate: Double?
    let isKept: Bool
    let amount: Double
  }

  static let sessions = (0..<1_800).map { index in
    let (arm, stratum) = (index % 3, index / 3 % 4)
    let covariate = Double(index * 37 % 101) / 10
    return Session(
      arm: arm, stratum: stratum, customer: index / 2,
      covariate: index % 50 == 7 ? nil : covariate,
      isKept: index * 7_919 % 1_000 < 300 + 60 * arm + 50 * stratum,
      amount: Double(index * 53 % 97 + 2 * arm) + 3 * covariate)
  }

  /// The log as CSV, with an empty column besides, a constant one, and one that all sessions share.
  static let text =
    "arm,stratum,customer,x,empty,constant,all,half,kept,amount\n"
    + sessions.map { session in
      "\(["a", "b", "c"][session.arm]),s\(session.stratum),k\(session.customer),"
        + "\(session.covariate.map { "\($0)" } ?? ""),,1,one,h\(session.stratum / 2),\(session.isKept ? 1 : 0),"
        + "\(session.amount)\n"
    }.joined()

  /// The rows of lift by a section of the plan.
  static func lift(
    _ section: String, of reward: String = "kept", arm: String = "arm", customers: Bool = true,
    top: String = "", text: String = text
  ) throws -> [LiftRow] {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        arm: [\(arm)]
        \(customers ? "customer: customer" : "ignore: [customer]")
        reward: {column: \(reward)}
        covariates:
          stratum: category
          all: category
          \(arm == "arm" ? "half: category" : "")
          x: {kind: number, missing: [""]}
          empty: {kind: number, missing: [""]}
          constant: number
          other: {column: \(reward == "kept" ? "amount" : "kept"), kind: number}
      \(arm == "arm" ? "baseline: a" : "")
      \(top)
      lift:
      \(section.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

      """, to: "plan.yaml")
    return try Run(RunPlan(contentsOf: file, environment: [:])).lift().rows
  }
}
