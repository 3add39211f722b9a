internal import Inference

/// What one test says of one arm, in the words and numbers of a row.
struct LiftAnswer: Sendable {
  /// The test behind the answer.
  let test: TestDescription
  /// The question in words.
  let name: String
  /// The null hypothesis in words.
  let null: String
  /// How the p-value counts its tails.
  let tail: String
  let estimate: Double
  let interval: Interval
  /// The level of the interval.
  let level: Double
  let pValue: Double

  /// The two-sided answer of a test.
  init(_ test: any HypothesisTest, level: Double) {
    self.test = test.method
    name = test.method.name
    null = test.method.nullHypothesis
    tail = "two-sided, \(test.method.twoSidedRule.rawValue)"
    estimate = test.estimate
    interval = test.interval(level: level)
    self.level = level
    pValue = test.pValue(.twoSided)
  }

  /// The one-sided answer of a question with a margin, with the interval of level `1 − 2α`.
  init(_ question: NonInferiorityTest, level: Double) {
    let isMore = question.direction == .moreIsBetter
    test = question.test.method
    name = "non-inferiority by \(test.name)"
    null = "the effect is \(isMore ? "at most" : "at least") \(question.margin)"
    tail = "one-sided, \(isMore ? "greater" : "less")"
    estimate = question.test.estimate
    self.level = 2 * level - 1
    interval = question.test.interval(level: self.level)
    pValue = question.pValue
  }

  /// The answer of a question with two margins, with the interval of level `1 − 2α`.
  init(_ question: EquivalenceTest, level: Double) {
    test = question.againstLower.method
    name = "equivalence by \(test.name)"
    null = "the effect is outside \(question.margins.lower) to \(question.margins.upper)"
    tail = "two one-sided tests, the greater p"
    estimate = question.estimate
    self.level = 2 * level - 1
    interval = question.interval(alpha: 1 - level)
    pValue = question.pValue
  }
}
