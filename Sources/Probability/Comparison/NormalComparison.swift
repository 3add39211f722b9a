/// Comparisons of independent normal posteriors: which arm is best, and what a wrong choice costs.
///
/// Every number is an integral of a positive function, found by adaptive quadrature, so that small
/// answers keep their digits.
public enum NormalComparison {
  /// P(A > B), `Φ((μ_A − μ_B)/√(σ_A² + σ_B²))`.
  public static func probabilityGreater(
    _ a: NormalDistribution, than b: NormalDistribution
  ) -> Double {
    StandardNormal.cdf((a.mean - b.mean) / (a.variance + b.variance).squareRoot())
  }

  /// For each arm, the probability that its value is the greatest.
  ///
  ///     P(k is best) = ∫ fₖ Πⱼ≠ₖ Fⱼ
  ///
  /// The relative error is about 1e-13; the sum is 1.
  ///
  /// - Complexity: O(*k*²) panels of an O(*k*) integrand for *k* arms.
  public static func probabilitiesOfBest(_ posteriors: [NormalDistribution]) -> [Double] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    let wins = posteriors.indices.map { arm in
      integral(posteriors) { x in
        let own = posteriors[arm]
        let z = (x - own.mean) / own.standardDeviation
        var product = StandardNormal.density(z) / own.standardDeviation
        for other in posteriors.indices where other != arm { product *= posteriors[other].cdf(x) }
        return product
      }
    }
    let total = wins.reduce(0, +)
    return wins.map { $0 / total }
  }

  /// For each arm, what is lost on average by choosing it: `E[maxⱼ Xⱼ] − E[Xₖ]`.
  ///
  ///     E[maxⱼ Xⱼ − Xₖ] = ∫ Fₖ (1 − Πⱼ≠ₖ Fⱼ) dx
  public static func expectedLosses(_ posteriors: [NormalDistribution]) -> [Double] {
    precondition(!posteriors.isEmpty, "an arm is compared with others")
    return posteriors.indices.map { arm in
      integral(posteriors) { x in
        // 1 − Π F, gathered from survivals so that a small one keeps its digits.
        var exceeded = 0.0
        for other in posteriors.indices where other != arm {
          exceeded += posteriors[other].survival(x) * (1 - exceeded)
        }
        return posteriors[arm].cdf(x) * exceeded
      }
    }
  }

  /// The integral of a function that changes where the cumulative distributions do.
  private static func integral(
    _ posteriors: [NormalDistribution], _ function: (Double) -> Double
  ) -> Double {
    // A normal variable is never 38.6 deviations off, in doubles.
    let ends = posteriors.flatMap { law in
      [-38.6, -20, -10, -5, -2, 0, 2, 5, 10, 20, 38.6].map { law.mean + $0 * law.standardDeviation }
    }
    return AdaptiveQuadrature().integrate(over: ends.sorted(), function).value
  }
}
