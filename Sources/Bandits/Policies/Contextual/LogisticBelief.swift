#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import LinearAlgebra

/// A normal approximation to the posterior of a logistic regression's coefficients.
struct LogisticBelief: Hashable, Sendable {
  /// The means of the coefficients.
  private(set) var coefficients: [Double]
  /// The factor of their precision.
  private(set) var factor: LDLFactorization

  init(_ prior: CoefficientPrior) {
    coefficients = prior.means
    factor = LDLFactorization(diagonal: prior.precisions)
  }

  /// The law of the log-odds `xᵀβ`.
  @inline(__always)
  func logOdds(_ x: Span<Double>) -> ScoreLaw {
    ScoreLaw(location: dot(x, coefficients.span), scale: factor.inverseForm(x).squareRoot())
  }

  /// Takes the belief for a prior, and moves to the mode after some sessions in one cell; O(*p*²).
  mutating func add(_ x: Span<Double>, successes: Double, failures: Double) {
    var direction = Array(repeating: 0.0, count: x.count)
    for index in x.indices { direction[index] = x[index] }
    factor.solve(&direction)
    let step = LogisticStep(
      successes: successes, failures: failures, logOdds: dot(x, coefficients.span),
      variance: dot(x, direction.span))
    for index in x.indices { coefficients[index] += step.move * direction[index] }
    factor.add(x, weight: step.information)
  }

  /// Moves to the mode of the posterior of all sessions, and to the precision there.
  ///
  ///     ℓ(β) = Σ_c (s_c ln p_c + f_c ln(1 − p_c)) − ½ Σⱼ (βⱼ − mⱼ)²/vⱼ,   logit p_c = x_cᵀβ
  ///     β ← β + H⁻¹ ∇ℓ,   H = V⁻¹ + Σ_c (s_c + f_c) p_c (1 − p_c) x_c x_cᵀ
  ///
  /// By Newton's method from where the belief is, with its steps halved while `ℓ` falls. As `ℓ` is strictly
  /// concave this ends at its only maximum. O(cells · *p*²) a step.
  mutating func fit(_ evidence: [CellEvidence], features: ContextFeatures, prior: CoefficientPrior)
  {
    var here = LogisticDerivatives(evidence, features: features, prior: prior, at: coefficients)
    for _ in 0..<100 {
      var step = here.score
      here.precision.solve(&step)
      let gain = dot(step.span, here.score.span)
      var (length, next, there) = (1.0, coefficients, here)
      repeat {
        for index in next.indices { next[index] = coefficients[index] + length * step[index] }
        there = LogisticDerivatives(evidence, features: features, prior: prior, at: next)
        length /= 2
      } while !(there.value >= here.value - 1e-12 * (1 + abs(here.value))) && length > 1e-10
      (coefficients, here) = (next, there)
      // The error left is of the order of its square: 1e-13 standard deviations.
      if gain < 1e-13 { break }
    }
    factor = here.precision
  }
}

/// The sessions of an arm in one cell.
struct CellEvidence {
  let cell: Int
  let successes: Double
  let failures: Double
}

/// The log posterior of a logistic regression, its gradient, and its curvature.
private struct LogisticDerivatives {
  private(set) var value = 0.0
  private(set) var score: [Double]
  private(set) var precision: LDLFactorization

  init(
    _ evidence: [CellEvidence], features: ContextFeatures, prior: CoefficientPrior,
    at coefficients: [Double]
  ) {
    let precisions = prior.precisions
    precision = LDLFactorization(diagonal: precisions)
    score = Array(repeating: 0, count: coefficients.count)
    for index in score.indices {
      let away = coefficients[index] - prior.means[index]
      value -= 0.5 * away * away * precisions[index]
      score[index] = -away * precisions[index]
    }
    for seen in evidence {
      let x = features.values.span.extracting(features.indices(of: Context(cell: seen.cell)))
      let eta = dot(x, coefficients.span)
      let (p, q) = logistic(eta)
      // ln p = min(η, 0) − ln(1 + exp(−|η|)), and ln q likewise.
      let common = log1p(exp(-abs(eta)))
      value += seen.successes * (min(eta, 0) - common) - seen.failures * (max(eta, 0) + common)
      let residual = seen.successes * q - seen.failures * p
      for index in score.indices { score[index] += residual * x[index] }
      precision.add(x, weight: (seen.successes + seen.failures) * p * q)
    }
  }
}
