#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

extension TableGivenMargins {
  /// The least odds ratio that a two-sided test by minimum likelihood, or Blaker's, does not reject.
  ///
  /// For odds ratios below the estimate the p-value is `P(X ≥ x) + P(X ≤ k)`, where the far tail ends
  /// at a `k` that falls, one step at a time, as `ω` does. While `k` stays, the p-value is one minus
  /// the probability of `k < X < x`, which rises and then falls in `ω` (the laws are an exponential
  /// family), so that over such a piece the p-value is greatest at an end, and where it crosses α
  /// between an end below and one above, it does so once. The pieces are gone through from the
  /// one-sided bound downwards, where even the near tail alone is not rejected.
  ///
  /// - Complexity: O(*n*): some √*n* pieces of O(√*n*) each.
  func leastOddsRatio(notRejectedAt alpha: Double, isBlaker: Bool) -> Double {
    let bottom = central.support.lowerBound
    if x == bottom { return 0 }
    var right = min(
      oddsRatio(atUpperTail: alpha, isMid: false), maximumLikelihoodOddsRatio)
    var least = right
    var k = lastFarCount(at: right, isBlaker: isBlaker)
    while k >= bottom {
      let left = min(oddsRatio(whereFarTailEndsAt: k, isBlaker: isBlaker), right)
      let atLeft = pValue(left, farTailAt: k)
      let atRight = pValue(right, farTailAt: k)
      if atLeft >= alpha {
        least = left
      } else if atRight >= alpha {
        let count = k
        let root = findRoot(from: log(left), to: log(right)) { [self] in
          log(pValue(exp($0), farTailAt: count) / alpha)
        }
        least = root.map(exp) ?? right
      }
      // Blaker's p-value is at most twice the near tail. The other's falls with k, nearly.
      let ceiling =
        isBlaker ? 2 * upperTail(of: law(left), isMid: false) : 2 * max(atLeft, atRight)
      if ceiling < alpha { break }
      right = left
      k -= 1
    }
    return least
  }

  /// `P(X ≥ x) + P(X ≤ k)`.
  private func pValue(_ oddsRatio: Double, farTailAt k: Int) -> Double {
    let law = law(oddsRatio)
    return min(1, upperTail(of: law, isMid: false) + law.cdf(Double(k)))
  }

  /// The greatest count below `x` that is as extreme as it, or one less than the least count.
  private func lastFarCount(at oddsRatio: Double, isBlaker: Bool) -> Int {
    let law = law(oddsRatio)
    let tail = upperTail(of: law, isMid: false) * (1 + tieTolerance)
    let density = law.logDensity(Double(x)) + log1p(tieTolerance)
    let first = firstIndex(in: 1 - x...1 - central.support.lowerBound) {
      isBlaker ? law.cdf(-Double($0)) <= tail : law.logDensity(-Double($0)) <= density
    }
    return -first
  }

  /// The odds ratio from which on `k` is as extreme as `x`.
  private func oddsRatio(whereFarTailEndsAt k: Int, isBlaker: Bool) -> Double {
    let change = central.logDensity(Double(k)) - central.logDensity(Double(x))
    let equal = (change - log1p(tieTolerance)) / Double(x - k)
    if !isBlaker { return exp(equal) }
    func excess(_ logOdds: Double) -> Double {
      let law = law(exp(logOdds))
      return log(law.cdf(Double(k)) / upperTail(of: law, isMid: false)) - log1p(tieTolerance)
    }
    // The tails of both ends are about equal where their masses are.
    var step = 0.25
    let isAbove = excess(equal) > 0
    while (excess(isAbove ? equal + step : equal - step) > 0) == isAbove { step *= 2 }
    let far = isAbove ? equal + step : equal - step
    return exp(findRoot(from: equal, to: far, of: excess) ?? equal)
  }
}
