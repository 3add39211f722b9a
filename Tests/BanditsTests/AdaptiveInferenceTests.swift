import Bandits
import Inference
import TestSupport
import Testing

@Suite struct AdaptiveInferenceTests {
  /// Three batches of four sessions.
  let log: AdaptiveLog

  init() throws {
    log = try AdaptiveLog(
      arms: [0, 1, 2, 1, 0, 2, 2, 1, 2, 0, 2, 2],
      rewards: [1, 0, 2.5, 1.5, 0.5, 3, -1, 2, 1.25, 0.75, 4, 0.5],
      batches: [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
      propensities: ActionTable(
        cellCount: 3, armCount: 3,
        values: [1.0 / 3, 1.0 / 3, 1.0 / 3, 0.25, 0.25, 0.5, 0.125, 0.125, 0.75]))
  }

  static let twoPoint = AllocationWeights.twoPointAllocation(DecayingFloor(start: 0.25, decay: 0.7))

  // By NumPy 2.4.6, from the formulas of the paper and the allocation rates of its authors: values and
  // standard errors by arm, then the contrast of arm 2 with arm 0.
  static let weighted: [(AllocationWeights, [Double], [Double], Double, Double)] = [
    (
      .uniform, [0.8541666666666666, 1.4305555555555554, 1.6854166666666666],
      [0.23837254436576244, 0.49921169853965536, 0.8279646944773223],
      0.8312499999999999, 0.8931121866224412
    ),
    (
      .constantAllocation, [0.8997394324400064, 1.4410460092354043, 1.6498142319170044],
      [0.27126946712348093, 0.5589030015572447, 0.7879255938402427],
      0.750074799476998, 0.8655620519906061
    ),
    (
      twoPoint, [0.9853534591728418, 1.338109575926104, 1.6520460001979194],
      [0.3246905762601454, 0.5576697680822958, 0.7916594783117231],
      0.6666925410250776, 0.9099020168292495
    ),
  ]

  @Test(arguments: weighted)
  func weightedScores(
    _ weights: AllocationWeights, _ values: [Double], _ errors: [Double], _ contrast: Double,
    _ contrastError: Double
  ) throws {
    let estimator = AdaptiveAIPW(weights: weights)
    for arm in 0..<3 {
      let found = try estimator.value(of: Arm(arm), in: log)
      #expect(relativeError(found.value, values[arm]) < 1e-13)
      #expect(relativeError(found.standardError, errors[arm]) < 1e-13)
    }
    let found = try estimator.contrast(of: Arm(2), minus: Arm(0), in: log)
    #expect(relativeError(found.value, contrast) < 1e-13)
    #expect(relativeError(found.standardError, contrastError) < 1e-13)
  }

  // By NumPy 2.4.6.
  @Test func batchedLeastSquares() throws {
    let value = try BatchedOLS().value(of: Arm(2), in: log)
    #expect(relativeError(value.value, 1.744697627738263) < 1e-14)
    #expect(relativeError(value.standardError, 0.9275804056986844) < 1e-14)
    let contrast = try BatchedOLS().contrast(of: Arm(2), minus: Arm(1), in: log)
    #expect(relativeError(contrast.value, 0.22936682742807288) < 1e-13)
    #expect(relativeError(contrast.standardError, 1.4817358544007642) < 1e-14)
    // Arm 0 is shown once a batch, so that nothing says how it varies within one.
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 1, needed: 2)) {
      try BatchedOLS().value(of: Arm(0), in: log)
    }
  }

  @Test func naiveFigures() throws {
    let value = try SampleMeans().value(of: Arm(0), in: log)
    #expect(
      value.value == 0.75 && relativeError(value.standardError, (0.0625 / 3).squareRoot()) < 1e-15)
  }

  // By mpmath 1.3.0 and NumPy 2.4.6.
  @Test func anytimeInterval() throws {
    var sequence = AnytimeAIPW(.value(Arm(2)), level: 0.9, tunedFor: 10, scoreVariance: 2)
    #expect(sequence.interval == nil && sequence.estimate == nil)
    sequence.add(log)
    let interval = try #require(sequence.interval)
    #expect(relativeError(interval.lower, 1.6854166666666666 - 2.39574863155306) < 1e-12)
    #expect(relativeError(interval.upper, 1.6854166666666666 + 2.39574863155306) < 1e-12)
    // Session by session it is the same.
    var stepwise = AnytimeAIPW(.value(Arm(2)), level: 0.9, tunedFor: 10, scoreVariance: 2)
    for row in 0..<log.count {
      stepwise.add(
        Arm(Int(log.arms[row])), reward: log.rewards[row],
        propensities: Array(log.propensities.row(Int(log.batches[row]))))
    }
    #expect(stepwise == sequence)
  }

  @Test(arguments: AdaptiveCatalogue.entries)
  func contrastsAreAntisymmetricAndScale(_ entry: AdaptiveCatalogue.Entry) throws {
    let estimator = entry.make(DecayingFloor(start: 0.25, decay: 0.7))
    let tripled = try AdaptiveLog(
      arms: log.arms, rewards: log.rewards.map { 3 * $0 }, batches: log.batches,
      propensities: log.propensities)
    let contrast = try estimator.contrast(of: Arm(2), minus: Arm(1), in: log)
    let mirrored = try estimator.contrast(of: Arm(1), minus: Arm(2), in: log)
    let scaled = try estimator.contrast(of: Arm(2), minus: Arm(1), in: tripled)
    #expect(relativeError(contrast.value, -mirrored.value) < 1e-14)
    #expect(relativeError(contrast.standardError, mirrored.standardError) < 1e-14)
    #expect(relativeError(scaled.value, 3 * contrast.value) < 1e-14)
    #expect(relativeError(scaled.standardError, 3 * contrast.standardError) < 1e-14)
    let interval = contrast.interval(level: 0.9)
    #expect(relativeError(interval.width, 2 * 1.6448536269514722 * contrast.standardError) < 1e-14)
  }

  @Test(arguments: AdaptiveCatalogue.entries)
  func anArmThatWasNotShownIsRefused(_ entry: AdaptiveCatalogue.Entry) throws {
    let log = try AdaptiveLog(
      arms: [0, 0, 0, 0], rewards: [1, 0, 1, 1], batches: [0, 0, 0, 0],
      propensities: ActionTable(cellCount: 1, armCount: 2, values: [0.5, 0.5]))
    let estimator = entry.make(DecayingFloor(start: 0.5, decay: 0))
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 2)) {
      try estimator.value(of: Arm(1), in: log)
    }
  }

  @Test func timesWhenAnArmCouldNotBeShown() throws {
    let log = try AdaptiveLog(
      arms: [0, 1, 0, 1, 0, 0], rewards: [1, 0, 1, 1, 0, 5], batches: [0, 0, 0, 0, 0, 1],
      propensities: ActionTable(cellCount: 2, armCount: 2, values: [0.5, 0.5, 1, 0]))
    #expect(throws: InferenceError.invalidWeight(arm: 1, weight: 0)) {
      try AdaptiveAIPW(weights: .uniform).value(of: Arm(1), in: log)
    }
    // What came after says nothing of the arm, and is left out.
    let before = try AdaptiveLog(
      arms: [0, 1, 0, 1, 0], rewards: [1, 0, 1, 1, 0], batches: [0, 0, 0, 0, 0],
      propensities: ActionTable(cellCount: 1, armCount: 2, values: [0.5, 0.5]))
    let estimator = AdaptiveAIPW(weights: .constantAllocation)
    #expect(
      try estimator.value(of: Arm(1), in: log) == estimator.value(of: Arm(1), in: before))
    var sequence = AnytimeAIPW(.value(Arm(1)), tunedFor: 10, scoreVariance: 1)
    sequence.add(log)
    #expect(sequence.interval == nil)
  }

  @Test func aLogIsCheckedOnce() {
    let table = ActionTable(cellCount: 2, armCount: 2, values: [0.5, 0.5, 1, 0])
    #expect(throws: OffPolicyError.emptyLog) {
      try AdaptiveLog(arms: [], rewards: [], propensities: table)
    }
    #expect(throws: OffPolicyError.armOutOfRange(row: 1, arm: 2)) {
      try AdaptiveLog(arms: [0, 2], rewards: [1, 1], propensities: table)
    }
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 1)) {
      try AdaptiveLog(arms: [0, 1], rewards: [1, 1], propensities: table)
    }
    #expect(throws: OffPolicyError.cellOutOfRange(row: 1, cell: 0)) {
      try AdaptiveLog(arms: [0, 0], rewards: [1, 1], batches: [1, 0], propensities: table)
    }
    #expect(throws: OffPolicyError.rewardNotFinite(row: 0)) {
      try AdaptiveLog(arms: [0, 0], rewards: [.nan, 1], propensities: table)
    }
    #expect(throws: OffPolicyError.notProbabilities(cell: 0, sum: 1.25)) {
      try AdaptiveLog(
        arms: [0], rewards: [1],
        propensities: ActionTable(cellCount: 1, armCount: 2, values: [0.75, 0.5]))
    }
  }
}
