extension BetaComparison {
  /// For each arm, the probability of each rank: element `r` of its row is that of being the
  /// (r + 1)-th best.
  ///
  ///     P(k has r above it) = ∫ fₖ P(r of the others exceed x) dx
  ///
  /// The number of the others above a point has a Poisson-binomial law, built up arm by arm. Rows
  /// sum to 1, and columns to 1 but for an absolute error of about 1e-15 · √n.
  ///
  /// - Complexity: O(*k*³) at some 130 points for *k* arms.
  public static func rankProbabilities(_ posteriors: [BetaDistribution]) -> [[Double]] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    let count = posteriors.count
    var ranks = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    BetaPanels(posteriors).sweep(downTo: .anySupport) { panel in
      for arm in posteriors.indices {
        let weights = panel.weights * panel.densities[arm]
        guard weights.max() > 0 else { continue }
        for (rank, chance) in numberAbove(arm, panel.survivals).enumerated() {
          ranks[arm][rank] += (weights * chance).sum()
        }
      }
    }
    return ranks.map { row in
      let total = row.reduce(0, +)
      return row.map { max($0, 0) / total }
    }
  }

  /// The law of the number of arms above each node, leaving one arm out.
  private static func numberAbove(
    _ arm: Int, _ survivals: [BetaPanels.Nodes]
  ) -> [BetaPanels.Nodes] {
    var law = [BetaPanels.Nodes](repeating: .zero, count: survivals.count)
    law[0] = BetaPanels.Nodes(repeating: 1)
    var gathered = 0
    for (other, above) in survivals.enumerated() where other != arm {
      gathered += 1
      for number in stride(from: gathered, to: 0, by: -1) {
        law[number] = law[number] * (1 - above) + law[number - 1] * above
      }
      law[0] *= 1 - above
    }
    return law
  }
}
