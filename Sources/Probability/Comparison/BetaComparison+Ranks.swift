extension BetaComparison {
  /// For each arm, the probability of each rank: element `r` of its row is that of being the
  /// (r + 1)-th best.
  ///
  ///     P(k has r above it) = ∫ fₖ P(r of the others exceed x) dx
  ///
  /// The number of the others above a point has a Poisson-binomial law: that of the arms before `k`,
  /// folded with that of the arms after it. Columns sum to 1, and the rows of all ranks to 1 but for an
  /// absolute error of about 1e-15 · √n for posteriors of `n` trials.
  ///
  /// - Parameters:
  ///   - posteriors: The posterior of each arm.
  ///   - rankCount: How many of the best ranks to tell; nil tells all.
  /// - Returns: A row an arm, a column a rank.
  /// - Complexity: O(*k r*²) at some 130 points for *k* arms and *r* ranks.
  public static func rankProbabilities(
    _ posteriors: [BetaDistribution], upTo rankCount: Int? = nil
  ) -> [[Double]] {
    let count = rankCount ?? posteriors.count
    precondition(0 < count && count <= posteriors.count, "an arm has one of their ranks")
    var sums = RankSums(armCount: posteriors.count, rankCount: count)
    BetaPanels(posteriors).sweep(rankCount: count) { sums.add($0) }
    let ranks = sums.ranks.map { max($0.sum(), 0) }
    let totals = (0..<count).map { rank in
      stride(from: rank, to: ranks.count, by: count).reduce(0) { $0 + ranks[$1] }
    }
    return posteriors.indices.map { arm in
      (0..<count).map { ranks[arm * count + $0] / totals[$0] }
    }
  }
}

/// The integrals of the ranks, arm after arm, gathered panel by panel.
private struct RankSums {
  private let armCount: Int
  private let rankCount: Int
  private(set) var ranks: [BetaPanels.Nodes]
  // The law of the number above a node: of the arms before each arm, and of those after the one at hand.
  private var before: [BetaPanels.Nodes]
  private var after: [BetaPanels.Nodes]

  init(armCount: Int, rankCount: Int) {
    self.armCount = armCount
    self.rankCount = rankCount
    ranks = Array(repeating: .zero, count: armCount * rankCount)
    before = Array(repeating: .zero, count: (armCount + 1) * rankCount)
    after = Array(repeating: .zero, count: rankCount)
  }

  mutating func add(_ panel: BetaPanels.Panel) {
    before[0] = BetaPanels.Nodes(repeating: 1)
    for arm in 0..<armCount {
      let (own, next) = (arm * rankCount, (arm + 1) * rankCount)
      let above = panel.survivals[arm]
      before[next] = before[own] * (1 - above)
      for number in 1..<rankCount {
        before[next + number] =
          before[own + number] * (1 - above) + before[own + number - 1] * above
      }
    }
    for number in 0..<rankCount { after[number] = BetaPanels.Nodes(repeating: number == 0 ? 1 : 0) }
    for arm in (0..<armCount).reversed() {
      let density = panel.weights * panel.densities[arm]
      if density.max() > 0 { fold(arm, density) }
      let above = panel.survivals[arm]
      for number in stride(from: rankCount - 1, to: 0, by: -1) {
        after[number] = after[number] * (1 - above) + after[number - 1] * above
      }
      after[0] *= 1 - above
    }
  }

  /// Adds an arm's density times the law of the number of all others above it.
  private mutating func fold(_ arm: Int, _ density: BetaPanels.Nodes) {
    let own = arm * rankCount
    for rank in 0..<rankCount {
      var law = BetaPanels.Nodes.zero
      for number in 0...rank { law += before[own + number] * after[rank - number] }
      ranks[own + rank] += density * law
    }
  }
}
