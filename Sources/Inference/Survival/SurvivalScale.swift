#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The scale on which the interval of a survival probability is symmetric.
///
/// With `Ŝ` the estimate and `σ²` Greenwood's sum, the variance of `ln Ŝ`, the ends are
///
///     plain      Ŝ ± z Ŝ σ
///     log        Ŝ exp(± z σ)
///     log-log    Ŝ^exp(± z σ / ln Ŝ)
///     arcsine    sin²(arcsin √Ŝ ± ½ z σ √(Ŝ/(1 − Ŝ)))
///     logit      logistic(logit Ŝ ± z σ / (1 − Ŝ))
///
/// cut to [0, 1]. Log-log needs no cut, and covers well from some 25 sessions on; plain and log
/// cover too little there.
///
/// Reference: Borgan and Liestøl (1990), *Scandinavian Journal of Statistics* 17, 35–41.
public enum SurvivalScale: String, CaseIterable, Codable, Sendable {
  /// The probability itself.
  case plain
  /// Its logarithm.
  case log
  /// The logarithm of minus its logarithm: of the cumulative hazard.
  case logLog
  /// The angle whose sine is its square root.
  case arcsine
  /// Its log odds.
  case logit

  /// The interval of an estimate strictly between zero and one.
  func interval(survival: Double, logError: Double, z: Double) -> Interval {
    let ends: (Double, Double)
    switch self {
    case .plain:
      let margin = z * survival * logError
      ends = (survival - margin, survival + margin)
    case .log:
      let factor = exp(z * logError)
      ends = (survival / factor, survival * factor)
    case .logLog:
      let hazard = -logarithm(survival)
      let factor = exp(z * logError / hazard)
      ends = (exp(-hazard * factor), exp(-hazard / factor))
    case .arcsine:
      let angle = asin(survival.squareRoot())
      let margin = 0.5 * z * logError * (survival / (1 - survival)).squareRoot()
      let (low, high) = (sin(max(0, angle - margin)), sin(min(.pi / 2, angle + margin)))
      ends = (low * low, high * high)
    case .logit:
      let factor = exp(z * logError / (1 - survival))
      ends = (
        survival / (survival + (1 - survival) * factor),
        survival / (survival + (1 - survival) / factor)
      )
    }
    // Rounding may carry an end past the estimate where the margin is next to nothing.
    return Interval(
      lower: min(survival, max(0, ends.0)), upper: max(survival, min(1, ends.1)))
  }
}

/// The natural logarithm, by a name that the case `log` does not hide.
private func logarithm(_ x: Double) -> Double { log(x) }
