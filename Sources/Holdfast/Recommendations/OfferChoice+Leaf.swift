internal import Segments

extension OfferChoice {
  /// What to show in each leaf of a policy.
  static func leaves(of policy: ShallowPolicy) -> [OfferChoice] {
    policy.leaves.map { leaf in
      let expected = leaf.row.estimate.value.map {
        "\(leaf.row.arm) is worth \(Decimals.text($0, 4)) a session in \(leaf.row.sessions) of \(leaf.row.rule)"
      }
      let gain = leaf.row.gain.value.map {
        ", \(Decimals.signed($0, 4)) against \(leaf.row.baseline)"
      }
      return OfferChoice(
        segment: leaf.row.rule, arm: policy.isRecommended ? leaf.arm : nil, leader: leaf.arm,
        probabilityBest: nil,
        expected: leaf.row.estimate,
        reason: "\(policy.why); " + (expected ?? leaf.row.estimate.refusal ?? "") + (gain ?? ""))
    }
  }
}
