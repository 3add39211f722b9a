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
    let sums = orderIntegrals(after: [], posteriors)
    let total = sums.reduce(0, +)
    return sums.map { max($0, 0) / total }
  }

  /// For each arm, the proportion that is lost on average by choosing it: `E[maxⱼ Xⱼ] − E[Xₖ]`.
  ///
  ///     E[maxⱼ Xⱼ − Xₖ] = ∫₀¹ Fₖ (1 − Πⱼ≠ₖ Fⱼ) dx
  ///
  /// The absolute error is about 1e-15 · √n for posteriors of `n` trials.
  public static func expectedLosses(_ posteriors: [BetaDistribution]) -> [Double] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    var losses = [Double](repeating: 0, count: posteriors.count)
    var before = [BetaPanels.Nodes](repeating: .zero, count: posteriors.count)
    BetaPanels(posteriors).sweep(rankCount: posteriors.count) { panel in
      // 1 − Π F, gathered from survivals so that a small one keeps its digits.
      var exceeded = BetaPanels.Nodes.zero
      for arm in posteriors.indices {
        before[arm] = exceeded
        exceeded += panel.survivals[arm] * (1 - exceeded)
      }
      exceeded = .zero
      let lengths = panel.weights * panel.lengths
      for arm in posteriors.indices.reversed() {
        let byOthers = before[arm] + exceeded * (1 - before[arm])
        losses[arm] += (lengths * (1 - panel.survivals[arm]) * byOthers).sum()
        exceeded += panel.survivals[arm] * (1 - exceeded)
      }
    }
    return losses.map { max($0, 0) }
  }
}
