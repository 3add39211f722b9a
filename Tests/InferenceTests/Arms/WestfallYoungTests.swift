import Inference
import Probability
import Testing

@Suite struct WestfallYoungTests {
  /// Complete enumeration in Python: the p-values are counts over 70.
  @Test(arguments: try LiftCase.cases(of: "westfall_young_maxT"))
  func completeEnumeration(_ item: LiftCase) throws {
    let test = try WestfallYoungTest(
      control: item.inputs["control"].elements.map { try $0.numbers },
      treatments: [item.inputs["treatment"].elements.map { try $0.numbers }])
    #expect(test.isExact && test.deals == 70)
    try item.expect(test.hypotheses.map { abs($0.t) }, "abs_t")
    try item.expect(test.hypotheses.map(\.rawPValue), "raw_p")
    try item.expect(test.hypotheses.map(\.stepDownPValue), "step_down_adj")
    try item.expect(test.hypotheses.map(\.singleStepPValue), "single_step_adj")
  }

  private static func rows(_ count: Int, shift: Double, stream: UInt64) -> [[Double]] {
    var rng = Philox(StreamKey(seed: 4_033, purpose: .world, index: stream))
    return (0..<count).map { _ in
      let shared = StandardNormal.draw(using: &rng)
      return (0..<3).map { metric in
        shared + StandardNormal.draw(using: &rng) + (metric == 0 ? shift : 0)
      }
    }
  }

  /// Shuffles estimate what the enumeration of all 9!/(3!)³ = 1,680 deals gives.
  @Test func shufflesApproachTheEnumeration() throws {
    let arms = (0..<3).map {
      Self.rows(3, shift: $0 == 2 ? 6 : 0, stream: UInt64($0))
    }
    let exact = try WestfallYoungTest(control: arms[0], treatments: Array(arms[1...]))
    #expect(exact.isExact && exact.deals == 1_680)
    let drawn = try WestfallYoungTest(
      control: arms[0], treatments: Array(arms[1...]), shuffles: 1_600)
    #expect(!drawn.isExact && drawn.deals == 1_601)
    for (own, other) in zip(drawn.hypotheses, exact.hypotheses) {
      #expect(own.arm == other.arm && own.metric == other.metric && own.t == other.t)
      for p in [
        (own.rawPValue, other.rawPValue), (own.stepDownPValue, other.stepDownPValue),
        (own.singleStepPValue, other.singleStepPValue),
      ] {
        let error = (p.1 * (1 - p.1) / 1_600).squareRoot() + 1.0 / 1_600
        #expect(abs(p.0 - p.1) < 3.89 * error)
      }
    }
  }

  @Test func pValuesAreOrdered() throws {
    let arms = (0..<4).map { Self.rows(30, shift: Double($0) / 3, stream: 10 + UInt64($0)) }
    for alternative in Alternative.allCases {
      let test = try WestfallYoungTest(
        control: arms[0], treatments: Array(arms[1...]), alternative: alternative, shuffles: 500)
      #expect(test.hypotheses.count == 9)
      for hypothesis in test.hypotheses {
        #expect(hypothesis.rawPValue <= hypothesis.stepDownPValue)
        #expect(hypothesis.stepDownPValue <= hypothesis.singleStepPValue)
        #expect(hypothesis.rawPValue >= 1 / 501.0 && hypothesis.singleStepPValue <= 1)
      }
    }
  }

  /// An outcome listed twice costs nothing; Bonferroni's inequality would double each p-value.
  @Test func copiesOfAnOutcomeCostNothing() throws {
    let arms = (0..<2).map {
      Self.rows(20, shift: Double($0), stream: 20 + UInt64($0)).map { [$0[0]] }
    }
    let copies = arms.map { $0.map { [$0[0], $0[0], $0[0]] } }
    let one = try WestfallYoungTest(control: arms[0], treatments: [arms[1]], shuffles: 999)
    let three = try WestfallYoungTest(control: copies[0], treatments: [copies[1]], shuffles: 999)
    #expect(three.hypotheses.allSatisfy { $0.singleStepPValue == one.hypotheses[0].rawPValue })
  }

  @Test func outcomesThatDoNotVarySayNothing() throws {
    let control = [[0.1, 1.0], [0.1, 2], [0.1, 4]]
    let treatment = [[0.1, 5.0], [0.1, 7], [0.1, 9], [0.1, 6]]
    let test = try WestfallYoungTest(control: control, treatments: [treatment])
    #expect(test.deals == 35)
    #expect(test.hypotheses[0].t == 0 && test.hypotheses[0].singleStepPValue == 1)
    #expect(test.hypotheses[1].stepDownPValue == 1 / 35.0)
  }

  @Test func refusesWhatHasNoAnswer() {
    let some = [[1.0], [2]]
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try WestfallYoungTest(control: some, treatments: [])
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 1, needed: 2)) {
      try WestfallYoungTest(control: some, treatments: [[[3]]])
    }
    #expect(throws: InferenceError.invalidValue(arm: 0, value: .infinity)) {
      try WestfallYoungTest(control: [[1], [.infinity]], treatments: [some])
    }
  }
}
