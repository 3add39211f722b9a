import Inference
import TestSupport
import Testing

@Suite struct PooledZTests {
  // z and P(|Z| ≥ |z|) by mpmath 1.3.0 at 50 digits.
  @Test(arguments: [
    (1_585, 2_000, 415, 2_000, 36.998648623970038184, 1.2038694130293609832e-299),
    (600, 1_000, 400, 1_000, 8.9442719099991587856, 3.7440973842028987636e-19),
    (5, 83, 12, 99, -1.4078304151258783889, 0.15918129181157001572),
  ])
  func farTailsKeepTheirDigits(
    _ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int, _ z: Double, _ p: Double
  ) throws {
    let test = try PooledZTest(
      offer: Tally(successes: x1, trials: n1), control: Tally(successes: x0, trials: n0))
    #expect(relativeError(test.z, z) < 4e-16)
    // A last-place error of z is magnified z² times in the tail.
    #expect(relativeError(test.pValue(.twoSided), p) < 4e-16 * (2 + z * z))
    #expect(test.pValue(z > 0 ? .greater : .less) == test.pValue(.twoSided) / 2)
  }

  // Exact size of the two-sided test at 5 % with 200 sessions an arm, by enumeration of all pairs
  // of counts; the figures to four digits are NumPy 2.4.6's.
  @Test(arguments: [
    (50, 0.1, 0.0506), (200, 0.01, 0.0405), (200, 0.05, 0.0481), (200, 0.1, 0.0482),
    (200, 0.3, 0.0502), (200, 0.5, 0.0510),
  ])
  func exactSize(_ n: Int, _ p: Double, _ size: Double) throws {
    var mass = [Double](repeating: 0, count: n + 1)
    for x in 0...n { mass[x] = binomialMass(x, n, p) }
    var rejected = 0.0
    for x1 in 0...n {
      for x0 in 0...n {
        let test = try? PooledZTest(
          offer: Tally(successes: x1, trials: n), control: Tally(successes: x0, trials: n))
        if let test, test.pValue(.twoSided) < 0.05 { rejected += mass[x1] * mass[x0] }
      }
    }
    #expect(abs(rejected - size) < 5.1e-5)
  }

  @Test func theSquareIsPearsonsChiSquared() throws {
    let test = try PooledZTest(
      offer: Tally(successes: 19, trials: 53), control: Tally(successes: 13, trials: 47))
    // Σ (o − e)²/e of the four cells, by hand.
    let e = [53 * 0.32, 53 * 0.68, 47 * 0.32, 47 * 0.68]
    let o = [19.0, 34, 13, 34]
    let chiSquared = zip(o, e).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    #expect(abs(test.z * test.z - chiSquared) < 1e-13)
  }

  @Test func proportionsThatNearlyAgreeKeepTheirDigits() throws {
    // The difference is 1/(n(n+1)), about 1e-18: both proportions round to the same double's
    // neighbourhood, their exact difference does not.
    let n = 1_000_000_000
    let test = try PooledZTest(
      offer: Tally(successes: n / 2 + 1, trials: n + 2), control: Tally(successes: n / 2, trials: n)
    )
    #expect(test.z == 0)
    let other = try PooledZTest(
      offer: Tally(successes: n / 4 + 1, trials: n + 3), control: Tally(successes: n / 4, trials: n)
    )
    #expect(abs(other.estimate / (0.25 / Double(n + 3)) - 1) < 1e-15)
  }
}

/// The binomial mass by a product of ratios, from the mode's side that keeps it in range.
private func binomialMass(_ x: Int, _ n: Int, _ p: Double) -> Double {
  var mass = 1.0
  var remaining = n - x
  for k in 0..<x {
    mass *= p * Double(n - k) / Double(x - k)
    while mass > 1, remaining > 0 {
      mass *= 1 - p
      remaining -= 1
    }
  }
  for _ in 0..<remaining { mass *= 1 - p }
  return mass
}
