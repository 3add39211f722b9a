internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The law of the supremum of a squared tied-down Bessel process, `sup ‖B(t)‖² / (t(1 − t))` over `t₁…t₂`.
///
///     P(sup > x) = 1 − Σᵢ cᵢ λ^{−νᵢ}        M(−νᵢ, b, X) = 0,   b = k/2,  X = x/2
///     cᵢ = X^b e^{−X} / Γ(b) · ∂_X M / (νᵢ² ∂_ν M)        λ = t₂(1 − t₁) / (t₁(1 − t₂))
///
/// In the time `ln(t / (1 − t))` half the process is a stationary diffusion with the generator
/// `z∂² + (b − z)∂`, whose eigenfunctions that vanish at `X` are Kummer's functions `M(−ν, b, z)`. The sum is
/// exact; it is computed to some 1e-11 of the p-value also where that is small. Hansen (1997) and the
/// programs that follow him interpolate simulations of the process on a grid, which miss some of it.
///
/// References: DeLong (1981), *Communications in Statistics A* 10, 2197–2213; Andrews (1993), *Econometrica*
/// 61, 821–856; Estrella (2003), *Econometric Theory* 19, 1128–1143 (the tail far out).
package struct BesselSupremum: Sendable {
  /// The number `k` of parameters.
  let parameters: Int
  /// The width `ln λ` of the range, in the diffusion's time.
  let duration: Double

  /// A narrower range is read as one of this width, so that the sum has some hundred terms at most; the
  /// p-value is then a little above its own.
  private static let leastDuration = 0.1
  /// Beyond this `X` sums overflow, and the tail is that of its first order.
  private static let farOut = 500.0

  /// Creates the law of `k` parameters, read where `λ = t₂(1 − t₁)/(t₁(1 − t₂))`, above 1.
  package init(parameters: Int, lambda: Double) {
    precondition(parameters > 0 && lambda > 1, "a supremum is of parameters over a range")
    self.parameters = parameters
    duration = max(log(lambda), Self.leastDuration)
  }

  /// The probability of a supremum above `x`.
  ///
  /// - Complexity: A few series per term of the sum; terms are about `4√(X / ln λ)`.
  package func survival(_ x: Double) -> Double {
    let (b, level) = (Double(parameters) / 2, x / 2)
    guard level > 0 else { return 1 }
    if level > Self.farOut { return firstOrder(level) }
    let front = exp(b * log(level) - level - logGamma(b))
    let functions = KummerFunctions(b: b)
    var roots: [Double] = []
    var kept = 0.0
    var lost: Double?
    while true {
      guard let root = nextRoot(after: roots, functions, level) else { break }
      let here = functions.values(nu: root, at: level)
      let share = front * here.slope / (root * root * here.byNu)
      if roots.isEmpty, root < 0.5 {
        let missing = functions.shareLost(nu: root, at: level)
        lost = missing - (1 - missing) * expm1(-root * duration)
      } else {
        kept += share * exp(-root * duration)
      }
      roots.append(root)
    }
    return min(1, max(0, (lost ?? 1) - kept))
  }

  /// The least root above those found, or nil where its term no longer counts.
  ///
  /// As a function of `ν`, `M` is a product of factors `1 − ν/νᵢ`. Once the roots found are divided out,
  /// Newton's steps from their right rise to the next one and do not pass it. Roots lie at least 1 apart,
  /// as they do where there is no boundary.
  private func nextRoot(
    after roots: [Double], _ functions: KummerFunctions, _ level: Double
  ) -> Double? {
    let gap = roots.count > 1 ? roots[roots.count - 1] - roots[roots.count - 2] : 1
    var nu = roots.last.map { $0 + 0.5 * gap } ?? 0
    for _ in 0..<200 {
      guard nu * duration < 45 else { return nil }
      let here = functions.values(nu: nu, at: level)
      let slope = here.byNu / here.value - roots.reduce(0.0) { $0 + 1 / (nu - $1) }
      let step = -1 / slope
      // Rounding has the last word once steps no longer rise.
      guard step.isFinite, step > 1e-15 * nu else { return nu }
      nu += step
      if step < 1e-14 * nu { return nu }
    }
    return nu
  }

  /// The tail of the first order in `1/x`.
  private func firstOrder(_ level: Double) -> Double {
    let b = Double(parameters) / 2
    let body = duration * (1 - b / level) + 1 / level
    return exp(b * log(level) - level - logGamma(b)) * body
  }
}
