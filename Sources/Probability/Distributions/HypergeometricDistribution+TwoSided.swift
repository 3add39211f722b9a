#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension HypergeometricDistribution {
  /// The probability of all counts that are no likelier than `k`: the two-sided p-value of Fisher's
  /// exact test by minimum likelihood.
  ///
  ///     Σⱼ P(X = j),   over the j with P(X = j) ≤ P(X = k)
  ///
  /// A count that is exactly as likely as `k` is among them, and is known by integer arithmetic. The
  /// other rules of two sides differ: the central p-value is twice the smaller tail.
  ///
  /// Reference: Fay (2010), *Biostatistics* 11, 373–374.
  public func minimumLikelihoodProbability(_ k: Int) -> Double {
    precondition(support.contains(k), "the count is one that can be drawn")
    let mode = min(max(self.mode, support.lowerBound), support.upperBound)
    if k == mode { return 1 }
    // The near tail ends at k; the far one at the first count beyond the mode that is no likelier.
    if k < mode {
      let far = leastCount(in: mode...support.upperBound) { isNoLikelier(Int($0), than: k) }
      let tail = isNoLikelier(Int(far), than: k) ? survival(far - 1) : 0
      return min(cdf(Double(k)) + tail, 1)
    }
    let nearest = -leastCount(in: -mode...(-support.lowerBound)) { isNoLikelier(-Int($0), than: k) }
    let tail = isNoLikelier(Int(nearest), than: k) ? cdf(nearest) : 0
    return min(survival(Double(k) - 1) + tail, 1)
  }

  /// The likeliest count, `⌊(n + 1)(K + 1)/(N + 2)⌋`.
  var mode: Int {
    let product = (draws + 1).multipliedFullWidth(by: successes + 1)
    return (population + 2).dividingFullWidth(product).quotient
  }

  private func isNoLikelier(_ j: Int, than k: Int) -> Bool {
    let difference = logDensity(Double(j)) - logDensity(Double(k))
    guard abs(difference) < 1e-9 else { return difference < 0 }
    return difference < 0 || isAsLikely(j, as: k)
  }

  /// Whether two masses are equal, to the integer.
  ///
  /// Their ratio is a product of `(K − i)(n − i) / ((i + 1)(N − K − n + i + 1))` over the counts between.
  /// Both sides of the fraction are compared modulo the prime 2⁶¹ − 1, which unequal ones pass with
  /// a chance of 2⁻⁶¹.
  private func isAsLikely(_ j: Int, as k: Int) -> Bool {
    var (above, below) = (1, 1)
    let rest = population - successes - draws
    for i in min(j, k)..<max(j, k) {
      above = timesModuloPrime(timesModuloPrime(above, successes - i), draws - i)
      below = timesModuloPrime(timesModuloPrime(below, i + 1), rest + i + 1)
    }
    return above == below
  }
}

/// `a b` modulo 2⁶¹ − 1, for numbers below it.
private func timesModuloPrime(_ a: Int, _ b: Int) -> Int {
  let prime = (1 << 61) - 1
  return prime.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
}
