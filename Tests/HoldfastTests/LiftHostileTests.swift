import Holdfast
import Testing

/// Sessions and plans that a family of questions has no answer for: it says so, and spoils no other.
@Suite struct LiftHostileTests {
  private let every = """
    strata: [stratum]
    covariates: [x]
    bayesian: {rope: {lower: -0.1, upper: 0.1}}
    looks: {shares: [0.5]}
    plannedSessions: 10
    bootstrap: {resamples: 100}
    winsorize: {}
    ratio: {numerator: x, denominator: constant}
    causes: stratum
    scores: {a: 0}
    """

  @Test(arguments: [
    ("all-missing covariate", "covariates: [empty]", "Lin's adjustment", nil as String?),
    ("constant covariate", "covariates: [constant]", "Lin's adjustment", nil),
    ("the same covariate twice", "covariates: [x, x]", "lin", "the covariates are collinear"),
    (
      "one cluster for all", "clusters: all", "clustered",
      "too few groups: there are 1, 2 are needed"
    ),
    ("an empty denominator", "ratio: {numerator: x, denominator: empty}", "ratio", "too few"),
  ])
  func aColumnThatSaysNothing(
    _ what: String, _ section: String, _ method: String, _ refusal: String?
  ) throws {
    let rows = try LiftFamilyLog.lift(section, of: "amount")
    let row = try #require(rows.first { $0.method.hasPrefix(method) }, "\(what)")
    if let refusal {
      #expect(row.estimate.refusal?.hasPrefix(refusal) == true, "\(row.estimate)")
    } else {
      #expect(row.estimate.value != nil)
      #expect(row.warnings.contains { $0.hasSuffix("left out") }, "\(what)")
    }
    let welch = try #require(rows.first { $0.method.hasPrefix("Welch") })
    #expect(welch.estimate.value != nil, "no other question is spoilt")
  }

  /// A stratum with one arm compares nothing, and is left out of the tests that match; the weighted mean
  /// is refused.
  @Test func aStratumWithOneArm() throws {
    let alone = "b,s9,z1,1,,1,one,h0,1,5\nb,s9,z2,1,,1,one,h0,0,7\n"
    func haenszel(_ text: String) throws -> [Double?] {
      try LiftFamilyLog.lift("strata: [stratum]", text: text)
        .filter { $0.method.hasPrefix("Cochran–Mantel") }.map(\.estimate.value)
    }
    #expect(try haenszel(LiftFamilyLog.text + alone) == haenszel(LiftFamilyLog.text))
    let rows = try LiftFamilyLog.lift(
      "strata: [stratum]", of: "amount", text: LiftFamilyLog.text + alone)
    let refused = try #require(rows.first { $0.method == "postStratified" && $0.arm == "b" })
    #expect(refused.estimate.refusal == "too few sessions: a has 0, 2 are needed")
  }

  /// One session, one an arm, arms without variation: every question is asked and none crashes.
  @Test(arguments: [
    "a,s0,k0,1,,1,one,h0,1,5\n",
    "a,s0,k0,1,,1,one,h0,1,5\nb,s0,k0,1,,1,one,h0,0,5\n",
    "a,s0,k0,1,,1,one,h0,1,5\nb,s0,k1,,,1,one,h0,1,5\nc,s1,k2,,,1,one,h0,1,5\n",
    "a,s0,k0,1,,1,one,h0,0,5\na,s0,k1,2,,1,one,h0,0,5\nb,s1,k2,3,,1,one,h0,1,6\nb,s1,k3,4,,1,one,h0,1,6\n",
  ])
  func fewSessions(_ lines: String) throws {
    let header = "arm,stratum,customer,x,empty,constant,all,half,kept,amount\n"
    for reward in ["kept", "amount"] {
      for simultaneous in ["dunnett", "maxT"] {
        let rows = try LiftFamilyLog.lift(
          every + "\nsimultaneous: \(simultaneous)", of: reward, text: header + lines)
        for row in rows {
          #expect(row.estimate.value != nil || row.estimate.refusal != nil)
          #expect(row.estimate.value?.isFinite ?? true)
          #expect(row.pValue.map { 0 <= $0 && $0 <= 1 } ?? true)
        }
      }
    }
  }

  @Test(arguments: [
    ("tests: [cochranMantelHaenszel]", "lift.strata", "required by the test"),
    ("tests: [cuped]", "lift.covariates", "required by the test"),
    ("tests: [ratio]", "lift.ratio", "required by the test"),
    ("clusterCorrection: cr9", "lift.clusterCorrection", "expected one of: cr0, cr1, cr2, cr3"),
    ("simultaneous: tukey", "lift.simultaneous", "dunnett, maxT, none"),
    ("bayesian: {priorSuccesses: 0}", "lift.bayesian.priorSuccesses", "above 0"),
    ("bayesian: {rope: {lower: 1, upper: 0}}", "lift.bayesian.rope.upper", "above 'lower'"),
    ("looks: {shares: [0.5]}", "lift.plannedSessions", "required by 'looks'"),
    ("looks: {shares: [0.5, 0.5]}", "lift.looks.shares", "ascending"),
    ("looks: {dates: [yesterday]}", "lift.looks.dates", "ascending instants"),
    ("looks: {spending: all}", "lift.looks.spending", "obrienFleming, pocock"),
    ("bootstrap: {resamples: 1}", "lift.bootstrap.resamples", "from 100"),
    ("bootstrap: {statistic: ratio}", "lift.ratio", "required by"),
    ("winsorize: {lower: 0.9, upper: 0.1}", "lift.winsorize.upper", "above 'lower'"),
    ("ratio: {numerator: x}", "lift.ratio.denominator", "required"),
    ("horizonDays: 0", "lift.horizonDays", "above 0"),
    ("scores: {a: many}", "lift.scores.a", "a number"),
    ("posterior: {}", "lift.posterior", "unknown key"),
  ])
  func whatAPlanCannotAskIsToldWithItsKey(_ text: String, _ key: String, _ words: String) throws {
    let found = try problems(PlanTests.least + "lift: {\(text)}\n")
    #expect(found.contains { $0.key == key && $0.message.contains(words) }, "\(found)")
  }

  /// What only the log can tell: the key and what the log has.
  @Test(arguments: [
    ("strata: [country]", "lift.strata"), ("clusters: household", "lift.clusters"),
    ("covariates: [stratum]", "lift.covariates"), ("causes: why", "lift.causes"),
    ("scores: {d: 1}", "lift.scores"),
    ("ratio: {numerator: stratum, denominator: x}", "lift.ratio.numerator"),
  ])
  func aColumnThatIsNotThere(_ section: String, _ key: String) throws {
    let error = #expect(throws: RunError.self) { try LiftFamilyLog.lift(section) }
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("\(key):"))
  }
}
