#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A Wald test of the odds ratio of two proportions, made on the log scale.
///
///     ψ̂ = x₁y₀ / (y₁x₀)      v = 1/x₁ + 1/y₁ + 1/x₀ + 1/y₀      z = (ln ψ̂ − ln ψ₀) / √v
///
/// With nothing added to the cells it is Woolf's, which needs them all to be filled; with ½ added to
/// each it is Gart's, which answers every pair of arms and whose estimate is shrunken.
///
/// References: Woolf (1955), *Annals of Human Genetics* 19, 251–253; Gart (1966), *Biometrika* 53,
/// 73–82.
public struct LogOddsRatioTest: HypothesisTest {
  /// The estimated log odds ratio, in nats.
  public let logOddsRatio: Double
  /// The standard error `√v`, in nats; positive and finite.
  public let standardError: Double
  /// The odds ratio under the null hypothesis.
  public let null: Double
  /// What is added to each of the four cells.
  public let addedToEachCell: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The odds ratio to test against, above 0; one tests equality.
  ///   - addedToEachCell: Zero (Woolf) or more; ½ is Gart's.
  /// - Throws: `tooFewSessions` if an arm is empty; with nothing added, `noVariation` if all sessions
  ///   ended alike, else `noSuccesses` or `noFailures` of an arm.
  public init(
    offer: Tally, control: Tally, null: Double = 1, addedToEachCell: Double = 0
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "an odds ratio under the null lies above 0")
    precondition(addedToEachCell >= 0 && addedToEachCell.isFinite, "nothing is taken from a cell")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    if addedToEachCell == 0 {
      guard offer.pooledStandardError(with: control) != nil else { throw .noVariation }
      for arm in 0...1 {
        let tally = arm == 0 ? control : offer
        guard tally.successes > 0 else { throw .noSuccesses(arm: arm) }
        guard tally.failures > 0 else { throw .noFailures(arm: arm) }
      }
    }
    let (x1, y1) = offer.cells(adding: addedToEachCell)
    let (x0, y0) = control.cells(adding: addedToEachCell)
    // By way of the cross product's exact difference where the odds nearly agree.
    let total = (x1 + y1) * (x0 + y0)
    let change =
      addedToEachCell == 0
      ? offer.difference(from: control) * total / (y1 * x0) : (x1 * y0 - y1 * x0) / (y1 * x0)
    logOddsRatio = abs(change) < 0.5 ? log1p(change) : log(x1 / y1) - log(x0 / y0)
    standardError = (1 / x1 + 1 / y1 + 1 / x0 + 1 / y0).squareRoot()
    self.null = null
    self.addedToEachCell = addedToEachCell
  }

  public var method: TestDescription {
    let isWoolf = addedToEachCell == 0
    return TestDescription(
      name: isWoolf ? "log odds ratio Wald" : "log odds ratio Wald, \(addedToEachCell) added",
      nullHypothesis: "odds ratio = \(null)", scale: .oddsRatio, twoSidedRule: .absoluteStatistic,
      intervalName: isWoolf ? "Woolf logit" : "Gart adjusted logit", intervalInvertsTest: true,
      reference: isWoolf ? "Woolf 1955" : "Gart 1966")
  }

  /// The estimated odds ratio.
  public var estimate: Double { exp(logOddsRatio) }

  /// The statistic `z`, positive where the odds ratio exceeds the null.
  public var z: Double { (logOddsRatio - log(null)) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: exp(logOddsRatio - margin), upper: exp(logOddsRatio + margin))
  }
}

extension Tally {
  /// The successes and failures, each with an amount added.
  fileprivate func cells(adding amount: Double) -> (Double, Double) {
    (Double(successes) + amount, Double(failures) + amount)
  }
}
