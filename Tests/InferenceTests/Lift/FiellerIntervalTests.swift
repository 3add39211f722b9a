import Inference
import Testing

/// Fieller's set in each of its shapes.
@Suite struct FiellerIntervalTests {
  private func set(
    _ a: Double, _ b: Double, _ va: Double, _ vb: Double, _ c: Double = 0, z: Double = 2
  ) -> FiellerInterval {
    FiellerInterval(
      numerator: a, denominator: b, numeratorVariance: va, denominatorVariance: vb, covariance: c,
      critical: z)
  }

  @Test func aClearDenominatorGivesAnInterval() throws {
    // 3ρ² − 12ρ + 8 ≤ 0, whose roots are (6 ± √12)/3.
    let interval = try #require(set(3, 2, 0.25, 0.25).interval)
    #expect(abs(interval.lower - (6 - 12.0.squareRoot()) / 3) < 1e-15)
    #expect(abs(interval.upper - (6 + 12.0.squareRoot()) / 3) < 1e-15)
  }

  @Test func aDenominatorCloseToZeroGivesTwoRays() {
    // −3ρ² − 6ρ + 5 ≤ 0 with a = 3, b = 1, v_a = v_b = 1: the roots are −1 ± √(8/3).
    guard case .complement(let gap) = set(3, 1, 1, 1) else {
      Issue.record("the set is the line without an interval")
      return
    }
    #expect(abs(gap.lower + 1 + (8.0 / 3).squareRoot()) < 1e-15)
    #expect(abs(gap.upper + 1 - (8.0 / 3).squareRoot()) < 1e-15)
    let set = set(3, 1, 1, 1)
    #expect(set.contains(3) && set.contains(-3) && !set.contains(0))
    // Of ratios no less than −2 only one ray is left.
    #expect(set.hull(from: -2) == Interval(lower: gap.upper, upper: .infinity))
    #expect(set.hull() == Interval(lower: -.infinity, upper: .infinity))
    #expect(set.interval == nil)
  }

  @Test func nothingKnownGivesTheWholeLine() {
    #expect(set(0.5, 0.5, 1, 1) == .wholeLine)
    #expect(set(0, 0, 1, 1) == .wholeLine)
    #expect(set(0.5, 0.5, 1, 1).hull(from: -1) == Interval(lower: -1, upper: .infinity))
    #expect(set(0.5, 0.5, 1, 1).contains(1e9))
  }

  @Test func theBorderOfBoundednessIsARay() {
    // b² = z² v_b leaves no square: −12ρ + 8 ≤ 0.
    #expect(set(3, 2, 0.25, 1) == .bounded(Interval(lower: 8.0 / 12, upper: .infinity)))
    #expect(set(-3, 2, 0.25, 1) == .bounded(Interval(lower: -.infinity, upper: -8.0 / 12)))
  }

  @Test func withoutVarianceItIsThePoint() {
    #expect(set(3, 2, 0, 0) == .bounded(Interval(lower: 1.5, upper: 1.5)))
  }

  @Test func theSetHoldsExactlyTheRatiosNotRejected() {
    for a in stride(from: -3.0, through: 3, by: 0.75) {
      for b in stride(from: -3.0, through: 3, by: 0.75) {
        for c in [-0.7, 0, 0.4] {
          let set = set(a, b, 1.1, 0.9, c, z: 1.6)
          for ratio in stride(from: -9.97, through: 10, by: 0.31) {
            let deviation = a - ratio * b
            let variance = 1.1 - 2 * ratio * c + ratio * ratio * 0.9
            #expect(set.contains(ratio) == (deviation * deviation <= 2.56 * variance))
          }
          #expect(b == 0 || set.contains(a / b))
        }
      }
    }
  }

  @Test func aSmallLiftKeepsItsDigits() throws {
    // A lift of 1e-9 ± 2e-12: asked for as a difference over the baseline nothing cancels.
    let set = set(1e-10, 0.1, 2e-26, 1e-26, -1e-26, z: 1)
    let interval = try #require(set.interval)
    #expect(abs(interval.lower / (1e-9 - 2.0.squareRoot() * 1e-12) - 1) < 1e-12)
    #expect(abs(interval.upper / (1e-9 + 2.0.squareRoot() * 1e-12) - 1) < 1e-12)
  }
}
