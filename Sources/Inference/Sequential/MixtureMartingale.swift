#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A mixture of exponential martingales: how much a sum of deviations speaks against a null, at every
/// look at once.
///
/// Under the null, `exp(λS − ψ(λ)V)` is a supermartingale for each `λ`, and so is its mean over a
/// mixing law `F`:
///
///     m(s, v) = ∫ exp(λs − ψ(λ)v) dF(λ)        P(m(S, V) ≥ 1/α at any time) ≤ α
///
/// by Ville's inequality, because `m` starts at 1. `s` is the sum of the deviations from the null and
/// `v` its intrinsic time, a variance in the square of the unit of `s`; `ψ` says which sums qualify.
/// So `m` is an e-value at every look, and its reciprocal is a p-value however often one looks.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, 1055–1080.
public protocol MixtureMartingale: Sendable {
  /// The logarithm of the mixture, `ln m(s, v)`, in nats; `v` is positive.
  func logEValue(sum s: Double, variance v: Double) -> Double
  /// The greatest sum that is possible at an intrinsic time.
  func greatestSum(variance v: Double) -> Double
}

extension MixtureMartingale {
  public func greatestSum(variance v: Double) -> Double { .infinity }

  /// The p-value of one look, `min(1, 1/m(s, v))`; the least over the looks so far is valid too.
  public func pValue(sum s: Double, variance v: Double) -> Double {
    min(1, exp(-logEValue(sum: s, variance: v)))
  }

  /// The sum that is reached at any time with a probability of `alpha` at most.
  ///
  /// - Parameters:
  ///   - v: The intrinsic time, positive and finite.
  ///   - alpha: The probability of ever crossing, between 0 and 1.
  /// - Returns: The root `s` of `m(s, v) = 1/α`; the greatest possible sum if that does not reach it.
  /// - Complexity: Some ten to thirty values of the mixture.
  public func bound(variance v: Double, alpha: Double) -> Double {
    checkAlpha(alpha)
    checkIntrinsicTime(v)
    let threshold = -log(alpha)
    let greatest = greatestSum(variance: v)
    func excess(_ s: Double) -> Double { logEValue(sum: s, variance: v) - threshold }
    var (low, high) = (0.0, min(v.squareRoot(), greatest))
    while excess(high) < 0 {
      if high == greatest { return greatest }
      (low, high) = (high, min(2 * high, greatest))
    }
    return findRoot(from: low, to: high, of: excess) ?? high
  }
}

/// Stops a caller whose error probability is none.
@inline(__always)
func checkAlpha(_ alpha: Double) {
  precondition(0 < alpha && alpha < 1, "an error probability lies between 0 and 1")
}

/// Stops a caller whose intrinsic time is none.
@inline(__always)
func checkIntrinsicTime(_ v: Double) {
  precondition(v > 0 && v.isFinite, "an intrinsic time is positive and finite")
}
