internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension RegularizedBeta {
  /// The `x` at which `I_x(a, b) = p`, for `p` in 0...1.
  public func inverseLower(_ p: Double) -> Double { splitLower(p).x }

  /// The `x` at which `1 − I_x(a, b) = q`, for `q` in 0...1.
  public func inverseUpper(_ q: Double) -> Double { splitUpper(q).x }

  /// The `x` and `y = 1 − x` at which `I_x(a, b) = p`, both to their last digits.
  func splitLower(_ p: Double) -> (x: Double, y: Double) {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    var (x, y) = (0.0, 0.0)
    if holdfast_beta_point(a, b, p, 0, &x, &y) != 0 { return (x, y) }
    return p > 0.5 ? reflected.solve(tail: 1 - p, turned: true) : solve(tail: p, turned: false)
  }

  /// The `x` and `y = 1 − x` at which `1 − I_x(a, b) = q`.
  func splitUpper(_ q: Double) -> (x: Double, y: Double) {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    var (x, y) = (0.0, 0.0)
    if holdfast_beta_point(a, b, q, 1, &x, &y) != 0 { return (x, y) }
    // 1 − q is exact here.
    return q > 0.5 ? solve(tail: 1 - q, turned: false) : reflected.solve(tail: q, turned: true)
  }

  /// Where the lower tail is `tail`, at most a half; `x` and `y` change places if turned.
  private func solve(tail: Double, turned: Bool) -> (x: Double, y: Double) {
    let (x, y) = tail > 0 ? solve(logTail: log(tail), score: StandardNormal.quantile(tail)) : (0, 1)
    return turned ? (y, x) : (x, y)
  }

  /// Where the lower tail, at most a half, has the logarithm given.
  private func solve(logTail: Double, score: Double) -> (x: Double, y: Double) {
    // The leading term of the series, I ≈ x^a / (a B), is exact at the far end.
    let power = (logTail + logBeta(a, b) + log(a)) / a
    if power < -700 { return (exp(power), 1) }
    // The log-odds have about this mean and this variance when both shapes are large.
    var position = log(a / b) + score * (1 / a + 1 / b).squareRoot()
    if min(a, b) < 1 || position < power { position = min(power, 30) }
    position = min(max(position, -Self.farthest), Self.farthest)
    var (x, y) = (1 / (1 + exp(-position)), 1 / (1 + exp(position)))
    var inverse = TailInverse(target: logTail)
    for _ in 0..<100 {
      let tails = self.tails(at: x, y)
      let (step, isLast) = inverse.step(
        at: position,
        .init(logTail: tails.logLower, logMass: tails.logMass, massSlope: shift(x, y)))
      // The step is taken on the odds x : y, so that both keep their last digits.
      if position == -Self.farthest && step <= 0 { return (0, 1) }
      if position == Self.farthest && step >= 0 { return (1, 0) }
      let bounded = min(max(step, -Self.farthest - position), Self.farthest - position)
      position += bounded
      let grown = x * exp(bounded)
      (x, y) = (grown / (grown + y), y / (grown + y))
      if isLast { break }
    }
    return (x, y)
  }

  /// The log-odds beyond which a double shows no difference from 0 or 1.
  private static let farthest = 700.0
}
