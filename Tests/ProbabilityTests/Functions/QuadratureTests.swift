import Foundation
import Probability
import TestSupport
import Testing

struct QuadratureTests {
  @Test(arguments: [1, 2, 7, 20, 63, 150, 300])
  func hermiteRulesKnowTheMoments(count: Int) {
    let rule = GaussHermite(count: count)
    var moment = 1.0
    for degree in 0..<min(count, 12) {
      // E Z²ᵈ = (2d − 1)!!.
      if degree > 0 { moment *= Double(2 * degree - 1) }
      let computed = rule.expectation { pow($0, Double(2 * degree)) }
      #expect(relativeError(computed, moment) < 2e-13)
    }
    // E cos Z = e^(−1/2).
    if count >= 20 { #expect(relativeError(rule.expectation(cos), exp(-0.5)) < 1e-13) }
  }

  @Test func adaptiveQuadratureMeetsClosedForms() {
    let rule = AdaptiveQuadrature()
    let cases: [(Double, Double, @Sendable (Double) -> Double, Double)] = [
      (0, 1, { $0.squareRoot() }, 2.0 / 3), (0, 1, { log($0) }, -1),
      (-.infinity, .infinity, { exp(-$0 * $0) }, Double.pi.squareRoot()),
      (0, .infinity, { 1 / (1 + $0 * $0) }, .pi / 2), (1, .infinity, { exp(-$0) }, exp(-1)),
      (0, 1, { 1 / (1e-6 + ($0 - 0.3) * ($0 - 0.3)) }, 1e3 * (atan(700) + atan(300))),
    ]
    for (lower, upper, function, expected) in cases {
      let estimate = rule.integrate(from: lower, to: upper, function)
      #expect(relativeError(estimate.value, expected) < 1e-13)
    }
  }

  @Test func anInfiniteIntegralIsNotConverged() {
    #expect(!AdaptiveQuadrature().integrate(from: 0, to: 1) { 1 / $0 }.isConverged)
  }

  @Test func rootsAreFoundToTheLastDigits() {
    let cases: [(Double, Double, @Sendable (Double) -> Double, Double)] = [
      (0, 2, { cos($0) }, .pi / 2), (-1, 3, { $0 * $0 * $0 - 2 }, cbrt(2)),
      (1e-300, 1, { log($0) + 100 }, exp(-100)), (0, 1, { $0 - 0x1p-30 }, 0x1p-30),
      (2, -1, { pow($0 - 1, 9) }, 1),
    ]
    for (lower, upper, function, expected) in cases {
      let root = findRoot(from: lower, to: upper, of: function)
      #expect(relativeError(root ?? .infinity, expected) < 3e-15)
    }
    #expect(findRoot(from: 1, to: 2) { $0 } == nil)
  }

  @Test func minimaAreFound() {
    let smooth = findMinimum(from: -3, to: 8) { cosh($0 - 2) }
    #expect(abs(smooth.point - 2) < 1e-7 && relativeError(smooth.value, 1) < 1e-14)
    #expect(abs(findMinimum(from: 0, to: 1) { $0 }.point) < 1e-7)
    #expect(abs(findMinimum(from: -1, to: 4) { abs($0 - 0.3) }.point - 0.3) < 1e-7)
  }

  @Test func logarithmsOfSumsAndComplements() {
    #expect(logSumExp([1e4, 1e4]) == 1e4 + log(2))
    #expect(relativeError(logSumExp([0, log(1e-20)]), 1e-20) < 1e-14)
    #expect(logSumExp([]) == -.infinity && logSumExp([-.infinity]) == -.infinity)
    // mpmath 1.3.0 at 40 digits.
    #expect(relativeError(logOneMinusExp(-1e-20), -46.05170185988091) < 1e-15)
    #expect(relativeError(logOneMinusExp(-50), -1.9287498479639178e-22) < 1e-15)
    #expect(relativeError(logOnePlusExp(-50), 1.9287498479639178e-22) < 1e-15)
    #expect(logOnePlusExp(1e4) == 1e4)
  }
}
