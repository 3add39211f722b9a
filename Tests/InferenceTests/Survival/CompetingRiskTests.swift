import Inference
import TestSupport
import Testing

/// Cumulative incidence and Gray's test against R's cmprsk.
@Suite struct CompetingRiskTests {
  /// The arms of the trial, of one stratum or of all.
  static func arms(stratum: Int? = nil) throws -> [CompetingRiskTable] {
    let trial = try SurvivalReference.trial().columns
    let (arm, strata) = (try trial["arm"].integers, try trial["stratum"].integers)
    let (time, cause) = (try trial["time"].numbers, try trial["cause"].integers)
    var tables = Array(repeating: CompetingRiskTable(), count: 3)
    for row in arm.indices where stratum == nil || strata[row] == stratum {
      tables[arm[row]].add(duration: time[row], cause: cause[row] > 0 ? cause[row] - 1 : nil)
    }
    return tables
  }

  @Test func incidencesAndVariances() throws {
    let wanted = try SurvivalReference.file.get()["gray"]
    let times = try wanted["times"].numbers
    // Rows of the reference: the arms under cause 1, then under cause 2.
    let (estimates, variances) = (try wanted["estimate"].elements, try wanted["variance"].elements)
    for cause in 0..<2 {
      for (arm, table) in try Self.arms().enumerated() {
        let curve = try CumulativeIncidence(table, cause: cause)
        let row = 3 * cause + arm
        for (index, time) in times.enumerated() {
          guard let value = try estimates[row].optionalNumbers[index],
            let variance = try variances[row].optionalNumbers[index]
          else { continue }
          expectClose(curve.incidence(at: time), value, within: 1e-12)
          expectClose(curve.variance(at: time), variance, within: 1e-12)
        }
      }
    }
  }

  @Test func grayTest() throws {
    let wanted = try SurvivalReference.file.get()["gray"]
    let strata = try (0..<3).map { try Self.arms(stratum: $0) }
    for cause in 0..<2 {
      let arms = try Self.arms()
      let test = try GrayTest(arms: arms, cause: cause)
      #expect(test.degreesOfFreedom == 2)
      expectClose(test.chiSquared, try wanted["chisq"].numbers[cause])
      expectClose(
        try GrayTest(arms: arms, cause: cause, rho: 1).chiSquared,
        try wanted["rhoOne"].numbers[cause])
      expectClose(
        try GrayTest(strata: strata, cause: cause).chiSquared,
        try wanted["stratified"].numbers[cause])
    }
  }

  @Test func incidencesOfAllCausesAddUpToTheEventsOfAny() throws {
    for table in try Self.arms() {
      let curve = try KaplanMeier(table.anyCause)
      let causes = try (0..<2).map { try CumulativeIncidence(table, cause: $0) }
      for time in stride(from: 0.0, through: 30, by: 0.5) {
        let sum = causes.reduce(0) { $0 + $1.incidence(at: time) }
        #expect(abs(sum + curve.survival(at: time) - 1) < 1e-14)
      }
    }
  }

  @Test func oneCauseIsSurvival() throws {
    let arms = try Self.arms().map { table in
      var only = CompetingRiskTable()
      for row in table.anyCause.rows {
        only.add(duration: row.time, cause: 0, count: row.events)
        only.add(duration: row.time, cause: nil, count: row.censored)
      }
      return only
    }
    let test = try IncidenceDifferenceTest(
      offer: arms[1], control: arms[0], cause: 0, horizon: 20)
    let survival = try HorizonDifferenceTest(
      offer: arms[1].anyCause, control: arms[0].anyCause, horizon: 20)
    #expect(abs(test.estimate + survival.estimate) < 1e-15)
    // The two variances differ in how they treat ties.
    #expect(abs(test.standardError / survival.standardError - 1) < 0.02)
    #expect(test.interval(level: 0.9).contains(test.estimate))
  }

  @Test func partsMergeToTheWhole() throws {
    let strata = try (0..<3).map { try Self.arms(stratum: $0) }
    for (arm, whole) in try Self.arms().enumerated() {
      #expect(CompetingRiskTable(merging: strata.map { $0[arm] }) == whole)
    }
    let durations = [3.0, 1, 3, 8]
    let listed = try CompetingRiskTable(durations: durations, causes: [1, nil, 0, nil])
    var added = CompetingRiskTable()
    for (time, cause) in zip(durations, [1, nil, 0, nil]) {
      added.add(duration: time, cause: cause)
    }
    #expect(listed == added)
    #expect(listed.causeCount == 2)
  }

  @Test func dataThatCannotBeAnsweredAreNamed() throws {
    let some = try CompetingRiskTable(durations: [3, 5, 9], causes: [0, 1, nil])
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try GrayTest(arms: [some, CompetingRiskTable()], cause: 0)
    }
    #expect(throws: InferenceError.noEvents) { try GrayTest(arms: [some, some], cause: 2) }
    #expect(throws: InferenceError.beyondFollowUp(arm: 0, horizon: 10, followUp: 9)) {
      try IncidenceDifferenceTest(offer: some, control: some, cause: 0, horizon: 10)
    }
    let quiet = try CumulativeIncidence(some, cause: 5)
    #expect(quiet.incidence(at: 9) == 0)
    #expect(quiet.interval(at: 9) == Interval(lower: 0, upper: 1))
  }
}
