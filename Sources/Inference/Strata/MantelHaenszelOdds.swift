/// The sums behind the Mantel–Haenszel common odds ratio and its variance.
///
///     ψ̂ = R/S      Rⱼ = x₁y₀/N   Sⱼ = y₁x₀/N   Pⱼ = (x₁ + y₀)/N   Qⱼ = (y₁ + x₀)/N
///
///     Var ln ψ̂ = Σ PR/(2R²) + Σ (PS + QR)/(2RS) + Σ QS/(2S²)
///
/// The variance is consistent both for few large strata and for many small ones.
///
/// References: Mantel and Haenszel (1959), *JNCI* 22, 719–748; Robins, Breslow and Greenland (1986),
/// *Biometrics* 42, 311–323, equation 3.
struct MantelHaenszelOdds {
  private(set) var r = 0.0
  private(set) var s = 0.0
  private var pr = 0.0
  private var cross = 0.0
  private var qs = 0.0

  init(_ strata: [StratumPair]) {
    for (offer, control) in strata {
      let (x1, y1) = (Double(offer.successes), Double(offer.failures))
      let (x0, y0) = (Double(control.successes), Double(control.failures))
      let n = x1 + y1 + x0 + y0
      let (rj, sj) = (x1 * y0 / n, y1 * x0 / n)
      let (p, q) = ((x1 + y0) / n, (y1 + x0) / n)
      r += rj
      s += sj
      pr += p * rj
      cross += p * sj + q * rj
      qs += q * sj
    }
  }

  /// The common odds ratio `ψ̂`; zero or +∞ if one of the sums is zero. Where margins vary, not both are.
  var oddsRatio: Double { r / s }

  /// The variance of `ln ψ̂`; infinite where that is.
  var logVariance: Double {
    guard r > 0, s > 0 else { return .infinity }
    return (pr / r / r + cross / r / s + qs / s / s) / 2
  }
}
