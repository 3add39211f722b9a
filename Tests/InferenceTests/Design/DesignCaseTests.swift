import Inference
import Testing

/// The acceptance cases of sample size, power and detectable effect.
@Suite struct DesignCaseTests {
  /// R and gsDesign plan for one direction, at half of the two-sided error.
  private func oneSided(_ item: LiftCase) throws -> RejectionRule {
    .once(alpha: try item.inputs["alpha"].number / 2, .greater)
  }

  @Test(arguments: try LiftCase.cases(of: "power_two_prop"))
  func power(_ item: LiftCase) throws {
    let base = try item.inputs["p1"].number
    let test = PlannedProportionTest(baseRate: base, rule: try oneSided(item))
    let sizes = ArmSizes(each: try item.inputs["n_per_group"].number)
    try item.expect(test.power(sizes, effect: try item.inputs["p2"].number - base), "power")
  }

  @Test(arguments: try LiftCase.cases(of: "sample_size_two_prop"))
  func sizes(_ item: LiftCase) throws {
    let base = try item.inputs["p1"].number
    let test = PlannedProportionTest(baseRate: base, rule: try oneSided(item))
    let sizes = try test.sizes(
      effect: try item.inputs["p2"].number - base, power: try item.inputs["power"].number)
    try item.expect(sizes.control, "n_per_group")
  }

  @Test(arguments: try LiftCase.cases(of: "mde_two_prop"))
  func detectableEffect(_ item: LiftCase) throws {
    let base = try item.inputs["p1"].number
    let test = PlannedProportionTest(baseRate: base, rule: try oneSided(item))
    let effect = try #require(
      test.detectableEffect(
        ArmSizes(each: try item.inputs["n_per_group"].number),
        power: try item.inputs["power"].number))
    try item.expect(base + effect, "p2")
  }

  @Test(arguments: try LiftCase.cases(of: "mde_relative_lift"))
  func detectableLift(_ item: LiftCase) throws {
    let test = PlannedLiftTest(
      baseRate: try item.inputs["p"].number, statistic: .delta, rule: try oneSided(item))
    let sizes = ArmSizes(each: try item.inputs["n_per_arm"].number)
    let lift = try #require(
      test.detectableEffect(sizes, power: try item.inputs["power"].number))
    try item.expect(lift, "mde_rel")
    try item.expect(test.power(sizes, effect: lift), "power_at_mde")
  }

  // The arm that gsDesign calls 1 is the control here; ratio is that of arm 2 to arm 1.
  @Test(arguments: try LiftCase.cases(of: "nBinomial"))
  func anyAllocation(_ item: LiftCase) throws {
    let base = try item.inputs["p1"].number
    let test = PlannedProportionTest(
      baseRate: base, rule: .once(alpha: try item.inputs["alpha_one_sided"].number, .greater))
    let sizes = try test.sizes(
      effect: try item.inputs["p2"].number - base, power: 1 - item.inputs["beta"].number,
      offersPerControl: try item.inputs["ratio_n2_over_n1"].number)
    try item.expect(sizes.total, "n_total")
  }

  @Test(arguments: try LiftCase.cases(of: "nBinomial_noninferiority"))
  func nonInferiority(_ item: LiftCase) throws {
    let base = try item.inputs["p2"].number
    let test = PlannedProportionTest(
      baseRate: base, null: try item.inputs["delta0"].number,
      rule: .once(alpha: try item.inputs["alpha_one_sided"].number, .greater))
    let sizes = try test.sizes(
      effect: try item.inputs["p1"].number - base, power: 1 - item.inputs["beta"].number)
    try item.expect(sizes.total, "n_total")
  }

  @Test(arguments: try LiftCase.cases(of: "power_t_two_sided"))
  func tTestPower(_ item: LiftCase) throws {
    let test = PlannedTTest(deviation: 1, alpha: try item.inputs["alpha"].number)
    let n = try item.inputs["n1"].number
    let sizes = ArmSizes(offer: n, control: n * (try item.inputs["ratio"].number))
    try item.expect(test.power(sizes, effect: try item.inputs["d"].number), "power")
  }

  @Test(arguments: try LiftCase.cases(of: "sample_size_t"))
  func tTestSizes(_ item: LiftCase) throws {
    let test = PlannedTTest(deviation: 1, alpha: try item.inputs["alpha"].number)
    let sizes = try test.sizes(
      effect: try item.inputs["d"].number, power: try item.inputs["power"].number)
    try item.expect(sizes.offer, "n")
  }

  @Test(arguments: try LiftCase.cases(of: "power_two_prop_arcsine"))
  func arcsinePower(_ item: LiftCase) throws {
    let base = try item.inputs["p1"].number
    let test = PlannedArcsineTest(
      baseRate: base, rule: .once(alpha: try item.inputs["alpha"].number))
    let n = try item.inputs["n1"].number
    let sizes = ArmSizes(offer: n, control: n * (try item.inputs["ratio"].number))
    try item.expect(test.power(sizes, effect: try item.inputs["p2"].number - base), "power")
  }

  // This case and the next say nothing of, or say 0.8 for, a power at which their numbers do not arise.
  // G*Power's 897,348 is the size at 0.85: the formula of Fleiss, Levin and Paik gives 897,348.79 there
  // and 784,459.16 at 0.80 (SciPy 1.17.1), 14 % less, where the case allows half a per cent.
  @Test(arguments: try LiftCase.cases(of: "sample_size_two_prop_total"))
  func totalOfProportions(_ item: LiftCase) throws {
    let test = PlannedProportionTest(
      baseRate: try item.inputs["p"].number, rule: try oneSided(item))
    let effect = try item.inputs["abs_mde"].number
    let total = try test.sizes(effect: effect, power: 0.85).total
    try item.expect(total, "n_total")
    #expect(abs(total - 897_348.7904912012) < 1e-4)
    #expect(abs(try test.sizes(effect: effect, power: 0.80).total - 784_459.1597582761) < 1e-4)
  }

  // By the noncentral t, statsmodels 0.15.0 has 39,905.867 at a power of 0.85 and 34,885.745 at 0.80.
  @Test(arguments: try LiftCase.cases(of: "sample_size_two_mean_total"))
  func totalOfMeans(_ item: LiftCase) throws {
    let test = PlannedTTest(deviation: try item.inputs["variance"].number.squareRoot())
    let effect = try item.inputs["abs_mde"].number
    let total = try test.sizes(effect: effect, power: 0.85).total
    try item.expect(total, "n_total")
    #expect(abs(total - 39_905.86745661615) < 1e-4)
    #expect(abs(try test.sizes(effect: effect, power: 0.80).total - 34_885.745319076836) < 1e-4)
  }
}
