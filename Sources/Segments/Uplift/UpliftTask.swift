internal import LinearAlgebra

/// The comparison that a learner learns: the sessions, two arms, and the chances of each.
struct UpliftTask {
  let data: SegmentData
  let features: CovariateFeatures
  let arm: Int
  let baseline: Int
  private let propensities: ArmPropensities
  private let folds: Int
  private let seed: UInt64

  init(
    _ data: SegmentData, arm: Int, baseline: Int, _ propensities: ArmPropensities, folds: Int,
    seed: UInt64
  ) {
    (self.data, self.arm, self.baseline) = (data, arm, baseline)
    (self.propensities, self.folds, self.seed) = (propensities, folds, seed)
    features = CovariateFeatures(data)
  }

  /// Learns from some sessions and predicts others.
  func predictions(
    _ learner: UpliftLearner, training: [Int], at rows: [Int]
  ) throws(SegmentError) -> [Double] {
    let training = training.filter {
      data.arms[$0] == Int32(arm) || data.arms[$0] == Int32(baseline)
    }
    for side in [arm, baseline] where !training.contains(where: { data.arms[$0] == Int32(side) }) {
      throw .noSessions(arm: data.armNames[side])
    }
    return switch learner {
    case .t: try tLearner(training, rows)
    case .s: try sLearner(training, rows)
    case .x: try xLearner(training, rows)
    case .doublyRobust: try drLearner(training, rows)
    case .r: try rLearner(training, rows)
    }
  }

  /// The rows among some that were shown an arm.
  func rows(_ rows: [Int], of arm: Int) -> [Int] { rows.filter { data.arms[$0] == Int32(arm) } }

  /// The rewards of some rows.
  func rewards(_ rows: [Int]) -> [Double] { rows.map { data.rewards[$0] } }

  /// The regression of one arm's rewards.
  func model(_ training: [Int], of arm: Int) throws(SegmentError) -> OutcomeRegression {
    let own = rows(training, of: arm)
    return try OutcomeRegression(features.matrix(data, own), rewards(own))
  }

  /// The chance of the arm among the two, for some rows.
  func chances(_ rows: [Int], training: [Int]) throws(SegmentError) -> [Double] {
    let arms = data.armNames.count
    let of = training.isEmpty ? rows : training
    // Shares and regressions know the two arms alone; so the others' chances are not asked for.
    if case .shares = propensities {
      let treated = Double(self.rows(of, of: arm).count)
      return rows.map { _ in treated / Double(of.count) }
    }
    if case .regression(let floor) = propensities {
      let model = try OutcomeRegression(
        features.matrix(data, of), of.map { data.arms[$0] == Int32(arm) ? 1 : 0 })
      return model.predictions(features.matrix(data, rows)).map { min(max($0, floor), 1 - floor) }
    }
    let all = try propensities.chances(of: rows, training: of, data, features)
    return rows.indices.map { index in
      let (mine, theirs) = (all[index * arms + arm], all[index * arms + baseline])
      return mine / (mine + theirs)
    }
  }

  /// The folds within some rows, as places among them.
  func innerFolds(_ training: [Int]) -> [CustomerFolds.Fold] {
    CustomerFolds(training.map { data.units[$0] }, count: folds, seed: seed &+ 1).folds
  }
}
