internal import LinearAlgebra

/// A linear regression with a ridge, that learns one session at a time.
///
///     H = P + Σ w x xᵀ,   b = P m + Σ w x y,   β̂ = H⁻¹ b
///
/// for a prior of mean `m` and diagonal precision `P`. It keeps the sum `b`, not only `β̂`, so that rounding
/// does not gather over sessions. Learning is O(*p*²).
struct RidgeRegression: Hashable, Sendable {
  /// The factor of `H`.
  private(set) var factor: LDLFactorization
  /// The sum `b`.
  private var rightSide: [Double]
  /// The coefficients `β̂`.
  private(set) var coefficients: [Double]

  init(_ prior: CoefficientPrior) {
    let precisions = prior.precisions
    factor = LDLFactorization(diagonal: precisions)
    rightSide = precisions.indices.map { precisions[$0] * prior.means[$0] }
    coefficients = prior.means
  }

  /// The expected reward `xᵀβ̂`.
  @inline(__always)
  func mean(_ x: Span<Double>) -> Double { dot(x, coefficients.span) }

  /// The leverage `xᵀ H⁻¹ x`.
  @inline(__always)
  func leverage(_ x: Span<Double>) -> Double { factor.inverseForm(x) }

  mutating func add(_ x: Span<Double>, reward: Double, weight: Double) {
    factor.add(x, weight: weight)
    for index in rightSide.indices { rightSide[index] += weight * reward * x[index] }
    coefficients = rightSide
    factor.solve(&coefficients)
  }
}

/// The inner product of two vectors of one length, from the first element to the last.
@inline(__always)
func dot(_ a: Span<Double>, _ b: Span<Double>) -> Double {
  precondition(a.count == b.count, "vectors are of one length")
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
