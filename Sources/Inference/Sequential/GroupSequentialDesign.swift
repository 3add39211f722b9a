#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A test that looks a few times, at planned shares of its information, and may stop at each.
///
/// At look `k`, with a share `tₖ` of the information, it rejects where `Zₖ ≥ bₖ` (or `|Zₖ| ≥ bₖ`). The
/// bounds keep the probability of any rejection under the null at `α`:
///
///     error spending     P(first rejects upwards at look k) = f(tₖ) − f(tₖ₋₁)
///     Wang–Tsiatis       bₖ = C tₖ^(Δ − ½);  Δ = ½ is Pocock's, Δ = 0 O'Brien and Fleming's
///
/// The scores are those of a Brownian motion of drift `θ`, `Zₖ√tₖ ~ N(θtₖ, tₖ)`; probabilities are
/// accurate to about 1e-12.
///
/// Reference: Jennison and Turnbull (2000), *Group Sequential Methods with Applications to Clinical
/// Trials*, chapters 2, 7 and 19.
public struct GroupSequentialDesign: Hashable, Sendable {
  /// The shares of the information at the looks, ascending; the last is 1.
  public let times: [Double]
  /// The probability `α` of rejecting a true null.
  public let alpha: Double
  /// Whether the test rejects on one side or on two.
  public let sides: TestSides
  /// How the error is spent; for a Wang–Tsiatis boundary, straight lines through what its looks spend.
  public let spending: SpendingFunction
  /// The critical values `bₖ` of the score.
  public let bounds: [Double]
  /// The futility bounds, if there are any.
  public internal(set) var futility: FutilityBounds?

  /// Creates a design that spends its error.
  ///
  /// - Parameters:
  ///   - times: The shares of the information at the looks, ascending, the last 1.
  ///   - alpha: The error, of both sides together.
  ///   - sides: Whether the test rejects on one side or on two, each with half of `alpha`.
  ///   - spending: How the error is spent.
  public init(
    times: [Double], alpha: Double = 0.05, sides: TestSides = .two,
    spending: SpendingFunction = .obrienFleming
  ) {
    Self.check(times)
    checkAlpha(alpha)
    let error = sides.share(of: alpha)
    self.times = times
    self.alpha = alpha
    self.sides = sides
    self.spending = spending
    bounds = EfficacyWalk.bounds(
      information: times, spent: times.map { spending.spent(by: $0, of: error) }, sides: sides)
  }

  /// Creates a design with a Wang–Tsiatis boundary.
  ///
  /// - Parameters:
  ///   - times: The shares of the information at the looks, ascending, the last 1.
  ///   - shape: The exponent `Δ`, from 0 (O'Brien and Fleming) to ½ (Pocock).
  ///   - alpha: The error, of both sides together.
  ///   - sides: Whether the test rejects on one side or on two.
  ///
  /// Reference: Wang and Tsiatis (1987), *Biometrics* 43, 193–199.
  public init(
    times: [Double], wangTsiatis shape: Double, alpha: Double = 0.05, sides: TestSides = .two
  ) {
    Self.check(times)
    checkAlpha(alpha)
    precondition(shape <= 0.5 && shape >= -2, "a Wang–Tsiatis exponent is at most ½")
    let error = sides.share(of: alpha)
    let form = times.map { pow($0, shape - 0.5) }
    func exits(_ constant: Double) -> [Double] {
      EfficacyWalk.exits(information: times, bounds: form.map { constant * $0 }, sides: sides)
    }
    // A single look bounds the constant from below, Bonferroni's inequality from above.
    let low = StandardNormal.upperQuantile(error)
    let high = StandardNormal.upperQuantile(error / Double(times.count))
    let constant =
      times.count == 1
      ? low : findRoot(from: low, to: high) { log(exits($0).reduce(0, +) / error) } ?? low
    var share = 0.0
    let points = zip(times, exits(constant)).map { time, exit in
      share = min(1, share + exit / error)
      return SpendingFunction.Point(time: time, share: time == 1 ? 1 : share)
    }
    self.times = times
    self.alpha = alpha
    self.sides = sides
    spending = .points(points)
    bounds = form.map { constant * $0 }
  }

  /// Pocock's test: the same critical value at each of several evenly spaced looks.
  public static func pocock(looks: Int, alpha: Double = 0.05, sides: TestSides = .two) -> Self {
    Self(times: evenTimes(looks), wangTsiatis: 0.5, alpha: alpha, sides: sides)
  }

  /// O'Brien and Fleming's test, at several evenly spaced looks.
  public static func obrienFleming(
    looks: Int, alpha: Double = 0.05, sides: TestSides = .two
  ) -> Self {
    Self(times: evenTimes(looks), wangTsiatis: 0, alpha: alpha, sides: sides)
  }

  /// The shares 1/K, 2/K, …, 1.
  public static func evenTimes(_ looks: Int) -> [Double] {
    precondition(looks > 0, "a test looks at least once")
    return (1...looks).map { Double($0) / Double(looks) }
  }

  /// The error of each look, if it were the only one, of both sides together.
  public var nominalLevels: [Double] {
    bounds.map { (sides == .one ? 1 : 2) * StandardNormal.survival($0) }
  }

  private static func check(_ times: [Double]) {
    precondition(times.last == 1, "the last look has all of the information")
    precondition(
      zip([0] + times, times).allSatisfy { $0 < $1 }, "information grows from look to look")
  }
}
