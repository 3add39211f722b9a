import Inference
import Probability
import Testing

/// Size and coverage by enumeration of every table, without simulation.
@Suite struct ExactCalibrationTests {
  /// The probability of the tables for which something holds.
  private func probability(
    _ n1: Int, _ n0: Int, _ p1: Double, _ p0: Double, that holds: (Tally, Tally) -> Bool
  ) -> Double {
    let offers = BinomialDistribution(trials: n1, probability: p1)
    let controls = BinomialDistribution(trials: n0, probability: p0)
    let masses = (0...n0).map(controls.mass)
    var total = 0.0
    for x1 in 0...n1 {
      let mass = offers.mass(x1)
      let offer = Tally(successes: x1, trials: n1)
      for x0 in 0...n0 where holds(offer, Tally(successes: x0, trials: n0)) {
        total += mass * masses[x0]
      }
    }
    return total
  }

  // Coverage of the true difference at 95 %, by enumeration in NumPy with the intervals of statsmodels
  // 0.15.0 (confint_proportions_2indep: newcomb, wald, agresti-caffo) and, for Miettinen and Nurminen,
  // with the constrained proportions found by bisection, as statsmodels' own are wrong (its issue 10269).
  @Test(arguments: [
    (10, 10, 0.5, 0.5, 0.957809, 0.911690, 0.957809, 0.957809),
    (30, 30, 0.2, 0.1, 0.963073, 0.942473, 0.962204, 0.951877),
    (50, 20, 0.05, 0.3, 0.954112, 0.924212, 0.950929, 0.950944),
    (10, 40, 0.9, 0.7, 0.959274, 0.885439, 0.980601, 0.965923),
  ])
  func coverage(
    _ n1: Int, _ n0: Int, _ p1: Double, _ p0: Double, _ newcombe: Double, _ wald: Double,
    _ agrestiCaffo: Double, _ miettinenNurminen: Double
  ) {
    let difference = p1 - p0
    func covered(_ interval: (Tally, Tally) -> Interval) -> Double {
      probability(n1, n0, p1, p0) { interval($0, $1).contains(difference) }
    }
    #expect(abs(covered(NewcombeInterval().difference) - newcombe) < 5.1e-7)
    #expect(abs(covered(AgrestiCaffoInterval().difference) - agrestiCaffo) < 5.1e-7)
    let score = probability(n1, n0, p1, p0) {
      let test = try? ScoreDifferenceTest(offer: $0, control: $1)
      return test?.interval().contains(difference) ?? false
    }
    #expect(abs(score - miettinenNurminen) < 5.1e-7)
    #expect(min(newcombe, agrestiCaffo, miettinenNurminen) >= 0.95)
    // The positive control: Wald's interval covers too little, and the enumeration sees it.
    let control = covered(WaldInterval().difference)
    #expect(abs(control - wald) < 5.1e-7)
    #expect(control < 0.945)
  }

  // Size of the two-sided test at 5 % with n sessions an arm, by enumeration in NumPy with the p-values
  // of SciPy 1.17.1 (chi2_contingency, corrected; log-likelihood) and of the unpooled z.
  @Test(arguments: [
    (50, 0.1, 0.017862, 0.060828, 0.059411), (30, 0.3, 0.026128, 0.058332, 0.058331),
  ])
  func size(_ n: Int, _ p: Double, _ yates: Double, _ g: Double, _ unpooled: Double) {
    func size(_ pValue: (Tally, Tally) throws -> Double) -> Double {
      probability(n, n, p, p) { (try? pValue($0, $1)).map { $0 < 0.05 } ?? false }
    }
    let corrected = size { try PooledZTest(offer: $0, control: $1, correction: .yates).pValue() }
    #expect(abs(corrected - yates) < 5.1e-7)
    let ratio = size { try LikelihoodRatioTest(offer: $0, control: $1).pValue() }
    #expect(abs(ratio - g) < 5.1e-7)
    // The positive control: the unpooled test rejects too often.
    let control = size { try UnpooledZTest(offer: $0, control: $1).pValue() }
    #expect(abs(control - unpooled) < 5.1e-7)
    #expect(control > 0.055)
  }

  /// Farrington and Manning's test holds its level at the margin, which the pooled z, whose null is
  /// equality, could not be asked about.
  @Test func sizeAtAMargin() throws {
    let (margin, level) = (-0.1, 0.025)
    let size = probability(100, 100, 0.6, 0.7) {
      let test = try? ScoreDifferenceTest(
        offer: $0, control: $1, null: margin, variance: .plain)
      return (test?.pValue(.greater) ?? 1) < level
    }
    #expect(0.02 < size && size < 0.03)
  }
}
