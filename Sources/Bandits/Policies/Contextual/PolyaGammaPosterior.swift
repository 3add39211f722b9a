internal import LinearAlgebra
public import Probability

/// Draws from the posterior itself of an arm's logistic coefficients: what ``LogisticThompson`` is held to.
///
///     ω_c | β ~ PG(n_c, x_cᵀβ)      β | ω ~ N(B (Σ_c κ_c x_c + V⁻¹m), B),
///     B⁻¹ = V⁻¹ + Σ_c ω_c x_c x_cᵀ,   κ_c = s_c − n_c/2
///
/// The two in turn are a Markov chain whose law tends to the posterior, with no step to tune and nothing refused.
/// Successive draws depend on one another, the more the fewer saves there are: judge a mean by the means of
/// long stretches. A draw is O(sessions + cells · *p*²), too slow for a policy and right for a check.
///
/// Reference: Polson, Scott and Windle (2013), *Journal of the American Statistical Association* 108, 1339–1349,
/// section 3.1.
public struct PolyaGammaPosterior: Hashable, Sendable {
  /// The features of each cell.
  public let features: ContextFeatures
  /// The coefficients of each draw, in the order of the chain.
  public let draws: [[Double]]

  /// Draws from the posterior of what a policy has learnt of an arm.
  ///
  /// - Parameters:
  ///   - arm: The arm.
  ///   - policy: The policy; its prior, its features and the sessions it learnt count, not its belief.
  ///   - drawCount: The number of draws that are kept, at least one.
  ///   - burnIn: The number of draws before, which lead from the mode to the law.
  ///   - rng: The generator.
  /// - Precondition: The sessions of each cell are whole in number, as those of rewards 0 and 1 are.
  public init(
    of arm: Arm, in policy: LogisticThompson, drawCount: Int, burnIn: Int = 200,
    using rng: inout Philox
  ) {
    precondition(drawCount > 0 && burnIn >= 0, "a chain has a draw")
    let features = policy.features
    self.features = features
    let precisions = policy.prior.precisions
    let cells = policy.tallies(of: arm).map { seen in
      let trials = (seen.successes + seen.failures).rounded()
      precondition(
        abs(trials - seen.successes - seen.failures) <= 1e-9 * trials && trials >= 1,
        "sessions are whole in number")
      return (row: Array(features.row(Context(cell: seen.cell))), trials: Int(trials))
    }
    // 1. Σ κ x + V⁻¹m, which stays.
    var rightSide = precisions.indices.map { precisions[$0] * policy.prior.means[$0] }
    for (seen, cell) in zip(policy.tallies(of: arm), cells) {
      let kappa = 0.5 * (seen.successes - seen.failures)
      for index in rightSide.indices { rightSide[index] += kappa * cell.row[index] }
    }
    var beta = policy.coefficients(of: arm)
    var draws: [[Double]] = []
    draws.reserveCapacity(drawCount)
    for step in 0..<burnIn + drawCount {
      // 2. ω given β.
      var precision = LDLFactorization(diagonal: precisions)
      for cell in cells {
        let law = PolyaGammaDistribution(
          trials: cell.trials, tilt: dot(cell.row.span, beta.span))
        precision.add(cell.row.span, weight: law.draw(using: &rng))
      }
      // 3. β given ω.
      var mean = rightSide
      precision.solve(&mean)
      for index in beta.indices { beta[index] = StandardNormal.draw(using: &rng) }
      precision.correlate(&beta)
      for index in beta.indices { beta[index] += mean[index] }
      if step >= burnIn { draws.append(beta) }
    }
    self.draws = draws
  }

  /// The mean of each coefficient.
  public var mean: [Double] {
    var sum = Array(repeating: 0.0, count: features.featureCount)
    for draw in draws {
      for index in sum.indices { sum[index] += draw[index] }
    }
    return sum.map { $0 / Double(draws.count) }
  }

  /// The log-odds `xᵀβ` of each draw in a context.
  public func logOdds(in context: Context) -> [Double] {
    let x = Array(features.row(context))
    return draws.map { dot(x.span, $0.span) }
  }

  /// For each of several arms, how often its draw in a context is the greatest.
  ///
  ///     mean over the draws of k of Πⱼ≠ₖ F̂ⱼ,   F̂ⱼ the share of the draws of j that lie below
  ///
  /// Every draw of an arm is compared with all of the others, for arms are independent. They sum to 1.
  ///
  /// - Complexity: O(*k*² *n* log *n*) for *n* draws of each of *k* arms.
  public static func probabilitiesOfBest(
    _ arms: [PolyaGammaPosterior], in context: Context
  ) -> [Double] {
    precondition(!arms.isEmpty, "an arm is compared with others")
    let sorted = arms.map { $0.logOdds(in: context).sorted() }
    return sorted.indices.map { arm in
      var sum = 0.0
      for draw in sorted[arm] {
        var below = 1.0
        for other in sorted.indices where other != arm {
          below *= Double(rank(of: draw, in: sorted[other])) / Double(sorted[other].count)
        }
        sum += below
      }
      return sum / Double(sorted[arm].count)
    }
  }

  /// How many of some sorted numbers lie below another.
  private static func rank(of value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
