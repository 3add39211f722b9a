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
    // A ρ² − 2B ρ + C ≤ 0, and B² − AC without the terms that cancel in it.
    let (A, B, C) = (b * b - square * vb, a * b - square * c, a * a - square * va)
    let spread = a * a * vb - 2 * a * b * c + b * b * va
    let discriminant = square * (spread - square * max(0, va * vb - c * c))
    guard A < 0 || discriminant >= 0, A != 0 || B != 0 else {
      self = A > 0 ? .bounded(Interval(lower: B / A, upper: B / A)) : .wholeLine
      return
    }
    guard A != 0 else {
      let end = C / (2 * B)
      self = .bounded(
        B > 0 ? Interval(lower: end, upper: .infinity) : Interval(lower: -.infinity, upper: end))
      return
    }
    guard discriminant > 0 || A > 0 else {
      self = .wholeLine
      return
    }
    // The root that is a sum first, the other from their product C/A.
    let sum = B < 0 ? B - discriminant.squareRoot() : B + discriminant.squareRoot()
    let (one, other) = (sum / A, sum == 0 ? 0 : C / sum)
    let roots = Interval(lower: min(one, other), upper: max(one, other))
    self = A > 0 ? .bounded(roots) : .complement(of: roots)
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
