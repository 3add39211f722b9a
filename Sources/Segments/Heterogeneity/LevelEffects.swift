public import Inference

/// The effect of one arm within each level of a category, and whether the levels differ.
///
/// Every difference is of raw shares, so that it can be checked by hand; none is adjusted for the
/// others, and the level whose effect is greatest is great partly by luck.
public struct LevelEffects: Sendable {
  /// One level of the category.
  public struct Cell: Sendable {
    /// The level.
    public let level: String
    /// The sessions that were shown the offer.
    public let offer: Tally
    /// The sessions of the baseline.
    public let control: Tally
    /// The difference of shares with its standard error.
    public let difference: UnpooledZTest
  }

  /// The name of the category.
  public let covariate: String
  /// The name of the arm.
  public let arm: String
  /// The levels at which both arms were seen and outcomes vary, in their order.
  public let cells: [Cell]
  /// Cochran's test of the differences against each other; nil if there is only one level.
  public let heterogeneity: EffectHeterogeneityTest?

  /// Tabulates the effects of every arm over the levels of every category.
  ///
  /// - Parameters:
  ///   - data: The sessions; their rewards are 0 or 1.
  ///   - baseline: The arm that is the reference, by its place.
  /// - Returns: One table an arm within each category; numbers among the covariates are passed over.
  /// - Throws: `notShares` if a reward is neither 0 nor 1.
  /// - Complexity: O(*n*) a category.
  public static func tables(
    of data: SegmentData, baseline: Int
  ) throws(InferenceError) -> [LevelEffects] {
    precondition(data.armNames.indices.contains(baseline), "the baseline is one of the arms")
    guard data.hasBinaryRewards else { throw .notShares }
    var tables: [LevelEffects] = []
    for covariate in data.covariates {
      guard case .category(let codes, let levels) = covariate.column else { continue }
      var tallies = Array(
        repeating: Array(repeating: Tally(), count: levels.count), count: data.armNames.count)
      for row in codes.indices where codes[row] >= 0 {
        tallies[Int(data.arms[row])][Int(codes[row])].add(success: data.rewards[row] == 1)
      }
      for arm in data.armNames.indices where arm != baseline {
        try tables.append(
          LevelEffects(
            covariate.name, levels, arm: data.armNames[arm], offer: tallies[arm],
            control: tallies[baseline]))
      }
    }
    return tables
  }

  private init(
    _ covariate: String, _ levels: [String], arm: String, offer: [Tally], control: [Tally]
  ) throws(InferenceError) {
    self.covariate = covariate
    self.arm = arm
    cells = levels.indices.compactMap { level in
      guard
        let difference = try? UnpooledZTest(offer: offer[level], control: control[level])
      else { return nil }
      return Cell(
        level: levels[level], offer: offer[level], control: control[level], difference: difference)
    }
    let effects = cells.map {
      EffectEstimate(
        $0.difference.estimate, standardError: $0.difference.standardError,
        sessions: Double($0.offer.trials + $0.control.trials))
    }
    heterogeneity = effects.count > 1 ? try EffectHeterogeneityTest(effects) : nil
  }
}
