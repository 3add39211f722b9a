/// A way to make large importance weights smaller: some bias for less variance.
///
///     clipped         ŵ = min(w, λ)
///     switched        ŵ = w 1[w ≤ λ]
///     optimistic      ŵ = λ w / (w² + λ)
///     sub-Gaussian    ŵ = w / (1 − λ + λ w)
///
/// All leave a weight of zero at zero. A clipped or switched weight is unchanged up to `λ`; the
/// optimistic weight is greatest, at `√λ/2`, where `w = √λ`; the sub-Gaussian weight never exceeds
/// `1/λ`. As `λ → ∞` (sub-Gaussian: `λ → 0`) the weights become `w`.
///
/// References: Ionides (2008), *Journal of Computational and Graphical Statistics* 17, 295–311
/// (clipped); Wang, Agarwal and Dudík (2017), *ICML*, 3589–3597 (switched); Su, Dimakopoulou,
/// Krishnamurthy and Dudík (2020), *ICML*, 9167–9176, equation 7 (optimistic); Metelli, Russo and
/// Restelli (2021), *NeurIPS* 34, with `s = −1` (sub-Gaussian).
public enum WeightShrinkage: Hashable, Sendable {
  /// No weight is above the constant.
  case clipped(at: Double)
  /// A weight above the constant is dropped.
  case switched(above: Double)
  /// Weights beyond the root of the constant fall again.
  case optimistic(Double)
  /// The harmonic mean of `w` and 1, the share of 1 being the constant, in 0...1.
  case subGaussian(Double)

  /// The shrunk weight of a weight `w ≥ 0`; between zero and `w` or 1, whichever is greater.
  @inline(__always)
  public func callAsFunction(_ weight: Double) -> Double {
    switch self {
    case .clipped(let limit): min(weight, limit)
    case .switched(let limit): weight <= limit ? weight : 0
    // As one quotient, so that a weight near the greatest double gives zero and not ∞/∞.
    case .optimistic(let constant): weight / (1 + weight * (weight / constant))
    // At a constant of 1 a weight of zero would be 0/0.
    case .subGaussian(let share): weight > 0 ? weight / (1 - share + share * weight) : 0
    }
  }

  /// The constant `λ`.
  public var constant: Double {
    switch self {
    case .clipped(let constant), .switched(let constant), .optimistic(let constant),
      .subGaussian(let constant):
      constant
    }
  }

  /// Stops a program that shrinks by what is no constant.
  func check() {
    if case .subGaussian(let share) = self {
      precondition(0 <= share && share <= 1, "a sub-Gaussian constant lies in 0...1")
    } else {
      precondition(constant > 0, "a weight is shrunk to a positive constant")
      if case .optimistic = self {
        precondition(constant.isFinite, "an optimistic constant is finite")
      }
    }
  }
}
