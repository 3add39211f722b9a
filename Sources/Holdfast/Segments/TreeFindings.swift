internal import Inference
internal import Segments

/// The leaves of trees that part customers by how an arm does with them, grown on one half and measured
/// on the other.
struct TreeFindings {
  /// The rows, leaf after leaf, arm after arm.
  private(set) var rows: [SegmentRow] = []
  /// What is to be said of each tree.
  private(set) var notes: [String] = []

  init(_ sample: SegmentSample, _ scores: ActionScores) async {
    let settings = Self.settings(sample.plan)
    let results = await Ordered.map(sample.arms, threads: sample.plan.threads) { arm in
      Result { () throws(SegmentError) in
        try HonestTree(
          contrast: scores.contrast(arm, 0), sample.data, settings,
          adjustment: sample.plan.adjustment, seed: sample.plan.seed)
      }
    }
    var trees: [(arm: Int, tree: HonestTree)] = []
    var single: [String] = []
    for (arm, result) in zip(sample.arms, results) {
      let name = sample.data.armNames[arm]
      switch result {
      case .success(let tree) where tree.isSingle:
        let p = tree.rootAdjustedPValues.compactMap(\.self).min()
        single.append(name + (p.map { " (least p \(Decimals.pValue($0)))" } ?? ""))
      case .success(let tree): trees.append((arm, tree))
      case .failure(let error):
        notes.append("\(name): no tree: \(SegmentRefusal(error).sentence)")
      }
    }
    if !single.isEmpty {
      notes.append(
        "no covariate changes the difference of \(single.prefix(5).joined(separator: ", "))"
          + (single.count > 5 ? ", and of \(single.count - 5) more" : ""))
    }
    add(trees, sample)
  }

  private static func settings(_ plan: RunPlan) -> ModelTreeSettings {
    var settings = ModelTreeSettings()
    settings.alpha = 1 - plan.level
    settings.depthLimit = plan.segments.treeDepth
    settings.minimumSessions = plan.segments.minimumSessions
    return settings
  }

  private mutating func add(_ trees: [(arm: Int, tree: HonestTree)], _ sample: SegmentSample) {
    let leaves = trees.flatMap { entry in entry.tree.leaves.map { (entry.arm, entry.tree, $0) } }
    let pValues = leaves.map { $0.2.difference?.pValue() }
    let adjusted = sample.plan.adjustment.adjust(pValues)
    let level = sample.plan.level
    for (place, (arm, tree, leaf)) in leaves.enumerated() {
      rows.append(
        SegmentRow(
          source: "tree", claim: SegmentRow.effect, metric: sample.metric,
          rule: "\(leaf.path)", predicate: leaf.path.predicate, arm: sample.data.armNames[arm],
          baseline: sample.baseline,
          method: "mean of doubly robust contrast scores; interaction: z of leaf − the others",
          estimate: leaf.effect.map {
            Estimate(
              $0.mean, standardError: $0.standardError, interval: $0.interval(level: level))
          } ?? Estimate(refusal: "fewer than two customers"),
          outside: .notAsked,
          interaction: leaf.difference.map {
            Estimate(
              $0.estimate, standardError: $0.standardError, interval: $0.interval(level: level))
          } ?? Estimate(refusal: "fewer than two customers"),
          shrunken: .notAsked, level: level, pValue: pValues[place],
          adjustedPValue: adjusted[place],
          adjustment: "\(sample.plan.adjustment.rawValue) over \(leaves.count) leaves × arms",
          sessions: leaf.effect?.sessions ?? 0,
          sample:
            "\(tree.estimationSessions) sessions that the \(tree.discoverySessions) that grew "
            + "the tree had no part in"))
    }
  }
}
