import Inference
import Testing

@Suite struct PermutationTests {
  static let offer = [5.1, 4.8, 5.6, 5.0, 5.4, 5.9]
  static let control = [5.3, 5.0, 5.5, 4.2, 4.6]

  /// scipy 1.17.1: permutation_test of the difference of means, all 462 choices.
  @Test func everyChoiceIsCounted() throws {
    let test = try PermutationTest(offer: Self.offer, control: Self.control)
    #expect(test.counting == .enumerated(choices: 462))
    #expect(abs(test.pValue(.greater) - 54.0 / 462) < 1e-15)
    #expect(abs(test.pValue(.less) - 417.0 / 462) < 1e-15)
  }

  @Test func randomChoicesApproachAllOfThem() throws {
    let all = try PermutationTest(offer: Self.offer, control: Self.control)
    let some = try PermutationTest(
      offer: Self.offer, control: Self.control, resamples: 461, seed: 5)
    #expect(some.counting == .sampled(choices: 461))
    // Within four standard errors of a share of 461.
    let share = all.pValue(.greater)
    #expect(abs(some.pValue(.greater) - share) < 4 * (share * (1 - share) / 461).squareRoot())
    let again = try PermutationTest(
      offer: Self.offer, control: Self.control, resamples: 461, seed: 5)
    #expect(again.pValue() == some.pValue())
  }

  @Test func shiftsAreRejectedExactlyOutsideTheInterval() throws {
    let test = try PermutationTest(offer: Self.offer, control: Self.control)
    let interval = test.interval(level: 0.9)
    for (null, isInside) in [
      (interval.lower, true), (interval.lower - 1e-9, false), (interval.upper, true),
      (interval.upper + 1e-9, false),
    ] {
      let moved = try PermutationTest(offer: Self.offer, control: Self.control, null: null)
      #expect((moved.pValue() > 0.1) == isInside)
    }
  }

  @Test func aPValueIsNeverZero() throws {
    let test = try PermutationTest(
      offer: (0..<50).map { 100 + Double($0) }, control: (0..<50).map(Double.init), resamples: 99)
    #expect(test.pValue(.greater) == 0.01)
    #expect(test.interval(level: 0.95).lower > 0)
  }

  @Test func oneSessionAnArmHasTwoChoices() throws {
    let test = try PermutationTest(offer: [2.5], control: [1])
    #expect(test.pValue(.greater) == 0.5)
    #expect(test.interval() == Interval(lower: -.infinity, upper: .infinity))
  }
}
