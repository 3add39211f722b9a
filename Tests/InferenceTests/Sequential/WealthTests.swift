import Foundation
import Inference
import Probability
import Testing

/// Wald's test, e-values, bets and planning figures.
@Suite struct WealthTests {
  @Test(arguments: try LiftCase.cases(of: "sprt_bounds"))
  func waldBounds(_ item: LiftCase) throws {
    let bounds = WaldBounds(
      alpha: try item.inputs["alpha"].number, beta: try item.inputs["beta"].number)
    try item.expect(bounds.logUpper, "log_A")
    try item.expect(bounds.logLower, "log_B")
  }

  @Test func aBinomialSequence() {
    let test = BinomialSPRT(null: 0.2, alternative: 0.3)
    let ratio = 40 * log(1.5) + 60 * log(0.7 / 0.8)
    let tally = Tally(successes: 40, trials: 100)
    #expect(abs(test.logLikelihoodRatio(tally) - ratio) < 1e-13)
    #expect(test.decision(tally) == .alternative)
    #expect(test.decision(Tally(successes: 10, trials: 100)) == .null)
    #expect(test.decision(Tally(successes: 25, trials: 100)) == .goOn)
    let region = test.continuation(trials: 100)
    #expect(region.lower < 25 && 25 < region.upper && region.upper < 40)
    // The errors are met, in Wald's approximation, at the two hypotheses.
    #expect(abs(test.acceptance(at: 0.2) - 0.05) < 1e-10)
    #expect(abs(test.acceptance(at: 0.3) - 0.8) < 1e-10)
    let middle = -log(0.7 / 0.8) / (log(1.5) - log(0.7 / 0.8))
    #expect(abs(test.acceptance(at: middle) - test.acceptance(at: middle + 1e-7)) < 1e-4)
    #expect(
      abs(test.expectedTrials(at: middle) / test.expectedTrials(at: middle + 1e-6) - 1) < 1e-3)
    var before = 0.0
    for p in stride(from: 0.01, through: 0.99, by: 0.01) {
      #expect(test.acceptance(at: p) >= before && test.expectedTrials(at: p) > 0)
      before = test.acceptance(at: p)
    }
  }

  /// The mean of a calibrated p-value over its law under the null is 1.
  @Test func calibratorsAreEValues() {
    let rule = AdaptiveQuadrature()
    for exponent in [0.1, 0.5, 0.9] {
      // p = exp(−x).
      let mean = rule.integrate(over: [0, 1, 10, 100, 700]) { x in
        exp(EValue(pValue: exp(-x), exponent: exponent).log - x)
      }
      #expect(abs(mean.value - 1) < 1e-9)
    }
    // With p = exp(−x) the averaged one is (eˣ − 1 − x)/x², and falls off as 1/x².
    for x in [1e-12, 1e-3, 0.3, 0.49999, 0.50001, 2, 40, 600] {
      let own = EValue(averagingOverExponentsOf: exp(-x)).log
      let mean = rule.integrate(over: [0, 0.5, 1]) { k in k * exp(x * (1 - k) - x) }
      #expect(abs(own - x - log(mean.value)) < 1e-9 * max(1, x))
    }
    #expect(EValue(pValue: 0).log == .infinity)
    #expect(EValue(averagingOverExponentsOf: 0).pValue == 0)
    #expect(abs(EValue(averagingOverExponentsOf: 1).value - 0.5) < 1e-15)
  }

  @Test func eValuesMultiplyAndAverage() {
    let some = [EValue(pValue: 0.001), EValue(pValue: 0.3), EValue(pValue: 0.9)]
    let product = some.reduce(1) { $0 * $1.value }
    let sum = some.reduce(0) { $0 + $1.value }
    #expect(abs(EValue.product(some).value / product - 1) < 1e-13)
    #expect(abs(EValue.mean(some).value / (sum / 3) - 1) < 1e-13)
    let huge = EValue(logLikelihoodRatio: 2_000)
    #expect(abs(EValue.mean([huge, huge]).log - 2_000) < 1e-12)
  }

  /// Wang and Ramdas: reject the k greatest, with k the last for which k e₍ₖ₎ ≥ m/α.
  @Test func theStepUpProcedureOfEValues() {
    let values = [100.0, 3, 50, 0.1, 30, 26, 70]
    let adjusted = EValue.benjaminiHochberg(
      values.map { EValue(logLikelihoodRatio: log($0)) } + [nil])
    for alpha in [0.01, 0.05, 0.06, 0.1, 0.2, 0.5] {
      let sorted = values.sorted(by: >)
      let count = sorted.indices.last { Double($0 + 1) * sorted[$0] >= 7 / alpha * (1 - 1e-12) }
      let rejected = adjusted.count { $0.map { $0 <= alpha * (1 + 1e-12) } ?? false }
      #expect(rejected == count.map { $0 + 1 } ?? 0)
    }
    #expect(adjusted.last == .some(nil))
  }

  @Test func bettingAgainstACoarseGrid() {
    var rng = Philox(StreamKey(seed: 4, purpose: .world))
    var sequence = BettingConfidenceSequence()
    #expect(sequence.interval == Interval(lower: 0, upper: 1))
    var last = Interval(lower: 0, upper: 1)
    for count in 1...400 {
      let u = rng.uniform()
      sequence.add(u * u)
      guard count % 100 == 0 else { continue }
      let interval = sequence.interval
      // A candidate is outside exactly where one of the gamblers has 2/α.
      for step in 1..<50 {
        let m = Double(step) / 50
        let wealth = sequence.logEValue(against: m)
        if interval.contains(m) {
          #expect(wealth < log(2 / 0.05) + 1e-9)
        } else {
          #expect(wealth > log(1 / 0.05) - 1e-9)
        }
      }
      #expect(interval.contains(1.0 / 3))
      last = interval
    }
    #expect(last.width < 0.2)
  }

  /// Mirrored outcomes have the mirrored interval, and a wider range a wider one.
  @Test func bettingKnowsNoUnit() {
    var plain = BettingConfidenceSequence()
    var mirrored = BettingConfidenceSequence()
    var scaled = BettingConfidenceSequence(range: -5...15)
    for index in 0..<300 {
      let x = Double(index * 7 % 11) / 11
      plain.add(x)
      mirrored.add(1 - x)
      scaled.add(-5 + 20 * x)
    }
    let (own, other, wide) = (plain.interval, mirrored.interval, scaled.interval)
    #expect(abs(own.lower - (1 - other.upper)) < 1e-12)
    #expect(abs(own.upper - (1 - other.lower)) < 1e-12)
    #expect(abs(wide.lower - (-5 + 20 * own.lower)) < 1e-11)
    #expect(abs(wide.upper - (-5 + 20 * own.upper)) < 1e-11)
  }

  @Test(arguments: [0.0, 1])
  func bettingOnOutcomesThatNeverVary(_ value: Double) {
    var sequence = BettingConfidenceSequence()
    for _ in 0..<2_000 { sequence.add(value) }
    let interval = sequence.interval
    #expect(interval.contains(value) && interval.width < 0.05)
  }

  @Test(arguments: try LiftCase.cases(of: "additional_sample_scaling_factor"))
  func additionalSample(_ item: LiftCase) throws {
    let effect = try EffectEstimate(
      liftOf: item.moments("treatment"), over: item.moments("control"))
    let rule: AdditionalSample.Rule
    switch item.inputs["engine"] {
    case .string("sequential"):
      rule = .alwaysValid(tunedFor: try item.inputs["N_star"].number, tuning: .approximate)
    case .string("bayes") where item.inputs["prior"] != .null:
      let prior = item.inputs["prior"]
      rule = .normalPrior(mean: try prior["mean"].number, variance: try prior["var"].number)
    default: rule = .fixed
    }
    let question = AdditionalSample(effect, alpha: try item.inputs["alpha"].number, rule: rule)
    let target = try item.inputs["target_mde"].number
    let factor = try #require(question.factor(toFind: target, power: item.inputs["power"].number))
    // GrowthBook bisects until the power is within 1e-5; this is the root itself.
    let reported = try item.expected["scaling_factor"].number
    #expect(abs(factor - reported) < 4e-4)
    #expect(abs(question.power(toFind: target, after: reported) - 0.8) < 1e-5)
  }
}
