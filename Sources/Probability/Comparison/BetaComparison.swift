/// Comparisons of independent beta posteriors: which arm is best, and what a wrong choice costs.
///
/// Nothing is simulated: every number is an integral, found by quadrature on the scale of the
/// log-odds, so the same posteriors always give the same answer.
public enum BetaComparison {
  /// For each arm, the probability that its proportion is the greatest.
  ///
  ///     P(k is best) = ∫ fₖ Πⱼ≠ₖ Fⱼ
  ///
  /// The absolute error is about 1e-15 · √n for posteriors of `n` trials; the sum is 1.
  ///
  /// - Complexity: O(*k*) densities at some 130 points for *k* arms.
  public static func probabilitiesOfBest(_ posteriors: [BetaDistribution]) -> [Double] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    var wins = [Double](repeating: 0, count: posteriors.count)
    var product = [Double](repeating: 0, count: BetaPanels.nodeCount)
    BetaPanels(posteriors).sweep(downTo: .commonSupport) { panel in
      // Products of the others' probabilities to be below the node: of those before an arm on the
      // way up, times those after it on the way down.
      var before = [Double](repeating: 1, count: posteriors.count * product.count)
      product.withUnsafeMutableBufferPointer { product in
        product.update(repeating: 1)
        for arm in posteriors.indices {
          let row = arm * product.count
          for node in product.indices {
            before[row + node] = product[node]
            product[node] *= 1 - panel.survivals[row + node]
          }
        }
        product.update(repeating: 1)
        for arm in posteriors.indices.reversed() {
          let row = arm * product.count
          var sum = 0.0
          for node in product.indices {
            sum +=
              panel.weights[node] * panel.densities[row + node] * before[row + node]
              * product[node]
            product[node] *= 1 - panel.survivals[row + node]
          }
          wins[arm] += sum
        }
      }
    }
    let total = wins.reduce(0, +)
    return wins.map { max($0, 0) / total }
  }

  /// For each arm, the proportion that is lost on average by choosing it: `E[maxⱼ Xⱼ] − E[Xₖ]`.
  ///
  ///     E[maxⱼ Xⱼ − Xₖ] = ∫₀¹ Fₖ (1 − Πⱼ≠ₖ Fⱼ) dx
  ///
  /// The absolute error is about 1e-15 · √n for posteriors of `n` trials.
  public static func expectedLosses(_ posteriors: [BetaDistribution]) -> [Double] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    var losses = [Double](repeating: 0, count: posteriors.count)
    BetaPanels(posteriors).sweep(downTo: .anySupport) { panel in
      let count = BetaPanels.nodeCount
      for node in 0..<count {
        // 1 − Π F, gathered from survivals so that a small one keeps its digits: of the arms
        // before an arm, and then, from the end, of those after it.
        var exceeded = 0.0
        var before = [Double](repeating: 0, count: posteriors.count)
        for arm in posteriors.indices {
          before[arm] = exceeded
          exceeded += panel.survivals[arm * count + node] * (1 - exceeded)
        }
        exceeded = 0
        for arm in posteriors.indices.reversed() {
          let survival = panel.survivals[arm * count + node]
          let byOthers = before[arm] + exceeded * (1 - before[arm])
          losses[arm] += panel.weights[node] * panel.lengths[node] * (1 - survival) * byOthers
          exceeded += survival * (1 - exceeded)
        }
      }
    }
    return losses.map { max($0, 0) }
  }
}
