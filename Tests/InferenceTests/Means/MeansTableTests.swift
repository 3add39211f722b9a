import Inference
import Testing

/// Tests of means against R.
@Suite struct MeansTableTests {
  @Test func studentPoolsTheVariance() throws {
    let table = try MeansTable.all.get()
    let test = DifferenceTest(
      try .student(
        offer: Moments(table["sleep2"].numbers), control: Moments(table["sleep1"].numbers)))
    #expect(agree(test.t, try table["student"]["t"].number))
    #expect(agree(test.pValue(), try table["student"]["p"].number))
    let ends = try table["student"]["ci"].numbers
    #expect(agree(test.interval().lower, ends[0]) && agree(test.interval().upper, ends[1]))
  }

  @Test func exactRankTestWithItsShift() throws {
    let table = try MeansTable.all.get()["rank"]
    let test = try MannWhitneyTest(
      offer: ValueCounts(table["a"].numbers), control: ValueCounts(table["b"].numbers))
    #expect(test.u == (try table["u"].number))
    #expect(agree(test.pValue(), try table["p"].number))
    #expect(agree(test.shift, try table["shift"].number))
    let ends = try table["ci"].numbers
    #expect(agree(test.shiftInterval().lower, ends[0]))
    #expect(agree(test.shiftInterval().upper, ends[1]))
  }

  @Test func rankTestsWithTies() throws {
    let table = try MeansTable.all.get()
    func test(_ law: MannWhitneyTest.Law) throws -> MannWhitneyTest {
      try MannWhitneyTest(
        offer: ValueCounts(table["ties1"].numbers), control: ValueCounts(table["ties0"].numbers),
        law: law)
    }
    let ties = table["ties"]
    #expect(try test(.exact).u == ties["u"].number)
    #expect(agree(try test(.exact).pValue(.greater), try ties["greater"].number))
    #expect(agree(try test(.exact).pValue(.less), try ties["less"].number))
    #expect(agree(try test(.normal).pValue(), try ties["normal"].number))
    #expect(agree(try test(.normalWithContinuity).pValue(), try ties["corrected"].number))
  }

  @Test(arguments: [("yuen", "sleep2", "sleep1", 0.2), ("yuen10", "ties1", "ties0", 0.15)])
  func yuen(_ name: String, _ offer: String, _ control: String, _ trim: Double) throws {
    let table = try MeansTable.all.get()
    let test = DifferenceTest(
      try TrimmedMean(trim: trim).effect(
        offer: ValueCounts(table[offer].numbers), control: ValueCounts(table[control].numbers)))
    #expect(agree(test.estimate, try table[name]["difference"].number))
    #expect(agree(test.standardError, try table[name]["se"].number))
    #expect(agree(test.effect.degreesOfFreedom, try table[name]["df"].number))
    #expect(agree(test.pValue(), try table[name]["p"].number))
  }

  static let corrections: [(ClusterCorrection, String)] = [
    (.cr0, "CR0"), (.cr1, "CR1S"), (.cr2, "CR2"), (.cr3, "CR3"),
  ]

  @Test(arguments: corrections)
  func clusterRobustRegression(_ correction: ClusterCorrection, _ name: String) throws {
    let data = try MeansTable.all.get()["clusters"]
    let (cluster, y) = (try data["cluster"].integers, try data["y"].numbers)
    let (arm, x) = (try data["arm"].numbers, try data["x"].numbers)
    var clusters = Array(repeating: ClusterRobustRegression.Cluster(columns: 3), count: 9)
    for row in y.indices { clusters[cluster[row] - 1].add([1, arm[row], x[row]], outcome: y[row]) }
    let fit = try ClusterRobustRegression(clusters)
    let wanted = data["regression"][name]
    for column in 0..<3 {
      let coefficient = try fit.coefficient(column, correction: correction)
      #expect(agree(coefficient.estimate, try wanted["beta"].numbers[column]))
      #expect(agree(coefficient.standardError, try wanted["se"].numbers[column]))
      #expect(agree(coefficient.degreesOfFreedom, try wanted["df"].numbers[column]))
    }
  }

  @Test func aRegressionOnTheArmAloneIsTheContrastOfClusterSums() throws {
    let data = try MeansTable.all.get()["clusters"]
    let (cluster, y) = (try data["cluster"].integers, try data["y"].numbers)
    let arm = try data["arm"].numbers
    var clusters = Array(repeating: ClusterRobustRegression.Cluster(columns: 2), count: 9)
    for row in y.indices { clusters[cluster[row] - 1].add([1, arm[row]], outcome: y[row]) }
    func sums(_ wanted: Double) -> ClusterSums {
      let rows = y.indices.filter { arm[$0] == wanted }
      return ClusterSums(outcomes: rows.map { y[$0] }, clusters: rows.map { cluster[$0] })
    }
    let general = try ClusterRobustRegression(clusters).contrast(arm: 1, level: 0)
    let short = try ClusteredMeans.effect(offer: sums(1), control: sums(0))
    #expect(agree(general.differenceVariance, short.differenceVariance))
    #expect(agree(general.baselineVariance, short.baselineVariance))
    #expect(agree(general.covariance, short.covariance))
    #expect(agree(general.degreesOfFreedom, short.degreesOfFreedom))
  }

  @Test(arguments: corrections)
  func clusterSumsAreTheRegressionOnTheArm(
    _ correction: ClusterCorrection, _ name: String
  ) throws {
    let data = try MeansTable.all.get()["clusters"]
    let (cluster, y) = (try data["cluster"].integers, try data["y"].numbers)
    let arm = try data["arm"].integers
    func sums(_ wanted: Int) -> ClusterSums {
      let rows = y.indices.filter { arm[$0] == wanted }
      return ClusterSums(outcomes: rows.map { y[$0] }, clusters: rows.map { cluster[$0] })
    }
    let effect = try ClusteredMeans.effect(
      offer: sums(1), control: sums(0), correction: correction)
    let wanted = data["plain"][name]
    #expect(agree(effect.difference, try wanted["beta"].numbers[1]))
    #expect(agree(effect.standardError, try wanted["se"].numbers[1]))
    #expect(agree(effect.degreesOfFreedom, try wanted["df"].numbers[1]))
  }
}
