#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The law of an outcome other than a share, with the link of its mean.
///
/// For revenue, counts and waiting times. Only the mean has to be right for the coefficients, and with a
/// robust covariance for their errors too: a Poisson model of revenue with many zeros is sound (Gourieroux,
/// Monfort and Trognon 1984, *Econometrica* 52, 681–700), and a gamma model needs outcomes above zero.
///
/// Reference: McCullagh and Nelder (1989), *Generalized Linear Models*, 2nd edition, chapters 3, 6 and 8.
public enum OutcomeFamily: String, CaseIterable, Codable, Sendable {
  /// Least squares: `μ = η`, variance `φ`.
  case normal
  /// Counts, or amounts that may be zero: `ln μ = η`, variance `μ`.
  case poisson
  /// Amounts above zero whose spread grows with their mean: `ln μ = η`, variance `φ μ²`.
  case gamma

  /// Whether the dispersion `φ` is estimated; that of counts is one.
  public var hasDispersion: Bool { self != .poisson }

  func admits(_ y: Double) -> Bool {
    switch self {
    case .normal: y.isFinite
    case .poisson: y >= 0 && y.isFinite
    case .gamma: y > 0 && y.isFinite
    }
  }

  /// One session's part of the log-likelihood at `φ = 1`, up to a term without `η`, with its derivative
  /// and the expected information, both by `η`.
  func terms(_ y: Double, _ eta: Double) -> (value: Double, score: Double, information: Double) {
    switch self {
    case .normal:
      return (-(y - eta) * (y - eta) / 2, y - eta, 1)
    case .poisson:
      let mu = exp(eta)
      return (y * eta - mu, y - mu, mu)
    case .gamma:
      let ratio = y * exp(-eta)
      return (-ratio - eta, ratio - 1, 1)
    }
  }

  /// The mean `μ` at a linear predictor.
  func mean(_ eta: Double) -> Double { self == .normal ? eta : exp(eta) }

  /// The variance at `φ = 1`.
  func variance(_ mu: Double) -> Double {
    switch self {
    case .normal: 1
    case .poisson: mu
    case .gamma: mu * mu
    }
  }

  /// One session's part of the deviance.
  func deviance(_ y: Double, _ mu: Double) -> Double {
    switch self {
    case .normal: (y - mu) * (y - mu)
    case .poisson: 2 * ((y > 0 ? y * log(y / mu) : 0) - (y - mu))
    case .gamma: 2 * ((y - mu) / mu - log(y / mu))
    }
  }

  /// A linear predictor near the outcome, and its working weight: where iterations start.
  func guess(_ y: Double) -> (eta: Double, weight: Double) {
    switch self {
    case .normal: (y, 1)
    case .poisson: (log(y + 0.1) - 0.1 / (y + 0.1), y + 0.1)
    case .gamma: (log(y), 1)
    }
  }
}
