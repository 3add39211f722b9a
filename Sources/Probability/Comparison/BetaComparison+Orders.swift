extension BetaComparison {
  /// For each arm, the probability that it comes next after others, all in the order of their proportions.
  ///
  ///     P(o₁ > o₂ > … > oₘ > k > all the rest) = ∫ fₖ Sₘ Πⱼ Fⱼ dx,   j neither k nor of the order
  ///     Sₘ(x) = P(o₁ > … > oₘ > x) = ∫ₓ f_oₘ Sₘ₋₁,   S₀ = 1
  ///
  /// So the chance of a page that shows the best arms in their order is that of its last arm after the
  /// others; given those, the chance of an arm is its share of the sum. An arm of the order has none.
  /// The absolute error is about 1e-15 · √n for posteriors of `n` trials.
  ///
  /// - Parameters:
  ///   - order: The arms that come first, the best before the others; fewer than there are.
  ///   - posteriors: The posterior of each arm.
  /// - Returns: The probabilities, by arm; they sum to that of the order.
  /// - Complexity: O(*k*) densities at some 130 points for *k* arms.
  public static func probabilitiesOfNext(
    after order: [Int], _ posteriors: [BetaDistribution]
  ) -> [Double] {
    precondition(order.count < posteriors.count, "an arm is left to come next")
    precondition(
      Set(order).count == order.count && order.allSatisfy(posteriors.indices.contains),
      "an order names each arm once")
    return orderIntegrals(after: order, posteriors).map { max($0, 0) }
  }

  /// The integrals of ``probabilitiesOfNext(after:_:)``, not yet rid of rounding below zero.
  static func orderIntegrals(after order: [Int], _ posteriors: [BetaDistribution]) -> [Double] {
    let rest = posteriors.indices.filter { !order.contains($0) }
    var next = [BetaPanels.Nodes](repeating: .zero, count: posteriors.count)
    var before = next
    // For each arm of the order, the probability that it and those before it lie above the panel.
    var carry = [Double](repeating: 0, count: order.count)
    BetaPanels(posteriors).sweep(rankCount: order.count + 1) { panel in
      var above = BetaPanels.Nodes(repeating: 1)
      for (place, arm) in order.enumerated() {
        let density = panel.densities[arm] * above
        above = carry[place] + panel.halfWidth * SurvivalRule.shared.integralsToTheRight(density)
        carry[place] += (panel.weights * density).sum()
      }
      // The probability that all the rest lie below the node: of the arms before an arm, gathered on
      // the way up, times that of the arms after it, gathered on the way down.
      var below = BetaPanels.Nodes(repeating: 1)
      for arm in rest {
        before[arm] = below
        below *= 1 - panel.survivals[arm]
      }
      below = above
      for arm in rest.reversed() {
        next[arm] += panel.weights * panel.densities[arm] * before[arm] * below
        below *= 1 - panel.survivals[arm]
      }
    }
    return next.map { $0.sum() }
  }
}
