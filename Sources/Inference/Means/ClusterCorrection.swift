/// How the squared residuals of a cluster are corrected for having been fitted.
///
/// `H` is the cluster's own block of the hat matrix.
///
/// References: Bell and McCaffrey (2002), *Survey Methodology* 28, 169–181; Pustejovsky and Tipton
/// (2018), *Journal of Business & Economic Statistics* 36, 672–683.
public enum ClusterCorrection: String, CaseIterable, Codable, Sendable {
  /// Not at all: too small with few clusters.
  case cr0
  /// CR0 times `G/(G − 1) · (N − 1)/(N − p)`, as Stata has it.
  case cr1
  /// By `(I − H)^−½`: unbiased if sessions are independent and alike.
  case cr2
  /// By `(I − H)⁻¹`: about what leaving each cluster out would give; conservative.
  case cr3

  /// The factor on a residual along a direction in which `H` has the eigenvalue `leverage`; none
  /// where the fit follows the cluster whatever its outcomes.
  package func factor(leverage: Double) -> Double {
    let spare = 1 - leverage
    return switch self {
    case .cr0, .cr1: 1
    case .cr2: spare > 1e-10 ? 1 / spare.squareRoot() : 0
    case .cr3: spare > 1e-10 ? 1 / spare : 0
    }
  }

  /// The factor on the whole variance for `clusters` clusters, `rows` rows and `columns` coefficients.
  package func scale(clusters: Int, rows: Int, columns: Int) -> Double {
    guard self == .cr1 else { return 1 }
    return Double(clusters) / Double(clusters - 1) * (Double(rows - 1) / Double(rows - columns))
  }
}
