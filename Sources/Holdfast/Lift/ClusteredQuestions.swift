internal import Inference

extension LiftMethod {
  /// The tests that let sessions of a cluster depend on each other.
  static let clustered: [LiftMethod] = [
    LiftMethod("clustered", .clusters, scale: .difference) {
      (offer, control, null, context) throws(InferenceError) in
      DifferenceTest(try offer.clusteredContrast(with: control, context.plan), null: null)
    },
    LiftMethod("clusteredLift", .clusters, scale: .relativeLift) {
      (offer, control, null, context) throws(InferenceError) in
      try LogLiftTest(try offer.clusteredContrast(with: control, context.plan), null: null)
    },
  ]
}

extension ArmEvidence {
  /// The cluster of each session, from zero. One without a level of the column is a cluster of its own.
  func clusterCodes(_ plan: RunPlan.LiftPlan) -> [Int] {
    guard plan.clusters != .sessions, let log else { return rows }
    guard let clusters = columns.clusters else { return rows.map { Int(log.customers[$0]) } }
    return rows.map { row in
      clusters.codes[row] < 0 ? clusters.levels.count + row : Int(clusters.codes[row])
    }
  }

  /// The difference of means, robust to dependence inside clusters.
  ///
  /// Where each cluster is in one arm, that is a matter of the clusters' sizes and sums; where some are
  /// in both, of a regression that counts what the two arms of a cluster share.
  fileprivate func clusteredContrast(
    with control: ArmEvidence, _ plan: RunPlan.LiftPlan
  ) throws(InferenceError) -> ArmContrast {
    let (own, others) = (clusterCodes(plan), control.clusterCodes(plan))
    guard !Set(own).isDisjoint(with: others) else {
      return try ClusteredMeans.effect(
        offer: ClusterSums(outcomes: values, clusters: own),
        control: ClusterSums(outcomes: control.values, clusters: others),
        correction: plan.clusterCorrection)
    }
    guard !values.isEmpty else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    guard !control.values.isEmpty else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    var places: [Int: Int] = [:]
    var clusters: [ClusterRobustRegression.Cluster] = []
    func add(_ codes: [Int], _ values: [Double], _ row: [Double]) {
      for (code, value) in zip(codes, values) {
        let place = places[code] ?? clusters.count
        if place == clusters.count {
          places[code] = place
          clusters.append(ClusterRobustRegression.Cluster(columns: 2))
        }
        clusters[place].add(row, outcome: value)
      }
    }
    add(others, control.values, [1, 0])
    add(own, values, [1, 1])
    return try ClusterRobustRegression(clusters)
      .contrast(arm: 1, level: 0, correction: plan.clusterCorrection)
  }
}
