internal import Inference

/// What one method says of one arm, or of all arms, in the words and numbers of a row.
struct LiftAnswer: Sendable {
  /// The question in words.
  var name: String
  /// The interval by name, where it has one of its own.
  var intervalName: String?
  /// The null hypothesis in words.
  var null: String
  /// How the p-value counts its tails.
  var tail: String
  /// The scale of the estimate; nil where there is a statistic alone.
  var scale: TestDescription.Scale?
  /// The effect; nil where there is a statistic alone.
  var estimate: Double?
  var standardError: Double?
  var interval: Interval?
  /// The level of the interval.
  var level: Double
  var pValue: Double?
  /// The effects that the null hypothesis allows; nil where none is tested.
  var nullEffects: NullEffects?
  /// The interval that goes with an error rate `1 − level` of the test; nil where there is none.
  var intervalAtLevel: (@Sendable (_ level: Double) -> Interval?)?
  /// An adjustment of the method's own, in the place of the plan's.
  var adjusted: Adjusted?
  var statistic: Double?
  var degreesOfFreedom: Double?
  var posterior: Posterior?
  /// The levels of offer and control, where they are not the metric's means.
  var levels: (offer: Double, control: Double)?
  /// Whether those levels are shares.
  var isShare = false
  /// The sessions of offer and control behind the answer, where they are not all that count.
  var sessions: (offer: Int, control: Int)?
  /// Whether an effect makes an arm the better one.
  var isAboutArms = true
  /// Whether a greater effect is good; nil where that is for the plan to say.
  var moreIsBetter: Bool?
  var warnings: [String] = []

  /// The effects that a null hypothesis allows.
  enum NullEffects: Sendable {
    /// One effect.
    case exactly(Double)
    /// All up to a margin.
    case upTo(Double)
    /// All from a margin on.
    case from(Double)
    /// All but those strictly between two margins.
    case outside(Interval)

    /// Whether an interval holds none of them.
    func isExcluded(by interval: Interval) -> Bool {
      switch self {
      case .exactly(let effect): !interval.contains(effect)
      case .upTo(let margin): interval.lower > margin
      case .from(let margin): interval.upper < margin
      case .outside(let margins):
        interval.lower > margins.lower && interval.upper < margins.upper
      }
    }
  }

  /// An adjusted p-value and its interval, and what was adjusted over what.
  struct Adjusted: Sendable {
    var pValue: Double?
    var interval: Interval?
    var text: String
  }

  /// What a posterior says beside its mean and interval.
  struct Posterior: Hashable, Sendable {
    /// The probability that the offer is the better arm.
    var chanceToBeat: Double
    /// What is lost on average by showing the offer.
    var expectedLoss: Double
    /// The probability of an effect that is as good as none; nil where no region is named.
    var ropeProbability: Double?
  }
}

extension LiftAnswer {
  /// The two-sided answer of a test.
  ///
  /// - Parameters:
  ///   - test: The test.
  ///   - level: The level of the interval.
  ///   - givesInterval: Whether an interval is wanted; some cost thousands of p-values.
  init(_ test: any HypothesisTest, level: Double, givesInterval: Bool = true) {
    let intervalAtLevel: (@Sendable (Double) -> Interval?)?
    if givesInterval {
      intervalAtLevel = { test.interval(level: $0) }
    } else {
      intervalAtLevel = nil
    }
    self.init(
      name: test.method.name, intervalName: test.method.intervalName,
      null: test.method.nullHypothesis,
      tail: "two-sided, \(test.method.twoSidedRule.rawValue)", scale: test.method.scale,
      estimate: test.estimate, standardError: test.ownStandardError,
      interval: intervalAtLevel?(level), level: level, pValue: test.pValue(.twoSided),
      nullEffects: .exactly(test.null), intervalAtLevel: intervalAtLevel)
  }

  /// The one-sided answer of a question with a margin, with the interval of level `1 − 2α`.
  init(_ question: NonInferiorityTest, level: Double) {
    let isMore = question.direction == .moreIsBetter
    let test = question.test
    self.init(
      name: "non-inferiority by \(test.method.name)", intervalName: test.method.intervalName,
      null: "the effect is \(isMore ? "at most" : "at least") \(question.margin)",
      tail: "one-sided, \(isMore ? "greater" : "less")", scale: test.method.scale,
      estimate: test.estimate, standardError: test.ownStandardError,
      interval: test.interval(level: 2 * level - 1), level: 2 * level - 1,
      pValue: question.pValue,
      nullEffects: isMore ? .upTo(question.margin) : .from(question.margin),
      intervalAtLevel: { $0 > 0.5 ? test.interval(level: 2 * $0 - 1) : nil })
  }

  /// The answer of a question with two margins, with the interval of level `1 − 2α`.
  init(_ question: EquivalenceTest, level: Double) {
    let test = question.againstLower.method
    self.init(
      name: "equivalence by \(test.name)", intervalName: test.intervalName,
      null: "the effect is outside \(question.margins.lower) to \(question.margins.upper)",
      tail: "two one-sided tests, the greater p", scale: test.scale,
      estimate: question.estimate, standardError: question.againstLower.ownStandardError,
      interval: question.interval(alpha: 1 - level), level: 2 * level - 1,
      pValue: question.pValue, nullEffects: .outside(question.margins),
      intervalAtLevel: { $0 > 0.5 ? question.interval(alpha: 1 - $0) : nil })
  }
}

extension HypothesisTest {
  /// The standard error on the scale of the estimate, where a test has one.
  fileprivate var ownStandardError: Double? {
    (self as? any NormalErrorTest)?.standardError ?? (self as? DifferenceTest)?.standardError
      ?? (self as? WelchTest)?.standardError ?? (self as? AlwaysValidTest)?.standardError
  }
}
