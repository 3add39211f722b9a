#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A band around the empirical distribution that holds the true one at all values and all times from
/// a first one on, but for a probability of `α`.
///
///     sup |F̂ₜ − F| ≤ A √((ln(1 + ln(t/m)) + C)/t)   for all t ≥ m
///     α = min over η of 4 e^(−γC) (1 + 1/((γ − 1) ln η)),   γ = (2/η)(A − √(2(η − 1)/C))² > 1
///
/// It is a Dvoretzky–Kiefer–Wolfowitz band made uniform over time, at the rate of the law of the
/// iterated logarithm. Every quantile, at every look, can be read from it.
///
/// Reference: Howard and Ramdas (2022), *Bernoulli* 28, 1704–1728, theorem 2.
public struct EmpiricalProcessBoundary: Hashable, Sendable {
  /// The probability `α` that the band ever misses.
  public let alpha: Double
  /// The count `m` from which the band holds, at least 1.
  public let start: Double
  /// The leading constant `A`, above √½; a smaller one is narrower in the end and wider at first.
  public let factor: Double
  /// The additive constant `C` that goes with it.
  public let constant: Double

  /// Creates a band.
  ///
  /// - Complexity: A search within a search, some thousand exponentials.
  public init(alpha: Double, start: Double, factor: Double = 0.85) {
    checkAlpha(alpha)
    precondition(start >= 1 && start.isFinite, "a band starts at one value or more")
    precondition(factor > 0.5.squareRoot() && factor <= 10, "a leading constant lies in √½...10")
    self.alpha = alpha
    self.start = start
    self.factor = factor
    func excess(_ c: Double) -> Double { Self.logError(factor: factor, constant: c) - log(alpha) }
    var high = 1.0
    while excess(high) > 0 { high *= 2 }
    constant = findRoot(from: 0.5 * high, to: high, of: excess) ?? high
  }

  /// The half-width of the band; infinite before it starts.
  public func bound(count t: Double) -> Double {
    guard t >= start else { return .infinity }
    return factor * ((log1p(log(t / start)) + constant) / t).squareRoot()
  }

  /// The logarithm of the least bound on the error over the ratios `η` of epochs.
  private static func logError(factor a: Double, constant c: Double) -> Double {
    // γ = 1 where √(η/2) + √(2(η − 1)/C) = A; smaller ratios have a larger γ.
    let edge =
      findRoot(from: 1, to: 2 * a * a) {
        (0.5 * $0).squareRoot() + (2 * ($0 - 1) / c).squareRoot() - a
      }
    return findMinimum(from: 1, to: edge ?? 2 * a * a) { eta in
      let root = a - (2 * (eta - 1) / c).squareRoot()
      let gamma = 2 / eta * root * root
      // Beyond what any error can be, at the ends, where the bound is infinite.
      guard gamma > 1, eta > 1 else { return 1_000 }
      return log(4) - gamma * c + log1p(1 / ((gamma - 1) * log(eta)))
    }.value
  }
}
