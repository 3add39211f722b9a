import Inference
import Testing

/// Equivalence and non-inferiority by any test that takes a null.
@Suite struct EquivalenceTests {
  static let takingNull = LiftCatalogue.proportions.filter(\.takesNull)
  let offer = Tally(successes: 212, trials: 1_000)
  let control = Tally(successes: 220, trials: 1_000)

  /// Margins about no effect, and the one on the bad side.
  private func margins(_ scale: TestDescription.Scale) -> Interval {
    switch scale {
    case .difference: Interval(lower: -0.05, upper: 0.05)
    case .relativeLift: Interval(lower: -0.2, upper: 0.25)
    case .oddsRatio, .hazardRatio: Interval(lower: 0.75, upper: 4.0 / 3)
    case .superiority: Interval(lower: 0.45, upper: 0.55)
    }
  }

  @Test func aDecisionIsThatOfTheIntervalWhereItInvertsTheTest() throws {
    for entry in Self.takingNull {
      let scale = try entry.compare(offer, control).method.scale
      let test = try entry.equivalence(offer, control, margins: margins(scale))
      guard test.againstLower.method.intervalInvertsTest else { continue }
      for alpha in [0.001, 0.01, 0.025, 0.05, 0.1] {
        let interval = test.interval(alpha: alpha)
        let isInside = test.margins.lower < interval.lower && interval.upper < test.margins.upper
        #expect((test.pValue < alpha) == isInside, "\(entry.name) at \(alpha)")
      }
    }
  }

  @Test func aBoundPastTheMarginIsAPValueBelowAlpha() throws {
    for entry in Self.takingNull {
      let scale = try entry.compare(offer, control).method.scale
      for direction in NonInferiorityTest.Direction.allCases {
        let isMore = direction == .moreIsBetter
        let margin = isMore ? margins(scale).lower : margins(scale).upper
        let test = try entry.nonInferiority(
          offer, control, margin: margin, direction: direction)
        guard test.test.method.intervalInvertsTest else { continue }
        for alpha in [0.001, 0.01, 0.025, 0.05, 0.1] {
          let bound = test.bound(alpha: alpha)
          #expect((test.pValue < alpha) == (isMore ? bound > margin : bound < margin))
        }
      }
    }
  }

  @Test func aTestWithOneNullIsRefused() throws {
    let pooled = try #require(LiftCatalogue.proportions.first { $0.name == "pooledZ" })
    #expect(throws: InferenceError.fixedNull(test: "pooledZ")) {
      try pooled.nonInferiority(offer, control, margin: -0.03)
    }
    #expect(throws: InferenceError.fixedNull(test: "pooledZ")) {
      try pooled.equivalence(offer, control, margins: Interval(lower: -0.03, upper: 0.03))
    }
  }

  @Test func swappingArmsAndDirectionChangesNothing() throws {
    let entry = try #require(LiftCatalogue.proportions.first { $0.name == "farringtonManning" })
    let forth = try entry.nonInferiority(offer, control, margin: -0.03)
    let back = try entry.nonInferiority(
      control, offer, margin: 0.03, direction: .lessIsBetter)
    #expect(forth.pValue == back.pValue)
    #expect(forth.bound() == -back.bound())
  }
}
