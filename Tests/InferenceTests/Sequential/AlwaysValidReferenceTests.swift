import Foundation
import Inference
import Probability
import Testing

/// One boundary under its many names.
@Suite struct AlwaysValidReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "msprt_normal"))
  func mixtureRatio(_ item: LiftCase) throws {
    let effect = EffectEstimate(
      try item.inputs["estimate"].number,
      standardError: try item.inputs["variance"].number.squareRoot(), sessions: 1)
    let test = AlwaysValidTest(
      effect, mixingDeviation: try item.inputs["tau2"].number.squareRoot())
    try item.expect(exp(test.logEValue), "mixture_lr")
    try item.expect(test.pValue(), "p_one_look")
    let alpha = try item.inputs["alpha"].number
    try item.expect(test.interval(level: 1 - alpha).width / 2, "cs_halfwidth")
  }

  @Test(arguments: try LiftCase.cases(of: "gavi_multiplier"))
  func gavi(_ item: LiftCase) throws {
    let planned = try item.inputs["N_tune"].number
    let alpha = try item.inputs["alpha"].number
    let effect = EffectEstimate(0, standardError: 1, sessions: try item.inputs["t"].number)
    let test = AlwaysValidTest(effect, tunedFor: planned, tuning: .approximate)
    try item.expect(test.multiplier(alpha: alpha), "B")
    let mixture = NormalMixture(tunedFor: planned, alpha: alpha, tuning: .approximate)
    try item.expect(mixture.rho, "rho")
  }

  @Test(arguments: try LiftCase.cases(of: "asymptotic_cs_halfwidth"))
  func asymptotic(_ item: LiftCase) throws {
    let planned = try item.inputs["N_star"].number
    let alpha = try item.inputs["alpha"].number
    let effect = EffectEstimate(
      0, standardError: try item.inputs["se"].number, sessions: try item.inputs["n"].number)
    let test = AlwaysValidTest(effect, tunedFor: planned, tuning: .approximate)
    try item.expect(test.interval(level: 1 - alpha).upper, "halfwidth")
    try item.expect(test.multiplier(alpha: alpha), "multiplier")
    // GrowthBook's ρ is the square root of the reciprocal of ours.
    let mixture = NormalMixture(tunedFor: planned, alpha: alpha, tuning: .approximate)
    try item.expect(1 / mixture.rho.squareRoot(), "rho")
  }

  /// Statsig puts α/2 where the two-sided mixture has α.
  @Test(arguments: try LiftCase.cases(of: "statsig_sequential_z"))
  func statsig(_ item: LiftCase) throws {
    let (vt, vc) = (try item.inputs["var_t"].number, try item.inputs["var_c"].number)
    let (nt, nc) = (try item.inputs["n_t"].number, try item.inputs["n_c"].number)
    let alpha = try item.inputs["alpha"].number
    let variance = vt / nt + vc / nc
    let z = StandardNormal.upperQuantile(alpha / 2)
    let tau = z * z * (vt + vc) / (nt + nc)
    let effect = EffectEstimate(0, standardError: variance.squareRoot(), sessions: nt + nc)
    let test = AlwaysValidTest(effect, mixingDeviation: tau.squareRoot())
    try item.expect(test.multiplier(alpha: alpha / 2), "z_star")
    try item.expect(variance, "V")
    try item.expect(tau, "tau")
  }

  @Test(arguments: try LiftCase.cases(of: "asymptotic_cs_relative"))
  func relativeLift(_ item: LiftCase) throws {
    func tally(_ arm: JSONValue) throws -> Tally {
      Tally(successes: try arm["x"].integer, trials: try arm["n"].integer)
    }
    let effect = try EffectEstimate(
      liftOf: tally(item.inputs["treatment"]), over: tally(item.inputs["control"]))
    let test = AlwaysValidTest(
      effect, tunedFor: try item.inputs["N_star"].number, tuning: .approximate)
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    try item.expect(test.interval(level: 1 - (try item.inputs["alpha"].number)), "ci")
    try item.expect(test.pValue(), "p")
  }

  /// GrowthBook adjusts both arms by one pooled slope and takes the lift by the delta method.
  @Test(arguments: try LiftCase.cases(of: "asymptotic_cs_relative_cuped"))
  func relativeLiftAfterAdjustment(_ item: LiftCase) throws {
    struct Arm {
      let n, mean, before, variance, varianceBefore, covariance: Double
      init(_ arm: JSONValue) throws {
        n = try arm["post"]["n"].number
        let (sum, sumBefore) = (try arm["post"]["sum"].number, try arm["pre"]["sum"].number)
        mean = sum / n
        before = sumBefore / n
        variance = (try arm["post"]["sum_squares"].number - sum * mean) / (n - 1)
        varianceBefore = (try arm["pre"]["sum_squares"].number - sumBefore * before) / (n - 1)
        covariance = (try arm["sum_products"].number - sum * before) / (n - 1)
      }
    }
    let (control, offer) = (try Arm(item.inputs["control"]), try Arm(item.inputs["treatment"]))
    let slope =
      (control.covariance + offer.covariance) / (control.varianceBefore + offer.varianceBefore)
    let ratio = offer.mean / control.mean
    /// The variance of an arm's part of the lift: the mean's derivative, and the covariate's slope.
    func variance(_ arm: Arm, derivative: Double) -> Double {
      let adjusted =
        derivative * derivative * arm.variance + slope * slope * arm.varianceBefore
        - 2 * derivative * slope * arm.covariance
      return adjusted / (arm.n * control.mean * control.mean)
    }
    let difference = (offer.mean - slope * offer.before) - (control.mean - slope * control.before)
    let variance = variance(offer, derivative: 1) + variance(control, derivative: ratio)
    let effect = EffectEstimate(
      difference / control.mean, standardError: variance.squareRoot(),
      sessions: control.n + offer.n, scale: .relativeLift)
    let test = AlwaysValidTest(
      effect, tunedFor: try item.inputs["N_star"].number, tuning: .approximate)
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    try item.expect(test.interval(), "ci")
    try item.expect(test.pValue(), "p")
  }

  @Test(arguments: try LiftCase.cases(of: "asymptotic_cs_one_sided_abs"))
  func oneSided(_ item: LiftCase) throws {
    let (offer, control) = (try item.moments("treatment"), try item.moments("control"))
    let test = try AlwaysValidTest(offer: offer, control: control)
    try item.expect(test.estimate, "diff")
    try item.expect(test.standardError, "se")
    let alpha = try item.inputs["alpha"].number
    let mixture = NormalMixture(
      tunedFor: try item.inputs["N_star"].number, alpha: alpha, sides: .one, tuning: .approximate)
    let n = Double(offer.count + control.count)
    let margin =
      mixture.closedFormOneSidedBound(variance: n, alpha: alpha) * test.standardError
      / n.squareRoot()
    try item.expect(test.estimate - margin, "ci_lower")
    try item.expect(test.estimate + margin, "ci_upper")
    // The α at which the lower limit is zero, in closed form. GrowthBook's p_greater is the last
    // bisection's midpoint, half a step from where it converged, so it is off in the fourth decimal.
    let ratio = n / mixture.rho
    let square = test.z * test.z * ratio / (1 + ratio)
    let p = (1 + ratio).squareRoot() / (2 * expm1(square / 2))
    #expect(abs(p - 0.46304735779462625) < 1e-12)
    #expect(
      abs(mixture.closedFormOneSidedBound(variance: n, alpha: p) / n.squareRoot() - test.z) < 1e-10)
    #expect(abs(p - (try item.expected["p_greater"].number)) < 2e-4)
    // The exact half-normal mixture says more.
    #expect(mixture.pValue(sum: test.z * n.squareRoot(), variance: n) < p)
  }
}
