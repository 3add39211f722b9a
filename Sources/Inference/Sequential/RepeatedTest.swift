#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The p-value and interval of a group-sequential test that hold at every look, stop or not.
///
///     interval at level 1 − α     θ̂ₖ ± bₖ(α) SEₖ
///     p-value                     the α at which |Zₖ| = bₖ(α)
///
/// with `bₖ(α)` the critical value of look `k` when `α` is spent by the plan's spending function. They
/// are wider than those of StagewiseTest, the price of a choice to go on for other reasons.
///
/// Reference: Jennison and Turnbull (1989), *Journal of the Royal Statistical Society B* 51, 305–361.
public struct RepeatedTest: HypothesisTest {
  public let null: Double
  /// The effect and its standard error at the last look.
  public let effect: EffectEstimate

  private let spending: SpendingFunction
  private let information: [Double]
  private let times: [Double]

  init(_ analysis: GroupSequentialAnalysis) {
    null = analysis.null
    effect = analysis.looks[analysis.looks.count - 1].effect
    spending = analysis.design.spending
    information = analysis.relativeInformation
    times = analysis.looks.map(\.time)
  }

  public var method: TestDescription {
    TestDescription(
      name: "group sequential, repeated",
      nullHypothesis: null == effect.scale.noEffect ? "no effect" : "effect = \(null)",
      scale: effect.scale, twoSidedRule: .absoluteStatistic, intervalName: "repeated",
      intervalInvertsTest: true, reference: "Jennison and Turnbull 1989")
  }

  /// The estimate of the last look.
  public var estimate: Double { effect.value }

  /// The score `Z` of the last look.
  public var z: Double { (effect.value - null) / effect.standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .twoSided: pValue(of: abs(z), sides: .two)
    case .greater: pValue(of: z, sides: .one)
    case .less: pValue(of: -z, sides: .one)
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = bound(alpha: 1 - level, sides: .two) * effect.standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }

  /// The critical value of the last look if an error were to be spent; infinite if hardly any is.
  private func bound(alpha: Double, sides: TestSides) -> Double {
    let error = sides.share(of: alpha)
    let bounds = EfficacyWalk.bounds(
      information: information, spent: times.map { spending.spent(by: $0, of: error) }, sides: sides
    )
    return bounds.last ?? .infinity
  }

  /// The error at which a score is on its bound.
  private func pValue(of score: Double, sides: TestSides) -> Double {
    let greatest = sides == .two ? 0.999_999 : 0.499_999
    func excess(_ logAlpha: Double) -> Double {
      max(-40, score - bound(alpha: exp(logAlpha), sides: sides))
    }
    // A bound is no lower than that of a single look.
    let nominal = (sides == .two ? 2 : 1) * StandardNormal.survival(score)
    guard nominal < greatest, excess(log(greatest)) > 0 else { return 1 }
    guard nominal > 1e-290 else { return 0 }
    let root = findRoot(from: log(nominal), to: log(greatest), of: excess)
    return root.map(exp) ?? nominal
  }
}
