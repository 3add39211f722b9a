import Inference
import Testing

/// Lift tests and intervals against the figures of other programs and of published tables.
@Suite struct LiftReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "diff_ci_newcombe_wilson"))
  func newcombe(_ item: LiftCase) throws {
    let interval = NewcombeInterval(level: try #require(item.inputs.level))
      .difference(item.first, item.second)
    #expect(item.tolerance.admits(interval.lower, try #require(item.expected.lower)))
    #expect(item.tolerance.admits(interval.upper, try #require(item.expected.upper)))
  }

  @Test(arguments: try LiftCase.cases(of: "proportion_ci"))
  func wilson(_ item: LiftCase) throws {
    let tally = Tally(
      successes: try #require(item.inputs.x), trials: try #require(item.inputs.n))
    let interval = WilsonInterval(level: try #require(item.inputs.level)).proportion(tally)
    let ends = try #require(item.expected.wilson)
    #expect(item.tolerance.admits(interval.lower, ends[0]))
    #expect(item.tolerance.admits(interval.upper, ends[1]))
  }

  @Test(arguments: try LiftCase.cases(of: "two_prop_z_pooled"))
  func pooledZ(_ item: LiftCase) throws {
    let test = try PooledZTest(offer: item.first, control: item.second)
    #expect(item.tolerance.admits(test.z, try #require(item.expected.z)))
    #expect(item.tolerance.admits(test.pValue(), try #require(item.expected.p)))
  }

  @Test(arguments: try LiftCase.cases(of: "relative_lift_ci"))
  func relativeLift(_ item: LiftCase) throws {
    // These cases name the control first.
    let test = try LogRatioTest(offer: item.second, control: item.first)
    let interval = test.interval(level: try #require(item.inputs.level))
    let ends = try #require(item.expected.log)
    #expect(item.tolerance.admits(test.estimate, try #require(item.expected.lift)))
    #expect(item.tolerance.admits(interval.lower, ends[0]))
    #expect(item.tolerance.admits(interval.upper, ends[1]))
  }

  @Test(arguments: try LiftCase.cases(of: "ratio_ci_katz_log"))
  func katz(_ item: LiftCase) throws {
    let interval = try LogRatioTest(offer: item.first, control: item.second)
      .interval(level: try #require(item.inputs.level))
    #expect(
      abs(1 + interval.lower - (try #require(item.expected.lower)))
        <= (try #require(item.tolerance.lower)))
    #expect(
      abs(1 + interval.upper - (try #require(item.expected.upper)))
        <= (try #require(item.tolerance.upper)))
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t"))
  func welch(_ item: LiftCase) throws {
    let test = try WelchTest(
      offer: Moments(try #require(item.inputs.a)), control: Moments(try #require(item.inputs.b)))
    let interval = test.interval(level: 0.95)
    let ends = try #require(item.expected.ci_a_minus_b)
    #expect(item.tolerance.admits(test.t, try #require(item.expected.t)))
    #expect(item.tolerance.admits(test.degreesOfFreedom, try #require(item.expected.df)))
    #expect(item.tolerance.admits(test.pValue(), try #require(item.expected.p)))
    #expect(item.tolerance.admits(interval.lower, ends[0]))
    #expect(item.tolerance.admits(interval.upper, ends[1]))
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t_absolute"))
  func welchFromSums(_ item: LiftCase) throws {
    let test = try WelchTest(
      offer: try #require(item.inputs.treatment).moments,
      control: try #require(item.inputs.control).moments)
    let interval = test.interval(level: try #require(item.inputs.level))
    let ends = try #require(item.expected.ci)
    #expect(item.tolerance.admits(test.estimate, try #require(item.expected.diff)))
    #expect(item.tolerance.admits(test.standardError, try #require(item.expected.se)))
    #expect(item.tolerance.admits(test.pValue(), try #require(item.expected.p)))
    #expect(item.tolerance.admits(interval.lower, ends[0]))
    #expect(item.tolerance.admits(interval.upper, ends[1]))
  }

  @Test(arguments: try LiftCase.cases(of: "srm_chi2"))
  func sampleRatio(_ item: LiftCase) throws {
    let test = try SampleRatioTest(
      observed: try #require(item.inputs.observed), weights: try #require(item.inputs.weights))
    #expect(item.tolerance.admits(test.chiSquared, try #require(item.expected.chi2)))
    #expect(item.tolerance.admits(test.pValue, try #require(item.expected.p)))
  }

  @Test(arguments: try LiftCase.cases(of: "p_adjust"))
  func adjustedPValues(_ item: LiftCase) throws {
    let p = try #require(item.inputs.p)
    for (method, expected) in [
      (Multiplicity.holm, item.expected.holm), (.benjaminiHochberg, item.expected.BH),
    ] {
      guard let expected else { continue }
      for (computed, wanted) in zip(method.adjust(p), expected) {
        #expect((computed == nil) == (wanted == nil))
        if let computed, let wanted { #expect(item.tolerance.admits(computed, wanted)) }
      }
    }
  }
}
