import Inference
import Probability
import Segments
import TestSupport
import Testing

/// Scores in worlds of which the truth is known.
@Suite struct DoublyRobustScoringTests {
  /// Arms that depend on a covariate which moves the outcome too: the naive difference is wrong.
  static func confounded(_ seed: UInt64, sessions: Int) throws -> (SegmentData, [Double]) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (arms, rewards, plans, chances) = ([Int32](), [Double](), [Int32](), [Double]())
    for _ in 0..<sessions {
      plans.append(Int32(rng.index(below: 2)))
      let isAnnual = plans[plans.count - 1] == 1
      let chance = isAnnual ? 0.8 : 0.3
      arms.append(rng.uniform() < chance ? 1 : 0)
      chances += [1 - chance, chance]
      let saved = (isAnnual ? 0.5 : 0.2) + (arms[arms.count - 1] == 1 ? 0.1 : 0)
      rewards.append(rng.uniform() < saved ? 1 : 0)
    }
    let data = try SegmentData(
      arms: arms, armNames: ["none", "pause"], rewards: rewards,
      covariates: [
        Covariate(name: "plan", column: .category(codes: plans, levels: ["monthly", "annual"]))
      ], units: (0..<UInt64(sessions)).map { $0 })
    return (data, chances)
  }

  /// The truth, 0.1, lies within four standard errors, which the naive difference (0.25) does not.
  @Test func theContrastIsThatOfTheWorld() throws {
    let (data, chances) = try Self.confounded(1, sessions: 20_000)
    let scoring = DoublyRobustScoring()
    for propensities in [
      .logged(chances), .regression(floor: 0.01), .shares,
    ] as [ArmPropensities] {
      let scores = try scoring.scores(of: data, propensities)
      let rows = scores.contrast(1, 0)
      let mean = rows.reduce(0, +) / Double(rows.count)
      let variance = rows.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows.count)
      let error = (variance / Double(rows.count)).squareRoot()
      // Wrong chances (shares) are made good by the model, which here is right.
      #expect(abs(mean - 0.1) < 4 * error, "\(propensities)")
      #expect(error < 0.01)
    }
  }

  @Test func theOrderOfSessionsChangesRoundingAlone() throws {
    let (data, chances) = try Self.confounded(2, sessions: 2_000)
    let rows = Array((0..<2_000).reversed())
    let reversed = rows.flatMap { [chances[2 * $0], chances[2 * $0 + 1]] }
    let (one, other) = (
      try DoublyRobustScoring().scores(of: data, .logged(chances)).subset(rows),
      try DoublyRobustScoring().scores(of: data.subset(rows), .logged(reversed))
    )
    for (a, b) in zip(one.values, other.values) { #expect(abs(a - b) < 1e-9) }
  }

  @Test func moneyIsWorthLessCost() throws {
    let scores = try ActionScores(armNames: ["none", "pause"], values: [0.2, 0.4, 0, 1])
    let net = try scores.net(customerValues: [100, 10], costs: [0, 5])
    #expect(net.values == [20, 35, 0, 5])
    #expect(net.contrast(1, 0) == [15, 5])
  }

  @Test func chancesAreChecked() throws {
    let (data, _) = try Self.confounded(3, sessions: 100)
    #expect(throws: SegmentError.propensityOutOfRange(row: 0, arm: "pause")) {
      try DoublyRobustScoring().scores(of: data, .known([1, 0]))
    }
    let alone = data.subset(data.arms.indices.filter { data.arms[$0] == 0 })
    #expect(throws: SegmentError.noSessions(arm: "pause")) {
      try DoublyRobustScoring().scores(of: alone, .shares)
    }
  }

  /// A customer with four equal sessions counts as one.
  @Test func errorsAreThoseOfCustomers() throws {
    let scores = try ActionScores(
      armNames: ["x"], values: [1, 1, 1, 1, 3, 3, 3, 3, 8, 8, 8, 8])
    let units = (0..<12).map { UInt64($0 / 4) }
    let value = try scores.value(of: Array(repeating: 0, count: 12), units: units)
    // Three customers' means 1, 3, 8: mean 4, variance 13.
    #expect(value.mean == 4)
    #expect(relativeError(value.standardError, (13.0 / 3).squareRoot()) < 1e-14)
  }
}
