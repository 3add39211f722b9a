internal import Probability

/// Barnard's exact unconditional test of two proportions, with a z statistic.
///
///     H₀: p₁ = p₀ = π      z = (p̂₁ − p̂₀) / √v      p = sup over π of P(|Z| ≥ |z|; π)
///
/// where `v` is `p̄(1 − p̄)(1/n₁ + 1/n₀)` with the pooled share `p̄` (Suissa and Shuster), or
/// `p̂₁(1 − p̂₁)/n₁ + p̂₀(1 − p̂₀)/n₀`. A statistic of 0/0 is zero. One-sided p-values take `Z ≥ z` or `Z ≤ z`.
/// The test never rejects more often than α. The p-value is the greatest over all `π`, found with a
/// bound on what any other `π` may give, to 1e-11. Statistics that differ by less than 1e-7,
/// relatively, count as equal.
///
/// The interval of the difference is Agresti and Min's, which for the pooled statistic inverts the same
/// two-sided test at other differences; the differences that are not rejected may have gaps, and
/// then the interval holds them too.
///
/// - Complexity: O(*N*^1.5) for *N* sessions in both arms.
///
/// References: Barnard (1947), *Biometrika* 34, 123–138; Suissa and Shuster (1985), *Journal of the
/// Royal Statistical Society A* 148, 317–327.
public struct BarnardTest: HypothesisTest {
  /// The variance beneath the difference.
  public enum Variance: String, CaseIterable, Codable, Sendable {
    /// That of both arms together, as under the null hypothesis: the score statistic.
    case pooled
    /// That of each arm by itself: the Wald statistic.
    case unpooled
  }

  /// The sessions that were shown the offer.
  public let offer: Tally
  /// The sessions that were not.
  public let control: Tally
  /// The variance beneath the difference.
  public let variance: Variance
  /// The share of error `γ` that restricts the nuisance parameter; zero does not.
  public let bergerBoos: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - variance: The variance beneath the difference.
  ///   - bergerBoos: `γ` of Berger and Boos, such as 0.001 or, not to restrict, zero.
  /// - Throws: `tooFewSessions` if an arm is empty.
  public init(
    offer: Tally, control: Tally, variance: Variance = .pooled, bergerBoos: Double = 0
  ) throws(InferenceError) {
    precondition(0 <= bergerBoos && bergerBoos < 1, "a share of error lies in 0..<1")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    self.offer = offer
    self.control = control
    self.variance = variance
    self.bergerBoos = bergerBoos
  }

  public var method: TestDescription {
    TestDescription(
      name: "Barnard exact, \(variance.rawValue) z", nullHypothesis: "p₁ = p₀", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: AgrestiMinInterval.name,
      intervalInvertsTest: false, reference: "Suissa and Shuster 1985")
  }

  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public var estimate: Double { offer.difference(from: control) }

  /// The difference under the null: zero.
  public var null: Double { 0 }

  /// The statistic `z`, positive where the offer did better; infinite where only the unpooled
  /// variance is zero.
  public var z: Double { statistic(offer.successes, control.successes) }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let observed = z
    let range = NuisanceRange(offer: offer, control: control, bergerBoos: bergerBoos)
    switch alternative {
    case .twoSided:
      if observed == 0 { return 1 }
      return range.pValue(region(atMost: -abs(observed), atLeast: abs(observed)))
    case .greater: return range.pValue(region(atMost: nil, atLeast: observed))
    case .less: return range.pValue(region(atMost: observed, atLeast: nil))
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    AgrestiMinInterval(level: level).difference(offer, control)
  }

  /// The tables whose statistic is no greater than one value, or no less than another.
  private func region(atMost least: Double?, atLeast greatest: Double?) -> MarginalRejection {
    // Fisher's p-value, times the chance of the sum observed, is part of the probability sought.
    let table = TableGivenMargins(offer: offer, control: control).central
    let x = Double(offer.successes)
    // Infinities stay what they are.
    let low = least.map { $0 * (1 - ($0 < 0 ? tieTolerance : -tieTolerance)) }
    let high = greatest.map { $0 * (1 - ($0 > 0 ? tieTolerance : -tieTolerance)) }
    return MarginalRejection(
      offerTrials: offer.trials, controlTrials: control.trials,
      negligible: 1e-20 * min(table.survival(x - 1), table.cdf(x))
    ) { diagonal in
      let above = high.map { high in
        diagonal.upperTail { statistic($0, diagonal.sum - $0) >= high }
      }
      let below = low.map { low in
        diagonal.lowerTail { statistic($0, diagonal.sum - $0) <= low }
      }
      return (above ?? 0) + (below ?? 0)
    }
  }

  private func statistic(_ x1: Int, _ x0: Int) -> Double {
    let (n1, n0) = (Double(offer.trials), Double(control.trials))
    let difference = Tally(successes: x1, trials: offer.trials)
      .difference(from: Tally(successes: x0, trials: control.trials))
    if difference == 0 { return 0 }
    let (a, b) = (Double(x1), Double(x0))
    let spread =
      switch variance {
      case .pooled:
        (a + b) / (n1 + n0) * ((n1 - a + n0 - b) / (n1 + n0)) * (1 / n1 + 1 / n0)
      case .unpooled: a * (n1 - a) / (n1 * n1 * n1) + b * (n0 - b) / (n0 * n0 * n0)
      }
    return difference / spread.squareRoot()
  }
}
