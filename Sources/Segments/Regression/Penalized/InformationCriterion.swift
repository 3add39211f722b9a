internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The choice of a penalty by likelihood and the number of coefficients.
///
///     AIC    D + 2d
///     BIC    D + d ln n
///     EBIC   D + d ln n + 2γ ln C(p, d)
///
/// `D` is the deviance, for least squares `n ln(RSS / n)`, and `d` the number of coefficients other than
/// zero, which estimates a lasso's degrees of freedom without bias; with a penalty on squares it counts too
/// many.
///
/// References: Zou, Hastie and Tibshirani (2007), *Annals of Statistics* 35, 2173–2192; Chen and Chen (2008),
/// *Biometrika* 95, 759–771 (EBIC).
public enum InformationCriterion: Hashable, Sendable {
  /// Akaike's.
  case aic
  /// Schwarz's.
  case bic
  /// Chen and Chen's, with `γ` in 0...1, for many columns.
  case extendedBIC(gamma: Double)

  /// The criterion at each penalty of a path; less is better.
  public func values(of path: ElasticNetPath) -> [Double] {
    let n = path.sessionCount
    return path.fits.map { fit in
      let deviance = path.nullDeviance * (1 - fit.devianceRatio)
      let misfit =
        path.family == .logistic
        ? n * deviance : n * log(max(deviance, .leastNormalMagnitude))
      let (d, p) = (Double(fit.support.count), Double(fit.coefficients.count))
      switch self {
      case .aic: return misfit + 2 * d
      case .bic: return misfit + d * log(n)
      case .extendedBIC(let gamma):
        precondition((0...1).contains(gamma), "gamma lies in 0...1")
        let models = logGamma(p + 1) - logGamma(d + 1) - logGamma(p - d + 1)
        return misfit + d * log(n) + 2 * gamma * models
      }
    }
  }

  /// The place of the best penalty of a path; the greatest of several.
  public func best(of path: ElasticNetPath) -> Int {
    let values = values(of: path)
    return values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }
  }
}
