/// Fieller's confidence set of a ratio of two normal means, in each of its three shapes.
///
/// The set holds the ratios `ρ` that the test of `a − ρ b = 0` does not reject:
///
///     (a − ρ b)² ≤ z² (v_a − 2ρ c + ρ² v_b)
///
/// It always holds `a/b`. Where the denominator is clearly not zero, `g = z² v_b/b² < 1`, it is an
/// interval. Where it is not, the ratio is unbounded: the set is the line without an open interval,
/// or the whole line. To answer such data with an interval nonetheless would be to claim a
/// confidence that no bounded method can have (Gleser and Hwang 1987).
///
/// Reference: Fieller (1954), *Journal of the Royal Statistical Society B* 16, 175–185.
public enum FiellerInterval: Hashable, Sendable {
  /// The set is an interval; where `g` is 1 to the last digit, one end is infinite.
  case bounded(Interval)
  /// The set is all that lies outside an interval, its ends belonging to the set.
  case complement(of: Interval)
  /// Every ratio is compatible with the data.
  case wholeLine

  /// The set of a ratio from estimates, their variances and covariance, and the critical value `z`
  /// of a normal or Student law.
  ///
  /// A relative lift is best asked for directly, as the difference over the control's mean (with a
  /// covariance of minus the control's variance): a small lift then keeps its digits.
  public init(
    numerator a: Double, denominator b: Double, numeratorVariance va: Double,
    denominatorVariance vb: Double, covariance c: Double, critical z: Double
  ) {
    precondition(va >= 0 && vb >= 0 && c * c <= va * vb * (1 + 1e-12), "a covariance matrix")
    let square = z * z
    // α ρ² − 2β ρ + γ ≤ 0, and the discriminant β² − αγ without the terms that cancel in it.
    let (alpha, beta, gamma) = (b * b - square * vb, a * b - square * c, a * a - square * va)
    let spread = a * a * vb - 2 * a * b * c + b * b * va
    let discriminant = square * (spread - square * max(0, va * vb - c * c))
    // The root that is a sum; the other follows from their product γ/α. Where α > 0 the ratio a/b
    // itself satisfies the inequality, so that a discriminant below zero is rounding.
    let root = max(0, discriminant).squareRoot()
    let sum = beta < 0 ? beta - root : beta + root
    let (one, other) = (sum / alpha, sum == 0 ? 0 : gamma / sum)
    if alpha > 0 {
      self = .bounded(Interval(lower: min(one, other), upper: max(one, other)))
    } else if alpha < 0 {
      let isLine = discriminant <= 0
      self =
        isLine
        ? .wholeLine : .complement(of: Interval(lower: min(one, other), upper: max(one, other)))
    } else if beta != 0 {
      let end = gamma / (2 * beta)
      self = .bounded(
        Interval(lower: beta > 0 ? end : -.infinity, upper: beta > 0 ? .infinity : end))
    } else {
      self = .wholeLine
    }
  }

  /// The interval, if the set is one.
  public var interval: Interval? {
    if case .bounded(let interval) = self { interval } else { nil }
  }

  /// Whether the set holds a ratio.
  public func contains(_ ratio: Double) -> Bool {
    switch self {
    case .bounded(let interval): interval.contains(ratio)
    case .complement(let gap): ratio <= gap.lower || gap.upper <= ratio
    case .wholeLine: true
    }
  }

  /// The least interval that holds every ratio of the set that is no less than a floor.
  ///
  /// A lift is never below −1, which often leaves but one ray of a complement.
  public func hull(from floor: Double = -.infinity) -> Interval {
    switch self {
    case .bounded(let interval):
      Interval(lower: max(floor, interval.lower), upper: max(floor, interval.upper))
    case .complement(let gap) where gap.lower < floor:
      Interval(lower: max(floor, gap.upper), upper: .infinity)
    case .complement, .wholeLine: Interval(lower: floor, upper: .infinity)
    }
  }
}
