internal import Inference

extension LiftMethod {
  /// The tests that compare arms inside strata. A session without a stratum is in one called missing.
  static let stratified: [LiftMethod] =
    LiftCatalogue.strata.map { entry in LiftMethod(entry, .strata) { $0.strata } } + [
      LiftMethod("postStratified", .stratumMoments, scale: .difference) {
        (offer, control, null, _) throws(InferenceError) in
        DifferenceTest(try PostStratification(offer, control).effect(), null: null)
      },
      LiftMethod("postStratifiedLift", .stratumMoments, scale: .relativeLift) {
        (offer, control, null, _) throws(InferenceError) in
        try LogLiftTest(try PostStratification(offer, control).effect(), null: null)
      },
      LiftMethod("stratifiedLogRank", .stratumLifeTables, nil) {
        (offer, control, null, context) throws(InferenceError) in
        guard null == nil else { throw .fixedNull(test: "stratifiedLogRank") }
        // The arms have to be watched that long, each stratum need not.
        _ = try offer.lifeTable.seen(upTo: context.plan.horizonDays, arm: 1)
        _ = try control.lifeTable.seen(upTo: context.plan.horizonDays, arm: 0)
        var strata: [(offer: LifeTable, control: LifeTable)] = []
        for (offer, control) in zip(offer.stratumLifeTables, control.stratumLifeTables) {
          guard let horizon = context.plan.horizonDays else {
            strata.append((offer, control))
            continue
          }
          strata.append((offer.censored(at: horizon), control.censored(at: horizon)))
        }
        return try LogRankTest(strata: strata)
      },
    ]
}

extension LiftQuestion {
  /// Whether the strata of each arm share one odds ratio with the baseline.
  static let homogeneity = LiftQuestion(
    "breslowDay", reason: "chosen: whether the strata agree, which their tests take for granted"
  ) { (evidence, arm) throws(InferenceError) in
    guard evidence.isBinary else { throw .notShares }
    let test = try BreslowDayTest(
      offer: evidence.arms[arm].strata, control: evidence.arms[0].strata)
    return LiftAnswer(
      statistic: test.chiSquared, degreesOfFreedom: Double(test.degreesOfFreedom),
      pValue: test.pValue, of: test.method, level: evidence.plan.level)
  }
}

extension LiftAnswer {
  /// The answer of a test that has a statistic, and no effect of one number.
  init(
    statistic: Double, degreesOfFreedom: Double, pValue: Double, of test: TestDescription,
    level: Double
  ) {
    self.init(
      name: test.name, null: test.nullHypothesis, tail: "upper tail", level: level,
      pValue: pValue, statistic: statistic, degreesOfFreedom: degreesOfFreedom)
  }
}

extension PostStratification {
  /// Compares the means of two arms in each stratum that either has sessions in.
  fileprivate init(_ offer: ArmEvidence, _ control: ArmEvidence) throws(InferenceError) {
    let (own, others) = (offer.stratumMoments, control.stratumMoments)
    let present = own.indices.filter { own[$0].count + others[$0].count > 0 }
    try self.init(offer: present.map { own[$0] }, control: present.map { others[$0] })
  }
}

extension ArmEvidence {
  /// The number of strata, one of them for sessions without a stratum if there are any.
  private var stratumCount: Int { columns.strata?.levels.count ?? 1 }

  /// Calls with each session's stratum and its place among some rows of the log.
  private func eachStratum(of rows: [Int], _ body: (_ stratum: Int, _ place: Int) -> Void) {
    let codes = columns.strata?.codes
    for (place, row) in rows.enumerated() { body(codes.map { Int($0[row]) } ?? 0, place) }
  }

  /// The tally of each stratum.
  var strata: StratifiedTally {
    var tallies = Array(repeating: Tally(), count: stratumCount)
    eachStratum(of: rows) { tallies[$0].add(success: values[$1] == 1) }
    return StratifiedTally(tallies)
  }

  /// The moments of each stratum.
  fileprivate var stratumMoments: [Moments] {
    var moments = Array(repeating: Moments(), count: stratumCount)
    eachStratum(of: rows) { moments[$0].add(values[$1]) }
    return moments
  }

  /// The life table of each stratum.
  fileprivate var stratumLifeTables: [LifeTable] {
    guard let log else { return [] }
    var rows = Array(repeating: [Int](), count: stratumCount)
    eachStratum(of: watched) { rows[$0].append(watched[$1]) }
    return rows.map { LifeTable(of: $0, in: log) }
  }
}

extension LifeTable {
  /// The watches of some sessions of a log.
  init(of rows: [Int], in log: EncodedLog) {
    let watches = rows.compactMap { log.watches?[$0] }
    // A watch is a number of days from zero up, which is all that a life table asks for.
    self =
      (try? LifeTable(durations: watches.map(\.days), events: watches.map(\.isLost)))
      ?? LifeTable()
  }
}
