/// The robust variance of Lin's adjustment, in a second pass over the sessions.
///
///     V = Σᵢ aᵢ² eᵢ² / (1 − hᵢ)ᵏ      k = 0 (HC0), 1 (HC2), 2 (HC3)
///
/// Here `eᵢ` is a session's residual in its arm's regression, `aᵢ` its weight in the arm's level and
/// `hᵢ` its leverage. The sums merge, so the pass may be made in parts.
///
/// References: Lin (2013), *The Annals of Applied Statistics* 7, 295–318; MacKinnon and White (1985),
/// *Journal of Econometrics* 29, 305–325.
public struct LinVariance: Hashable, Sendable {
  /// How a squared residual is corrected for its leverage.
  public enum Correction: String, CaseIterable, Codable, Sendable {
    /// Not at all: too small in small samples.
    case hc0
    /// By `1/(1 − h)`: unbiased if the residuals' variance is the same everywhere.
    case hc2
    /// By `1/(1 − h)²`: about what leaving each session out would give; conservative.
    case hc3
  }

  private let fit: LinAdjustment
  /// The sums for each correction, in the order of its cases.
  private var difference = [0.0, 0, 0]
  private var controlCovariance = [0.0, 0, 0]
  private var sessions = 0

  /// Starts a pass with no session seen.
  public init(_ fit: LinAdjustment) { self.fit = fit }

  /// Adds one session, which is among those of the fit.
  ///
  /// - Complexity: O(*d*²) for *d* covariates.
  public mutating func add(outcome: Double, covariates: [Double], isOffer: Bool) {
    let arm = isOffer ? fit.offer : fit.control
    let (residual, weight, leverage) = arm.influence(outcome: outcome, covariates: covariates)
    // A session that its arm's regression fits whatever its outcome tells nothing of the variance.
    let spare = 1 - leverage
    sessions += 1
    guard spare > 1e-10 else { return }
    var term = residual * residual
    for index in difference.indices {
      difference[index] += term * weight * weight
      if !isOffer { controlCovariance[index] -= term * weight / Double(arm.count) }
      term /= spare
    }
  }

  /// Adds the sessions of another part of the pass, made with the same fit.
  public mutating func merge(_ other: LinVariance) {
    precondition(fit == other.fit, "the parts of a pass share one fit")
    for index in difference.indices {
      difference[index] += other.difference[index]
      controlCovariance[index] += other.controlCovariance[index]
    }
    sessions += other.sessions
  }

  /// The effect, once every session of the fit has been added.
  ///
  /// - Throws: `noVariation` if all residuals are zero, `overflow`.
  public func effect(_ correction: Correction = .hc2) throws(InferenceError) -> ArmContrast {
    let count = fit.offer.count + fit.control.count
    precondition(sessions == count, "the pass sees every session of the fit once")
    let index =
      switch correction {
      case .hc0: 0
      case .hc2: 1
      case .hc3: 2
      }
    return try ArmContrast(
      difference: fit.difference, baseline: fit.control.mean,
      differenceVariance: difference[index],
      baselineVariance: fit.control.outcomeVariance / Double(fit.control.count),
      covariance: controlCovariance[index],
      degreesOfFreedom: Double(count - 2 * (fit.offer.slopes.count + 1)),
      estimator: .init(
        "Lin's adjustment, \(correction.rawValue.uppercased())", reference: "Lin 2013"))
  }
}
