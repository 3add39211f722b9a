#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Which times a log-rank test listens to.
///
/// Each time of events has a weight, from the arms together: `n` at risk, `Ŝ` the Kaplan–Meier
/// estimate, and `S̃(t) = Π (1 − d/(n + 1))`.
///
/// Reference: Klein and Moeschberger (2003), *Survival Analysis*, 2nd edition, section 7.3.
public enum LogRankWeight: Hashable, Sendable {
  /// All alike, `1`; best where one hazard is a multiple of the other.
  case logRank
  /// `n` (Gehan 1965; Breslow 1970); how sessions were censored bears on it.
  case gehanBreslow
  /// `√n` (Tarone and Ware 1977).
  case taroneWare
  /// `S̃(t)` (Peto and Peto 1972).
  case petoPeto
  /// `S̃(t) n/(n + 1)` (Andersen, Borgan, Gill and Keiding 1982).
  case modifiedPetoPeto
  /// `Ŝ(t−)^ρ (1 − Ŝ(t−))^γ` with `ρ, γ ≥ 0`: `γ > 0` listens to late differences.
  case flemingHarrington(rho: Double, gamma: Double)

  /// The weight of a time, from the number at risk, `Ŝ` just before and `S̃` at that time.
  func value(atRisk n: Double, survivalBefore: Double, petoSurvival: Double) -> Double {
    switch self {
    case .logRank: 1
    case .gehanBreslow: n
    case .taroneWare: n.squareRoot()
    case .petoPeto: petoSurvival
    case .modifiedPetoPeto: petoSurvival * n / (n + 1)
    case .flemingHarrington(let rho, let gamma):
      pow(survivalBefore, rho) * pow(1 - survivalBefore, gamma)
    }
  }

  /// The name of the test.
  var name: String {
    switch self {
    case .logRank: "log-rank"
    case .gehanBreslow: "Gehan–Breslow"
    case .taroneWare: "Tarone–Ware"
    case .petoPeto: "Peto–Peto"
    case .modifiedPetoPeto: "modified Peto–Peto"
    case .flemingHarrington(let rho, let gamma): "Fleming–Harrington(\(rho), \(gamma))"
    }
  }
}
