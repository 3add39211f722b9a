#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probabilities of success and of failure at a log-odds.
@inline(__always)
func logistic(_ eta: Double) -> (p: Double, q: Double) {
  // One exponential, of a number that is not positive.
  let small = exp(-abs(eta))
  let (less, more) = (small / (1 + small), 1 / (1 + small))
  return eta < 0 ? (less, more) : (more, less)
}

/// How far a normal belief about log-odds moves to its mode after sessions in one cell.
///
///     max over t:   s ln σ(η + vt) + f ln(1 − σ(η + vt)) − ½ v t²      t = s − (s + f) σ(η + vt)
///
/// for `s` successes and `f` failures, where the log-odds have mean `η` and variance `v`. A belief about
/// coefficients of covariance `C` moves by `C x t`, its log-odds by `vt`.
struct LogisticStep {
  /// The move `t`, in units of a session's residual.
  let move: Double
  /// The information `(s + f) p (1 − p)` at the mode.
  let information: Double

  init(successes: Double, failures: Double, logOdds: Double, variance: Double) {
    let trials = successes + failures
    // 1. The residual at the mode is `t` itself, so that it lies between all failures and all successes.
    var (low, high) = (-failures, successes)
    var t = 0.0
    var (p, q) = logistic(logOdds)
    for _ in 0..<200 {
      // 2. The excess of `t` over the residual rises with `t`: Newton's method, kept between the ends.
      let excess = t - (successes * q - failures * p)
      if excess > 0 { high = min(high, t) } else { low = max(low, t) }
      var next = t - excess / (1 + trials * variance * p * q)
      if !(low <= next && next <= high) { next = low + 0.5 * (high - low) }
      let step = abs(next - t)
      t = next
      (p, q) = logistic(logOdds + variance * t)
      if step <= 1e-15 * trials { break }
    }
    move = t
    information = trials * p * q
  }
}
