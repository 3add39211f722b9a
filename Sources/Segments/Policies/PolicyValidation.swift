public import Inference

/// What a policy tree is worth on customers who had no part in it.
///
/// The customers are divided in folds, of which the first half only teach. For each later fold the
/// tree, and the single arm that is best for everybody, are chosen on the folds before it; both are
/// then valued by the fold's scores. The difference is the gain of asking at all, and its interval
/// says whether there is one.
///
/// Going forward only keeps the interval honest. Where each fold is valued by what all others chose,
/// folds judge what they helped to choose in each other, their errors go together, and where arms are
/// alike the interval misses the truth in about one of five logs instead of one of twenty.
///
/// Scores should come from ``DoublyRobustScoring`` or known chances.
///
/// References: Luedtke and van der Laan (2016), *Annals of Statistics* 44, 713–742, for the forward
/// order; Athey and Wager (2021), *Econometrica* 89, 133–161, for the scores.
public struct PolicyValidation: Hashable, Sendable {
  /// The value of the trees.
  public let tree: ScoreEstimate
  /// The value of the best single arm for everybody.
  public let bestArm: ScoreEstimate
  /// The value of the trees less that of the best single arm, session by session.
  public let gain: ScoreEstimate
  /// The value of the trees less that of the baseline; nil without one.
  public let treeOverBaseline: ScoreEstimate?
  /// The value of the best single arm less that of the baseline; nil without one.
  public let bestArmOverBaseline: ScoreEstimate?
  /// The tree of each fold that is valued, found on those before it.
  public let trees: [PolicyTree]
  /// The best single arm of each fold that is valued, found on those before it.
  public let bestArms: [Int]
  /// The confidence level of the verdict.
  public let level: Double

  /// The interval of the gain.
  public var gainInterval: Interval { gain.interval(level: level) }
  /// Whether the trees are worth more than the best single arm, beyond chance.
  public var beatsBestArm: Bool { gainInterval.lower > 0 }

  /// Validates a search.
  ///
  /// - Parameters:
  ///   - search: How trees are found.
  ///   - data: The sessions.
  ///   - scores: A score for each session and arm.
  ///   - baseline: The arm that both are also compared with; nil for none.
  ///   - folds: The number of folds of customers, at least two; the later half is valued.
  ///   - seed: The seed of the folds.
  ///   - level: The level of the interval that the verdict rests on.
  /// - Throws: As ``PolicyTreeSearch/run(_:_:)``; `tooFewSessions` if the customers fill fewer than
  ///   two folds.
  /// - Complexity: One search a fold.
  public init(
    of search: PolicyTreeSearch, _ data: SegmentData, _ scores: ActionScores,
    baseline: Int? = nil, folds: Int = 10, seed: UInt64 = 0, level: Double = 0.95
  ) throws(SegmentError) {
    precondition(folds > 1, "a fold is valued by what those before it found")
    guard scores.sessionCount == data.arms.count else {
      throw .lengthMismatch(
        column: "scores", count: scores.sessionCount, sessions: data.arms.count)
    }
    let parts = CustomerFolds(data.units, count: folds, seed: seed).folds
    guard parts.count > 1 else { throw .tooFewSessions(count: parts.count, needed: 2) }
    var chosen = Array(repeating: 0.0, count: data.arms.count)
    var single = chosen
    var (trees, bestArms) = ([PolicyTree](), [Int]())
    var valued: [Int] = []
    for (place, fold) in parts.enumerated().dropFirst(parts.count / 2) {
      let before = parts[..<place].flatMap(\.test)
      let training = scores.subset(before)
      let tree = try search.run(data.subset(before), training).tree
      let means = (0..<scores.armCount).map { training.scores(of: $0).reduce(0, +) }
      let best = means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
      let arms = try tree.arms(of: data.subset(fold.test))
      for (index, row) in fold.test.enumerated() {
        chosen[row] = scores[row, Int(arms[index])]
        single[row] = scores[row, best]
      }
      valued += fold.test
      trees.append(tree)
      bestArms.append(best)
    }
    let customers = CustomerIndex(data.units)
    func mean(_ values: [Double], less others: [Double]? = nil) -> ScoreEstimate? {
      let differences = others.map { others in values.indices.map { values[$0] - others[$0] } }
      return ScoreEstimate(differences ?? values, rows: valued, customers)
    }
    guard let value = mean(chosen), let alone = mean(single),
      let gain = mean(chosen, less: single)
    else { throw .tooFewSessions(count: data.arms.count, needed: 2) }
    (self.tree, bestArm, self.gain, self.level) = (value, alone, gain, level)
    let control = baseline.map { scores.scores(of: $0) }
    treeOverBaseline = control.flatMap { mean(chosen, less: $0) }
    bestArmOverBaseline = control.flatMap { mean(single, less: $0) }
    (self.trees, self.bestArms) = (trees, bestArms)
  }
}

extension PolicyValidation: CustomStringConvertible {
  /// The verdict in a sentence.
  public var description: String {
    let numbers =
      "gain \(gain.mean), \(level * 100) % interval \(gainInterval.lower) to \(gainInterval.upper)"
    return beatsBestArm
      ? "the tree is worth more than the best single arm for everybody: \(numbers)"
      : "the tree is not shown to beat the best single arm for everybody: \(numbers)"
  }
}
