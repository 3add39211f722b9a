#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// What is known of two proportions after the sessions of two arms, by the beta-binomial model.
///
///     pₖ ~ Beta(α, β)      xₖ | pₖ ~ Binomial(nₖ, pₖ)      pₖ | xₖ ~ Beta(α + xₖ, β + nₖ − xₖ)
///
/// Nothing is simulated: every answer is an integral over the control's posterior, found by
/// quadrature to about twelve digits, tails included.
///
/// Reference: Gelman et al. (2013), *Bayesian Data Analysis*, 3rd edition, section 2.4.
public struct BetaBinomialComparison: Hashable, Sendable {
  /// The posterior of the offer's proportion.
  public let offer: BetaDistribution
  /// The posterior of the control's proportion.
  public let control: BetaDistribution

  /// Updates one prior by the sessions of each arm. An arm without sessions keeps the prior.
  public init(offer: Tally, control: Tally, prior: BetaDistribution = .uniform) {
    self.offer = prior.adding(
      successes: Double(offer.successes), failures: Double(offer.failures))
    self.control = prior.adding(
      successes: Double(control.successes), failures: Double(control.failures))
  }

  /// Compares two proportions of which this is known, from priors of their own say.
  public init(offer: BetaDistribution, control: BetaDistribution) {
    self.offer = offer
    self.control = control
  }

  /// The probability that the offer's proportion is the greater.
  public var chanceToBeat: Double { BetaComparison.probabilityGreater(offer, than: control) }

  /// What is lost on average by showing the offer, `E[max(p₀ − p₁, 0)]`.
  public var expectedLossOfOffer: Double { BetaComparison.expectedLosses([offer, control])[0] }

  /// What is lost on average by not showing it, `E[max(p₁ − p₀, 0)]`.
  public var expectedLossOfControl: Double { BetaComparison.expectedLosses([offer, control])[1] }

  /// The mean of the difference `p₁ − p₀`.
  public var meanDifference: Double { offer.mean - control.mean }

  /// The probability that the difference `p₁ − p₀` lies in a region, of practical equivalence say.
  public func probability(ofDifferenceIn region: Interval) -> Double {
    // From the nearer tail, so that a small probability is no difference of two large ones.
    let below = tail(.below, difference: region.lower)
    return below < 0.5
      ? max(0, tail(.below, difference: region.upper) - below)
      : max(0, tail(.above, difference: region.lower) - tail(.above, difference: region.upper))
  }

  /// The probability that the relative lift `p₁/p₀ − 1` is greater than a value above −1.
  public func probability(ofLiftAbove lift: Double) -> Double {
    precondition(lift > -1, "a lift is above −100 %")
    return tail(.above, logRatio: log1p(lift))
  }

  /// The equal-tailed credible interval of the difference `p₁ − p₀`.
  public func differenceInterval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let spread = 12 * (offer.variance + control.variance).squareRoot()
    let (least, greatest) = (max(-1, meanDifference - spread), min(1, meanDifference + spread))
    return equalTails(level: level, from: least, to: greatest) { tail($0, difference: $1) }
  }

  /// The equal-tailed credible interval of the relative lift `p₁/p₀ − 1`.
  public func liftInterval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    func logQuantiles(_ law: BetaDistribution) -> (low: Double, high: Double) {
      (log(max(law.quantile(1e-12), .leastNormalMagnitude)), log(law.upperQuantile(1e-12)))
    }
    let (own, other) = (logQuantiles(offer), logQuantiles(control))
    let interval = equalTails(level: level, from: own.low - other.high, to: own.high - other.low) {
      tail($0, logRatio: $1)
    }
    return Interval(lower: expm1(interval.lower), upper: expm1(interval.upper))
  }
}

extension BetaBinomialComparison {
  private enum Side { case below, above }

  /// P(p₁ − p₀ ≤ d), or the rest.
  private func tail(_ side: Side, difference d: Double) -> Double {
    if d <= -1 || d >= 1 { return (d >= 1) == (side == .below) ? 1 : 0 }
    return integrate(changes: changes.map { $0 - d }) { x, y in
      side == .below ? Self.cdf(offer, x + d, y - d) : Self.cdf(offer.reflected, y - d, x + d)
    }
  }

  /// P(ln(p₁/p₀) ≤ r), or the rest.
  private func tail(_ side: Side, logRatio: Double) -> Double {
    let ratio = exp(logRatio)
    return integrate(changes: changes.map { $0 / ratio }) { x, _ in
      side == .below
        ? Self.cdf(offer, ratio * x, 1 - ratio * x)
        : Self.cdf(offer.reflected, 1 - ratio * x, ratio * x)
    }
  }

  /// Where the offer's distribution function changes most, and where it ends.
  private var changes: [Double] { [0] + Self.marks.map(offer.quantile) + [1] }

  /// The integral over the control's posterior, on the log-odds, of a function of `x` and `1 − x`.
  private func integrate(
    changes: [Double], _ function: (_ x: Double, _ y: Double) -> Double
  ) -> Double {
    func logOdds(_ x: Double) -> Double { log(x) - log1p(-x) }
    // The upper end by the reflected law, whose quantile does not round to 1.
    let low = max(logOdds(control.quantile(1e-60)), -700)
    let high = min(-logOdds(control.reflected.quantile(1e-60)), 700)
    let inner = (Self.marks.map(control.quantile) + changes).filter { $0 > 0 && $0 < 1 }
      .map(logOdds).filter { $0 > low && $0 < high }
    var rule = AdaptiveQuadrature()
    rule.relativeError = 1e-13
    rule.absoluteError = 1e-300
    let integral = rule.integrate(over: ([low, high] + inner).sorted()) { s in
      let (x, y) = (1 / (1 + exp(-s)), 1 / (1 + exp(s)))
      let logDensity = s < 0 ? control.logDensity(x) : control.reflected.logDensity(y)
      return exp(logDensity) * x * y * function(x, y)
    }
    return min(1, integral.value)
  }

  private func equalTails(
    level: Double, from low: Double, to high: Double, _ tail: (Side, Double) -> Double
  ) -> Interval {
    let share = (1 - level) / 2
    let lower = findRoot(from: low, to: high) { tail(.below, $0) - share }
    let upper = findRoot(from: low, to: high) { share - tail(.above, $0) }
    return Interval(lower: lower ?? low, upper: max(lower ?? low, upper ?? high))
  }

  /// Where a distribution function changes most.
  private static let marks = [1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9]

  private static func cdf(_ law: BetaDistribution, _ x: Double, _ y: Double) -> Double {
    if !(x > 0) { return 0 }
    return y > 0 ? RegularizedBeta(law.alpha, law.beta).lower(x, y) : 1
  }
}

extension BetaDistribution {
  /// The distribution of `1 − X`.
  fileprivate var reflected: BetaDistribution { BetaDistribution(alpha: beta, beta: alpha) }
}
