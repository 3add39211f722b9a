#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension RegularizedGamma {
  /// The `x` at which `P(a, x) = p`, for `p` in 0...1.
  public func inverseLower(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    // 1 − p is exact above a half.
    return p > 0.5 ? solve(upper: 1 - p) : solve(lower: p)
  }

  /// The `x` at which `Q(a, x) = q`, for `q` in 0...1.
  public func inverseUpper(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q == 0 { return .infinity }
    if q == 1 { return 0 }
    return q > 0.5 ? solve(lower: 1 - q) : solve(upper: q)
  }

  private func solve(lower p: Double) -> Double {
    // The leading term of the series, P ≈ x^a / Γ(1 + a), is exact at the far end.
    let power = (log(p) + logGamma(1 + a)) / a
    if power < -700 { return exp(power) }
    let start = cubeRootGuess(StandardNormal.quantile(p)) ?? power
    return solve(log(p), from: max(start, power), sign: 1)
  }

  private func solve(upper q: Double) -> Double {
    let power = (log1p(-q) + logGamma(1 + a)) / a
    let start = cubeRootGuess(StandardNormal.upperQuantile(q)) ?? min(max(power, -700), 3)
    return solve(log(q), from: start, sign: -1)
  }

  /// The logarithm of Wilson and Hilferty's quantile, `a (1 − 1/(9a) + z/(3√a))³`.
  private func cubeRootGuess(_ z: Double) -> Double? {
    let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
    return a > 0.5 && root > 0.1 ? log(a) + 3 * log(root) : nil
  }

  /// Where the lower (`sign` 1) or upper (`sign` −1) tail has the logarithm given.
  ///
  /// The upper tail is that of `−ln x`, on which the method sees it as a lower one.
  private func solve(_ logTail: Double, from start: Double, sign: Double) -> Double {
    var inverse = TailInverse(target: logTail)
    var (position, x) = (start, exp(start))
    for _ in 0..<100 {
      let tails = self.tails(at: x)
      let (step, isLast) = inverse.step(
        at: sign * position,
        .init(
          logTail: sign > 0 ? tails.logLower : tails.logUpper, logMass: tails.logMass,
          massSlope: sign * (a - x)))
      // Below the least double there is nothing to find.
      if position == -740 && sign * step <= 0 { return 0 }
      let bounded = max(sign * step, -740 - position)
      position += bounded
      x *= exp(bounded)
      if isLast { break }
    }
    return x
  }
}
