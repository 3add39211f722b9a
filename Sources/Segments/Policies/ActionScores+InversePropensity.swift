extension ActionScores {
  /// Scores that weigh each reward by the chance of its arm.
  ///
  ///     Γᵢₖ = rᵢ 1[aᵢ = k] / pᵢₖ
  ///
  /// Unbiased if the chances are known, and noisy: a session tells of its own arm alone.
  ///
  /// - Throws: `propensityOutOfRange`, or what estimating the chances throws.
  /// - Complexity: O(*nK*).
  ///
  /// Reference: Horvitz and Thompson (1952), *JASA* 47, 663–685.
  public static func inversePropensity(
    _ data: SegmentData, _ propensities: ArmPropensities
  ) throws(SegmentError) -> ActionScores {
    try propensities.check(data)
    let arms = data.armNames.count
    let rows = Array(data.arms.indices)
    let chances = try propensities.chances(
      of: rows, training: rows, data, CovariateFeatures(data))
    var values = Array(repeating: 0.0, count: chances.count)
    for row in rows {
      let place = row * arms + Int(data.arms[row])
      values[place] = data.rewards[row] / chances[place]
    }
    return try ActionScores(armNames: data.armNames, values: values)
  }

  /// The self-normalised value of a policy: the weighted mean reward of the sessions that were
  /// shown what it would have shown.
  ///
  ///     V = Σᵢ wᵢrᵢ / Σᵢ wᵢ        wᵢ = 1[aᵢ = π(xᵢ)] / pᵢ
  ///
  /// The error is that of the ratio, `wᵢ(rᵢ − V) / w̄` averaged.
  ///
  /// - Throws: As ``value(of:units:)``, or `tooFewSessions` if no session was shown what the
  ///   policy shows.
  ///
  /// Reference: Swaminathan and Joachims (2015), *NIPS* 28.
  public static func selfNormalizedValue(
    of policy: [Int32], _ data: SegmentData, _ propensities: ArmPropensities
  ) throws(SegmentError) -> ScoreEstimate {
    let ones = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: data.rewards.map { _ in 1 },
      covariates: data.covariates, units: data.units)
    let weights = try inversePropensity(ones, propensities)
    let (weight, customers) = (
      try weights.value(of: policy, units: data.units), CustomerIndex(data.units)
    )
    guard weight.mean > 0 else { throw .tooFewSessions(count: 0, needed: 2) }
    let each = policy.indices.map { weights[$0, Int(policy[$0])] }
    let value =
      each.indices.reduce(0) { $0 + each[$1] * data.rewards[$1] }
      / (weight.mean * Double(each.count))
    let errors = each.indices.map { each[$0] * (data.rewards[$0] - value) / weight.mean }
    guard let estimate = ScoreEstimate(errors, customers) else {
      throw .tooFewSessions(count: each.count, needed: 2)
    }
    return ScoreEstimate(
      mean: value, standardError: estimate.standardError, sessions: each.count)
  }
}
