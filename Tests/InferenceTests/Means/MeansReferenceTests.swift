import Inference
import LinearAlgebra
import Testing

/// Tests of means against the cases that all lift tests share.
@Suite struct MeansReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "welch_t_relative_delta"))
  func relativeLiftByDelta(_ item: LiftCase) throws {
    let test = try DeltaLiftTest(
      .welch(offer: item.moments("treatment"), control: item.moments("control")))
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(level: item.inputs["level"].number), "ci")
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t_relative_delta_proportion"))
  func relativeLiftOfProportions(_ item: LiftCase) throws {
    func tally(_ arm: String) throws -> Tally {
      Tally(
        successes: try item.inputs[arm]["x"].integer, trials: try item.inputs[arm]["n"].integer)
    }
    let test = try DeltaLiftTest(
      .proportions(offer: tally("treatment"), control: tally("control")))
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(), "ci")
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t_one_sided_greater_rel"))
  func oneSided(_ item: LiftCase) throws {
    let test = try DeltaLiftTest(
      .welch(offer: item.moments("treatment"), control: item.moments("control")))
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    // A one-sided bound of 95 % is the lower end of a two-sided interval of 90 %.
    try item.expect(test.interval(level: 0.9).lower, "ci_lower")
  }

  @Test(arguments: try LiftCase.cases(of: "ratio_metric_delta"))
  func ratioMetric(_ item: LiftCase) throws {
    func moments(_ arm: String) throws -> CrossMoments {
      CrossMoments(columns: [
        try item.inputs[arm]["num"].numbers, try item.inputs[arm]["den"].numbers,
      ])
    }
    let control = try RatioMetric.estimate(moments("control"), arm: 0)
    let offer = try RatioMetric.estimate(moments("treatment"), arm: 1)
    try item.expect(control.value, "r_control")
    try item.expect(control.variance, "var_control")
    try item.expect(offer.value, "r_treat")
    try item.expect(offer.variance, "var_treat")
    let test = DifferenceTest(
      try RatioMetric.effect(offer: moments("treatment"), control: moments("control")))
    try item.expect(test.estimate, "diff")
    try item.expect(test.t, "z")
  }

  @Test(arguments: try LiftCase.cases(of: "cuped_mean"))
  func cuped(_ item: LiftCase) throws {
    func columns(_ arm: String) throws -> [[Double]] {
      [try item.inputs[arm]["y"].numbers, try item.inputs[arm]["x"].numbers]
    }
    let (offer, control) = (try columns("treatment"), try columns("control"))
    let fit = try CUPED.mean(
      offer: CrossMoments(columns: offer), control: CrossMoments(columns: control))
    try item.expect(fit.coefficients[0], "theta_pooled_total")
    try item.expect(fit.effect.difference, "diff")
    try item.expect(fit.effect.standardError, "se")
    let plain = try ArmContrast.welch(offer: Moments(offer[0]), control: Moments(control[0]))
    try item.expect(plain.difference, "diff_unadjusted")
    try item.expect(plain.standardError, "se_unadjusted")
  }

  @Test(arguments: try LiftCase.cases(of: "welch_t_relative_ratio_cuped"))
  func ratioCUPED(_ item: LiftCase) throws {
    func moments(_ arm: String) throws -> CrossMoments {
      let figures = item.inputs[arm]
      let n = try figures["n"].number
      let names = ["m_post", "d_post", "m_pre", "d_pre"]
      let sums = try names.map { try figures[$0].numbers[0] }
      let cross = [
        "mpost_dpost": (1, 0), "mpost_mpre": (2, 0), "mpre_dpost": (2, 1), "mpost_dpre": (3, 0),
        "dpost_dpre": (3, 1), "mpre_dpre": (3, 2),
      ]
      var products = Matrix(rows: 4, columns: 4)
      for (index, name) in names.enumerated() {
        products[index, index] = try figures[name].numbers[1] - sums[index] * sums[index] / n
      }
      for (name, (row, column)) in cross {
        products[row, column] = try figures[name].number - sums[row] * sums[column] / n
      }
      return CrossMoments(count: Int(n), means: sums.map { $0 / n }, products: products)
    }
    let fit = try CUPED.ratio(offer: moments("treatment"), control: moments("control"))
    let test = try DeltaLiftTest(fit.effect)
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(), "ci")
  }

  /// The same estimate underlies a sequential case, which states its standard error.
  @Test(arguments: try LiftCase.cases(of: "asymptotic_cs_relative_cuped"))
  func relativeCUPED(_ item: LiftCase) throws {
    func moments(_ arm: String) throws -> CrossMoments {
      let figures = item.inputs[arm]
      let n = try figures["post"]["n"].number
      let sums = [try figures["post"]["sum"].number, try figures["pre"]["sum"].number]
      let squares = [
        try figures["post"]["sum_squares"].number, try figures["pre"]["sum_squares"].number,
      ]
      var products = Matrix(rows: 2, columns: 2)
      for index in 0...1 {
        products[index, index] = squares[index] - sums[index] * sums[index] / n
      }
      products[1, 0] = try figures["sum_products"].number - sums[0] * sums[1] / n
      return CrossMoments(count: Int(n), means: sums.map { $0 / n }, products: products)
    }
    let fit = try CUPED.mean(offer: moments("treatment"), control: moments("control"))
    let test = try DeltaLiftTest(fit.effect)
    try item.expect(test.estimate, "lift")
    try item.expect(test.standardError, "se")
  }

  @Test(arguments: try LiftCase.cases(of: "lin_interacted_adjustment"))
  func lin(_ item: LiftCase) throws {
    let (x, y) = (try item.inputs["x"].numbers, try item.inputs["y"].numbers)
    let isOffer = try item.inputs["treat"].integers.map { $0 == 1 }
    func moments(_ arm: Bool) -> CrossMoments {
      var moments = CrossMoments()
      for row in x.indices where isOffer[row] == arm { moments.add([y[row], x[row]]) }
      return moments
    }
    let fit = try LinAdjustment(offer: moments(true), control: moments(false))
    try item.expect(fit.difference, "ate")
    // In two parts, as two machines would.
    var parts = [LinVariance(fit), LinVariance(fit)]
    for row in x.indices {
      parts[row % 2].add(outcome: y[row], covariates: [x[row]], isOffer: isOffer[row])
    }
    parts[0].merge(parts[1])
    try item.expect(parts[0].effect(.hc0).standardError, "se_HC0")
    try item.expect(parts[0].effect(.hc2).standardError, "se_HC2")
    try item.expect(parts[0].effect(.hc3).standardError, "se_HC3")
    // Without the second pass the standard error is close to them.
    let quick = try fit.effect().standardError
    #expect(abs(quick / (try parts[0].effect(.hc2).standardError) - 1) < 0.1)
  }

  @Test(arguments: try LiftCase.cases(of: "post_stratified_diff"))
  func postStratified(_ item: LiftCase) throws {
    let strata = try item.inputs["strata"].elements
    func tallies(_ x: String, _ n: String) throws -> [Tally] {
      try strata.map { Tally(successes: try $0[x].integer, trials: try $0[n].integer) }
    }
    // The case names the control first.
    let test = DifferenceTest(
      try PostStratification(offer: tallies("x2", "n2"), control: tallies("x1", "n1")).effect())
    try item.expect(test.estimate, "diff_population_weights")
    try item.expect(test.standardError, "se")
    try item.expect(test.t, "z")
  }

  @Test(arguments: try LiftCase.cases(of: "cluster_robust_ols"))
  func clusters(_ item: LiftCase) throws {
    let (y, arm) = (try item.inputs["y"].numbers, try item.inputs["treat"].integers)
    let cluster = try item.inputs["cluster"].integers
    func sums(_ wanted: Int) -> ClusterSums {
      let rows = y.indices.filter { arm[$0] == wanted }
      return ClusterSums(outcomes: rows.map { y[$0] }, clusters: rows.map { cluster[$0] })
    }
    for (correction, name) in [
      (ClusterCorrection.cr0, "se_CR0"), (.cr1, "se_CR1_stata"), (.cr2, "se_CR2"),
      (.cr3, "se_CR3"),
    ] {
      let effect = try ClusteredMeans.effect(
        offer: sums(1), control: sums(0), correction: correction)
      try item.expect(effect.difference, "coef")
      try item.expect(effect.standardError, name)
    }
    let test = DifferenceTest(try ClusteredMeans.effect(offer: sums(1), control: sums(0)))
    try item.expect(test.effect.degreesOfFreedom, "df_satterthwaite_CR2")
    try item.expect(test.pValue(), "p_CR2")
  }

  @Test(arguments: try LiftCase.cases(of: "mann_whitney"))
  func mannWhitney(_ item: LiftCase) throws {
    let test = try MannWhitneyTest(
      offer: ValueCounts(item.inputs["a"].numbers), control: ValueCounts(item.inputs["b"].numbers))
    #expect(test.law == .exact)
    try item.expect(test.u, "U")
    try item.expect(test.pValue(), "p")
  }

  @Test(arguments: try LiftCase.cases(of: "permutation_exact_mean_diff_01"))
  func permutation(_ item: LiftCase) throws {
    let test = try PermutationTest(
      offer: item.inputs["treatment"].numbers, control: item.inputs["control"].numbers)
    #expect(test.counting == .hypergeometric)
    try item.expect(test.pValue(.greater), "p_greater")
    // Enumeration counts the same: zeros and twos are no longer recognised.
    let enumerated = try PermutationTest(
      offer: item.inputs["treatment"].numbers.map { 2 * $0 },
      control: item.inputs["control"].numbers.map { 2 * $0 }, resamples: 20_000)
    #expect(enumerated.counting == .enumerated(choices: 12_870))
    try item.expect(enumerated.pValue(.greater), "p_greater")
  }

  @Test(arguments: try LiftCase.cases(of: "quantile_effect"))
  func quantiles(_ item: LiftCase) throws {
    func quantile(_ arm: String) throws -> QuantileEstimate {
      let figures = item.inputs[arm]
      return QuantileEstimate(
        value: try figures["q"].number,
        interval: Interval(
          lower: try figures["lo"].number, upper: try figures["hi"].number),
        count: try figures["n"].integer)
    }
    let effect = try ArmContrast.quantiles(
      offer: quantile("treatment"), control: quantile("control"))
    try item.expect(effect.difference, "diff")
    try item.expect(DifferenceTest(effect).interval(), "ci")
    try item.expect(DeltaLiftTest(effect).estimate, "rel")
    try item.expect(DeltaLiftTest(effect).interval(), "rel_ci")
  }

  @Test(arguments: try LiftCase.cases(of: "tost_two_means_welch"))
  func equivalence(_ item: LiftCase) throws {
    let effect = try ArmContrast.welch(
      offer: Moments(item.inputs["a"].numbers), control: Moments(item.inputs["b"].numbers))
    let low = DifferenceTest(effect, null: try item.inputs["low"].number)
    let high = DifferenceTest(effect, null: try item.inputs["high"].number)
    try item.expect(low.t, "t_low")
    try item.expect(low.pValue(.greater), "p_low")
    try item.expect(high.t, "t_high")
    try item.expect(high.pValue(.less), "p_high")
    try item.expect(max(low.pValue(.greater), high.pValue(.less)), "p")
  }
}
