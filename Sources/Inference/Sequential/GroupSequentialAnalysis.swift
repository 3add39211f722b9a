internal import Probability

/// What a group-sequential test says after its looks, which need not be those that were planned.
///
/// The error is spent at the information that was there: the bound of each look follows from the
/// looks so far and from nothing else. A look beyond the plan, or one that is declared the last, spends
/// all that is left.
///
/// Reference: Lan and DeMets (1983), *Biometrika* 70, 659–663.
public struct GroupSequentialAnalysis: Sendable {
  /// One look at the data so far.
  public struct Look: Hashable, Sendable {
    /// The effect and its standard error, from all data so far.
    public let effect: EffectEstimate
    /// The share of the planned information.
    public let time: Double

    /// Creates a look at a share of the planned information.
    public init(_ effect: EffectEstimate, time: Double) {
      precondition(time > 0 && time.isFinite, "a share of information is positive")
      self.effect = effect
      self.time = time
    }

    /// Creates a look whose time is counted in sessions, of both arms together.
    public init(_ effect: EffectEstimate, plannedSessions: Double) {
      self.init(effect, time: effect.sessions / plannedSessions)
    }

    /// Creates a look whose time is counted in information, `1/SE²`.
    public init(_ effect: EffectEstimate, plannedInformation: Double) {
      self.init(effect, time: effect.information / plannedInformation)
    }
  }

  /// What a look decides.
  public enum Decision: String, Codable, Sendable {
    /// Nothing yet: look again.
    case goOn
    /// The effect is above the null.
    case above
    /// The effect is below the null.
    case below
    /// There is little chance left; the test may stop, and need not.
    case futility
    /// The test has ended and rejects nothing.
    case notRejected
  }

  /// The plan: how the error is spent, and on which sides.
  public let design: GroupSequentialDesign
  /// The looks, up to the one that ended the test.
  public let looks: [Look]
  /// The effect under the null hypothesis.
  public let null: Double
  /// The critical values of the score at the looks.
  public let bounds: [Double]
  /// The futility bounds at the looks, if the design has any.
  public let futilityBounds: [Double]?
  /// What the last look decides.
  public let decision: Decision

  /// Analyses looks in their order.
  ///
  /// - Parameters:
  ///   - design: The plan.
  ///   - looks: The looks so far, at least one. Those after a rejection take no part.
  ///   - isLast: Whether the test ends with the last of them; it does when all information is there.
  ///   - null: The effect under the null hypothesis; nil is no effect.
  /// - Throws: `informationNotGrowing` if a look adds nothing to the one before it.
  /// - Complexity: O(*k n*²) for *k* looks and *n* nodes, some tens: about a millisecond.
  public init(
    _ design: GroupSequentialDesign, looks: [Look], isLast: Bool = false, null: Double? = nil
  ) throws(InferenceError) {
    guard let first = looks.first, let final = looks.last else {
      preconditionFailure("an analysis has at least one look")
    }
    for index in looks.indices.dropFirst() {
      guard looks[index].effect.standardError < looks[index - 1].effect.standardError,
        looks[index].time > looks[index - 1].time
      else { throw .informationNotGrowing(look: index) }
    }
    let null = null ?? first.effect.scale.noEffect
    let isOver = isLast || final.time >= 1
    let error = design.sides.share(of: design.alpha)
    let bounds = EfficacyWalk.bounds(
      information: looks.relativeInformation,
      spent: looks.indices.map { index in
        isOver && index == looks.count - 1
          ? error : design.spending.spent(by: looks[index].time, of: error)
      }, sides: design.sides)
    let scores = looks.map { ($0.effect.value - null) / $0.effect.standardError }
    let crossing = looks.indices.first { index in
      let score = design.sides == .one ? scores[index] : abs(scores[index])
      return score >= bounds[index]
    }
    let stage = crossing ?? looks.count - 1
    self.design = design
    self.looks = Array(looks[...stage])
    self.null = null
    self.bounds = Array(bounds[...stage])
    futilityBounds = design.futility.map { futility in
      FutilityWalk(
        futility.spending, beta: 1 - futility.power, drift: futility.drift,
        times: looks[...stage].map(\.time), bounds: Array(bounds[...stage]),
        isLast: isOver && stage == looks.count - 1
      ).bounds
    }
    if crossing != nil {
      decision = scores[stage] > 0 ? .above : .below
    } else if isOver {
      decision = .notRejected
    } else if let bound = futilityBounds?.last, scores[stage] <= bound {
      decision = .futility
    } else {
      decision = .goOn
    }
  }

  /// The information at the looks, as shares of what there is at the last of them.
  var relativeInformation: [Double] { looks.relativeInformation }

  /// The scores `Z` of the looks.
  public var scores: [Double] {
    looks.map { ($0.effect.value - null) / $0.effect.standardError }
  }

  /// The test whose p-value and interval hold now that the test has ended; nil while it goes on.
  public var final: StagewiseTest? {
    switch decision {
    case .above, .below, .notRejected: StagewiseTest(self)
    case .goOn, .futility: nil
    }
  }

  /// The test whose p-value and interval hold at every look, whether or not one stops there.
  public var repeated: RepeatedTest { RepeatedTest(self) }
}

extension [GroupSequentialAnalysis.Look] {
  /// The information at the looks, as shares of the last look's: squares of ratios of standard errors,
  /// which no unit of the outcome makes over- or underflow.
  fileprivate var relativeInformation: [Double] {
    guard let last else { return [] }
    return map { look in
      let ratio = last.effect.standardError / look.effect.standardError
      return ratio * ratio
    }
  }
}
