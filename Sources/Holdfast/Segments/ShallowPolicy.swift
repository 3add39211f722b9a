internal import Inference
internal import Segments

/// The policy of a few questions that is worth most by the scores of the log, and what it is worth on
/// customers who had no part in it.
///
/// It is shown to customers only if it beats the best single arm there, and else that arm is; and neither
/// if it does not beat the baseline there: then nothing is known to be worth showing.
struct ShallowPolicy: Sendable {
  /// The policy to show: the tree, or the best single arm where the tree does not beat it.
  private let shown: PolicyTree
  /// Its name in the rows.
  let name: String
  /// What is made great, by name.
  let metric: String
  /// Why it is the one to show.
  let why: String
  /// What it is worth, forward.
  let value: Estimate
  /// Whom it shows what, and what that is worth there.
  let leaves: [(arm: Int, row: PolicyTreeRow)]
  /// Whether it is shown to beat the baseline, or is the baseline.
  let isRecommended: Bool
  /// The leaves of the tree, shown or not.
  let rows: [PolicyTreeRow]
  /// The tree, the best single arm, and their difference, valued forward.
  let values: [PolicyRow]
  /// The verdict in a sentence.
  let notes: [String]

  /// - Throws: ``SegmentError`` where no tree can be found or valued.
  init(_ sample: SegmentSample, _ scores: ActionScores) throws(SegmentError) {
    let plan = sample.plan
    metric = sample.metric
    var search = PolicyTreeSearch()
    search.depth = plan.segments.policy.depth
    search.minimumSessions =
      plan.segments.policy.minimumSessions ?? plan.segments.minimumSessions
    let optimum = try search.run(sample.data, scores)
    let validation = try PolicyValidation(
      of: search, sample.data, scores, baseline: 0, folds: plan.segments.policy.folds,
      seed: plan.seed, level: plan.level)
    let means = (0..<scores.armCount).map { scores.scores(of: $0).reduce(0, +) }
    let best = means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
    let treeName = "tree of depth \(search.depth)"
    let armName = "best single arm (\(scores.armNames[best]))"
    let isTree = validation.beatsBestArm
    let margin = isTree ? validation.treeOverBaseline : validation.bestArmOverBaseline
    isRecommended =
      (!isTree && best == 0) || (margin?.interval(level: plan.level).lower ?? 0) > 0
    shown =
      isTree
      ? optimum.tree : PolicyTree(root: .leaf(arm: best), armNames: scores.armNames)
    name = isTree ? treeName : armName
    let choice =
      isTree
      ? "the \(treeName) beats the best single arm"
      : "the best single arm: no tree is shown to beat it"
    why =
      isRecommended
      ? choice
      : "no clear winner: \(choice), and it is not shown to beat \(sample.baseline), on customers who "
        + "had no part in it: \(Self.words(margin, plan.level))"
    value = Estimate(isTree ? validation.tree : validation.bestArm, level: plan.level)
    let warnings = Self.warnings(optimum)
    rows = try Self.leaves(
      (optimum.tree, treeName), sample, scores,
      warnings + (isTree ? [] : ["not shown to beat the best single arm: not recommended"]))
    let shownRows = isTree ? rows : try Self.leaves((shown, armName), sample, scores, [])
    leaves = zip(shown.leaves.map(\.arm), shownRows).map { ($0, $1) }
    values = [
      (treeName, validation.tree), ("best single arm", validation.bestArm),
      ("\(treeName) less the best single arm", validation.gain),
      ("\(treeName) less \(sample.baseline)", validation.treeOverBaseline),
      ("best single arm less \(sample.baseline)", validation.bestArmOverBaseline),
    ].compactMap { name, score in
      score.map { Self.value(name, $0, sample, warnings) }
    }
    notes = [Self.verdict(validation, treeName, armName)]
  }

  /// The leaf of each of some rows of the log.
  ///
  /// - Throws: ``SegmentRefusal`` if the log is not the one that the policy was grown on.
  func leaves(of log: EncodedLog, rows: [Int]) throws(SegmentRefusal) -> [Int32] {
    do throws(SegmentError) {
      let data = try SegmentData(
        arms: rows.map { _ in 0 }, armNames: log.arms.levels, rewards: rows.map { _ in 0 },
        covariates: log.covariates.map { $0.covariate(rows) }, units: rows.map { log.units[$0] })
      var places = Array(repeating: Int32(0), count: rows.count)
      for (place, leaf) in shown.leaves.enumerated() {
        let isInside = try leaf.path.contains(data)
        for row in rows.indices where isInside[row] { places[row] = Int32(place) }
      }
      return places
    } catch {
      throw SegmentRefusal(error)
    }
  }

