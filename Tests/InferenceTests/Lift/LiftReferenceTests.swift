import Inference
import Testing

/// Lift tests and intervals against the figures of other programs and of published tables.
@Suite struct LiftReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "diff_ci_newcombe_wilson"))
  func newcombe(_ item: LiftCase) throws {
    let level = try item.inputs["level"].number
    try item.expect(NewcombeInterval(level: level).difference(item.first, item.second))
  }

  @Test(arguments: try LiftCase.cases(of: "proportion_ci"))
  func wilson(_ item: LiftCase) throws {
    let wilson = WilsonInterval(level: try item.inputs["level"].number)
    try item.expect(wilson.proportion(item.tally("x", "n")), "wilson")
  }

  @Test(arguments: try LiftCase.cases(of: "two_prop_z_pooled"))
  func pooledZ(_ item: LiftCase) throws {
    let test = try PooledZTest(offer: item.first, control: item.second)
    try item.expect(test.z, "z")
    try item.expect(test.pValue(), "p")
  }

  @Test(arguments: try LiftCase.cases(of: "relative_lift_ci"))
  func relativeLift(_ item: LiftCase) throws {
    // These cases name the control first.
    let test = try LogRatioTest(offer: item.second, control: item.first)
    try item.expect(test.estimate, "lift")
    try item.expect(test.interval(level: item.inputs["level"].number), "log")
  }

  @Test(arguments: try LiftCase.cases(of: "ratio_ci_katz_log"))
  func katz(_ item: LiftCase) throws {
    let lift = try LogRatioTest(offer: item.first, control: item.second)
      .interval(level: item.inputs["level"].number)
    try item.expect(Interval(lower: 1 + lift.lower, upper: 1 + lift.upper))
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t"))
  func welch(_ item: LiftCase) throws {
    let test = try WelchTest(
      offer: Moments(item.inputs["a"].numbers), control: Moments(item.inputs["b"].numbers))
    try item.expect(test.t, "t")
    try item.expect(test.degreesOfFreedom, "df")
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(level: 0.95), "ci_a_minus_b")
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t_absolute"))
  func welchFromSums(_ item: LiftCase) throws {
    let test = try WelchTest(
      offer: item.moments("treatment"), control: item.moments("control"))
    try item.expect(test.estimate, "diff")
    try item.expect(test.standardError, "se")
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(level: item.inputs["level"].number), "ci")
  }

  @Test(arguments: try LiftCase.cases(of: "srm_chi2"))
  func sampleRatio(_ item: LiftCase) throws {
    let test = try SampleRatioTest(
      observed: item.inputs["observed"].integers, weights: item.inputs["weights"].numbers)
    try item.expect(test.chiSquared, "chi2")
    try item.expect(test.pValue, "p")
  }
}
