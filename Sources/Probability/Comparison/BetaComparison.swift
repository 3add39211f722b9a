/// Comparisons of independent beta posteriors: which arm is best, and what a wrong choice costs.
public enum BetaComparison {
  /// For each arm, the probability that its proportion is the greatest. They sum to 1.
  public static func probabilitiesOfBest(_ posteriors: [BetaDistribution]) -> [Double] {
    let wins = posteriors.indices.map { arm in
      integral(of: posteriors[arm]) { x in
        posteriors.indices.reduce(1.0) { $1 == arm ? $0 : $0 * posteriors[$1].cdf(x) }
      }
    }
    let total = wins.reduce(0, +)
    return wins.map { $0 / total }
  }

  /// P(A > B) for independent proportions A and B.
  public static func probabilityGreater(_ a: BetaDistribution, than b: BetaDistribution) -> Double {
    integral(of: a) { b.cdf($0) }
  }

  /// For each arm, the proportion lost on average by choosing it: `E[max Xⱼ − Xₖ]`.
  public static func expectedLosses(_ posteriors: [BetaDistribution]) -> [Double] {
    var best = 0.0
    for step in 0..<1_000 {
      let x = (Double(step) + 0.5) / 1_000
      best += (1 - posteriors.reduce(1.0) { $0 * $1.cdf(x) }) / 1_000
    }
    return posteriors.map { best - $0.mean }
  }

  private static func integral(
    of weight: BetaDistribution, _ value: (Double) -> Double
  ) -> Double {
    (0..<1_000).reduce(0.0) { sum, step in
      sum + value(weight.quantile((Double(step) + 0.5) / 1_000)) / 1_000
    }
  }
}