  private static func warnings(_ optimum: PolicyTreeSearch.Optimum) -> [String] {
    (optimum.isExact ? [] : ["the tree is found question by question, not the best of all"])
      + (optimum.binnedCovariates.isEmpty
        ? [] : ["cut at quantiles: \(optimum.binnedCovariates.joined(separator: ", "))"])
  }

  /// What the arm of each leaf is worth there.
  private static func leaves(
    _ policy: (tree: PolicyTree, name: String), _ sample: SegmentSample, _ scores: ActionScores,
    _ warnings: [String]
  ) throws(SegmentError) -> [PolicyTreeRow] {
    var rows: [PolicyTreeRow] = []
    for (place, leaf) in policy.tree.leaves.enumerated() {
      let isInside = try leaf.path.contains(sample.data)
      let inside = isInside.indices.filter { isInside[$0] }
      let units = inside.map { sample.data.units[$0] }
      let here = scores.subset(inside)
      let contrast = try ActionScores(
        armNames: [sample.data.armNames[leaf.arm]], values: here.contrast(leaf.arm, 0))
      let level = sample.plan.level
      func estimate(_ scores: ActionScores, _ arm: Int) -> Estimate {
        do throws(SegmentError) {
          return Estimate(
            try scores.value(of: inside.map { _ in Int32(arm) }, units: units), level: level)
        } catch {
          return Estimate(refusal: SegmentRefusal(error).sentence)
        }
      }
      rows.append(
        PolicyTreeRow(
          metric: sample.metric, policy: policy.name, leaf: place + 1,
          rule: "\(leaf.path)", predicate: leaf.path.predicate,
          arm: sample.data.armNames[leaf.arm], estimate: estimate(here, leaf.arm),
          gain: leaf.arm == 0
            ? Estimate(refusal: "the arm is the baseline") : estimate(contrast, 0),
          baseline: sample.baseline, level: level, sessions: inside.count,
          share: Double(inside.count) / Double(max(1, sample.rows.count)),
          method: "mean of doubly robust scores in the leaf, normal; flattered: the same sessions "
            + "found the leaf",
          sample: sample.everybody, warnings: warnings))
    }
    return rows
  }

  private static func value(
    _ name: String, _ score: ScoreEstimate, _ sample: SegmentSample, _ warnings: [String]
  ) -> PolicyRow {
    PolicyRow(
      metric: sample.plan.metric.rawValue, policy: name, quantity: sample.quantity,
      method: "doubly robust scores, forward", intervalMethod: "normal",
      logging: sample.log.logging, estimate: Estimate(score, level: sample.plan.level),
      level: sample.plan.level, sessions: score.sessions,
      sample: "\(score.sessions) sessions, each valued by what was found on customers before it",
      warnings: warnings)
  }

  private static func verdict(
    _ validation: PolicyValidation, _ tree: String, _ arm: String
  ) -> String {
    let gain = "gain \(words(validation.gain, validation.level))"
    return validation.beatsBestArm
      ? "the \(tree) is worth more than the best single arm for everybody, on customers who had no part "
        + "in it: \(gain)"
      : "the \(tree) is not shown to beat the \(arm), on customers who had no part in it: \(gain)"
  }

  /// A difference a session with its interval.
  private static func words(_ score: ScoreEstimate?, _ level: Double) -> String {
    guard let score else { return "unknown" }
    let interval = score.interval(level: level)
    return "\(Decimals.signed(score.mean, 4)) a session, [\(Decimals.signed(interval.lower, 4)), "
      + "\(Decimals.signed(interval.upper, 4))]"
  }
}

extension Result<ShallowPolicy, SegmentRefusal> {
  /// The leaves of the tree; none without a policy.
  var rows: [PolicyTreeRow] { (try? get())?.rows ?? [] }

  /// The values of the tree, of the best single arm, and their differences; none without a policy.
  var values: [PolicyRow] { (try? get())?.values ?? [] }
}
