import Inference
import Probability
import Testing

/// Group-sequential designs against gsDesign and against the tables of Jennison and Turnbull.
@Suite struct GroupSequentialTests {
  @Test(arguments: try LiftCase.cases(of: "group_sequential_pocock_z"))
  func pocock(_ item: LiftCase) throws {
    let design = GroupSequentialDesign.pocock(
      looks: try item.inputs["K"].integer, alpha: try item.inputs["alpha_two_sided"].number)
    try item.expect(try #require(design.bounds.first), "z")
  }

  @Test(arguments: try LiftCase.cases(of: "group_sequential_obf_z"))
  func obrienFleming(_ item: LiftCase) throws {
    let design = GroupSequentialDesign.obrienFleming(
      looks: try item.inputs["K"].integer, alpha: try item.inputs["alpha_two_sided"].number)
    try item.expect(design.bounds, "z")
  }

  @Test(arguments: try LiftCase.cases(of: "lan_demets_obf_spending", "lan_demets_pocock_spending"))
  func lanDeMets(_ item: LiftCase) throws {
    let design = GroupSequentialDesign(
      times: try item.inputs["t"].numbers, alpha: try item.inputs["alpha_two_sided"].number,
      spending: item.function.contains("pocock") ? .pocock : .obrienFleming)
    try item.expect(design.bounds, "z")
    if item.expected["z_ldbounds"] != .null { try item.expect(design.bounds, "z_ldbounds") }
  }

  @Test(arguments: try LiftCase.cases(of: "hwang_shih_decani_spending"))
  func hwangShihDeCani(_ item: LiftCase) throws {
    let alpha = try item.inputs["alpha_one_sided"].number
    let spending = SpendingFunction.hwangShihDeCani(try item.inputs["gamma"].number)
    let times = try item.inputs["t"].numbers
    let design = GroupSequentialDesign(times: times, alpha: alpha, sides: .one, spending: spending)
    try item.expect(design.bounds, "z")
    try item.expect(times.map { spending.spent(by: $0, of: alpha) }, "cum_alpha")
  }

  @Test(arguments: try LiftCase.cases(of: "kim_demets_power_spending"))
  func kimDeMets(_ item: LiftCase) throws {
    let design = GroupSequentialDesign(
      times: try item.inputs["t"].numbers, alpha: try item.inputs["alpha_two_sided"].number,
      spending: .power(try item.inputs["rho"].number))
    try item.expect(design.bounds, "z")
  }

  @Test(arguments: try LiftCase.cases(of: "gs_nominal_alpha_power_spending"))
  func nominalLevels(_ item: LiftCase) throws {
    let most = try item.inputs["max_information"].number
    let design = GroupSequentialDesign(
      times: try item.inputs["cumulative_n"].numbers.map { $0 / most },
      alpha: try item.inputs["alpha_two_sided"].number,
      spending: .power(try item.inputs["rho"].number))
    try item.expect(design.nominalLevels, "nominal_alpha")
  }

  @Test(arguments: try LiftCase.cases(of: "gs_sample_size_inflation"))
  func inflation(_ item: LiftCase) throws {
    let alpha = try item.inputs["alpha_two_sided"].number
    let (looks, power) = (try item.inputs["K"].integer, try item.inputs["power"].number)
    let design =
      item.inputs["shape"] == .string("Pocock")
      ? GroupSequentialDesign.pocock(looks: looks, alpha: alpha)
      : .obrienFleming(looks: looks, alpha: alpha)
    try item.expect(design.inflation(power: power), "max")
    if item.expected["e0"] != .null {
      try item.expect(design.expectedInflation(power: power, effect: 0), "e0")
    }
    if item.expected["e1"] != .null {
      try item.expect(design.expectedInflation(power: power, effect: 1), "e1")
    }
  }

  @Test(arguments: try LiftCase.cases(of: "type1_error_repeated_looks_1.96"))
  func peeking(_ item: LiftCase) throws {
    let z = StandardNormal.upperQuantile(0.025)
    try item.expect(
      item.inputs["looks"].integers.map { GroupSequential.peekingError(looks: $0, critical: z) },
      "type1")
  }

  /// Jennison and Turnbull (2000), tables 2.1 and 2.3 (constants at α = 0.01, 0.05, 0.1), 2.2 and 2.4
  /// (ratio of maximum to fixed sample size at α = 0.05, power 0.8 and 0.9), printed to 3 decimals.
  static let tables: [(looks: Int, pocock: [Double], obf: [Double], ratios: [Double])] = [
    (1, [2.576, 1.960, 1.645], [2.576, 1.960, 1.645], [1, 1, 1, 1]),
    (2, [2.772, 2.178, 1.875], [2.580, 1.977, 1.678], [1.110, 1.100, 1.008, 1.007]),
    (3, [2.873, 2.289, 1.992], [2.595, 2.004, 1.710], [1.166, 1.151, 1.017, 1.016]),
    (4, [2.939, 2.361, 2.067], [2.609, 2.024, 1.733], [1.202, 1.183, 1.024, 1.022]),
    (5, [2.986, 2.413, 2.122], [2.621, 2.040, 1.751], [1.229, 1.207, 1.028, 1.026]),
    (6, [3.023, 2.453, 2.164], [2.631, 2.053, 1.765], [1.249, 1.225, 1.032, 1.030]),
    (7, [3.053, 2.485, 2.197], [2.640, 2.063, 1.776], [1.265, 1.239, 1.035, 1.032]),
    (8, [3.078, 2.512, 2.225], [2.648, 2.072, 1.786], [1.279, 1.252, 1.037, 1.034]),
    (9, [3.099, 2.535, 2.249], [2.654, 2.080, 1.794], [1.291, 1.262, 1.038, 1.036]),
    (10, [3.117, 2.555, 2.270], [2.660, 2.087, 1.801], [1.301, 1.271, 1.040, 1.037]),
    (11, [3.133, 2.572, 2.288], [2.665, 2.092, 1.807], [1.310, 1.279, 1.041, 1.039]),
    (12, [3.147, 2.588, 2.304], [2.670, 2.098, 1.813], [1.318, 1.287, 1.042, 1.040]),
    (15, [3.182, 2.626, 2.344], [2.681, 2.110, 1.826], [1.338, 1.305, 1.045, 1.042]),
    (20, [3.225, 2.672, 2.392], [2.695, 2.126, 1.842], [1.363, 1.327, 1.047, 1.045]),
  ]

  @Test(arguments: tables.indices)
  func publishedTables(_ index: Int) throws {
    let row = Self.tables[index]
    // Twenty looks at three levels and two powers would take seconds; the rest goes by the same path.
    for (column, alpha) in [0.01, 0.05, 0.1].enumerated() where row.looks <= 12 || alpha == 0.05 {
      let pocock = GroupSequentialDesign.pocock(looks: row.looks, alpha: alpha)
      let obf = GroupSequentialDesign.obrienFleming(looks: row.looks, alpha: alpha)
      #expect(abs((try #require(pocock.bounds.last)) - row.pocock[column]) < 0.00051)
      #expect(abs((try #require(obf.bounds.last)) - row.obf[column]) < 0.00051)
      guard alpha == 0.05, row.looks <= 12 else { continue }
      // The constants of Probability are the same, by another path.
      let same = GroupSequential.pocockConstant(looks: row.looks, alpha: alpha)
      #expect(abs((try #require(pocock.bounds.last)) / same - 1) < 1e-12)
      let ratios = [pocock, obf].flatMap { [$0.inflation(power: 0.8), $0.inflation(power: 0.9)] }
      for (own, printed) in zip(ratios, row.ratios) { #expect(abs(own - printed) < 0.00051) }
    }
  }

  /// gsDesign's default (three looks, one-sided 0.025, power 0.9, Hwang–Shih–DeCani −4 for efficacy and
  /// −2 for non-binding futility) prints 3.01 2.55 2.00, −0.24 0.94 2.00 and 1.07; the digits here are
  /// from a recursion of our own in NumPy with 600 Gauss–Legendre nodes a look.
  @Test func futilityBounds() throws {
    let design = GroupSequentialDesign(
      times: [1.0 / 3, 2.0 / 3, 1], alpha: 0.025, sides: .one, spending: .hwangShihDeCani(-4)
    ).withFutility(.hwangShihDeCani(-2), power: 0.9)
    let futility = try #require(design.futility)
    let expected = [
      (design.bounds, [3.0107394853856944, 2.546530556073307, 1.999226354305583]),
      (futility.bounds, [-0.23872403323531385, 0.9410672356370533, 1.999226354305583]),
      ([futility.drift], [3.3528666160811094]), ([design.inflation(power: 0.9)], [1.06988311782]),
    ]
    for (own, other) in expected {
      #expect(own.count == other.count)
      for (a, b) in zip(own, other) { #expect(abs(a - b) < 1e-10) }
    }
    #expect(abs(design.power(drift: futility.drift) - 0.9) < 1e-10)
    // Heeding the bounds costs error, never adds it; stopping for futility saves sessions at the null.
    #expect(design.power(drift: 0) < 0.025)
    #expect(design.outcomes(drift: 0).expectedTime < 0.7)
  }

  /// The same NumPy recursion.
  @Test func conditionalAndPredictivePower() {
    let design = GroupSequentialDesign(
      times: [1.0 / 3, 2.0 / 3, 1], alpha: 0.025, sides: .one, spending: .hwangShihDeCani(-4))
    let trend = design.conditionalPower(at: 1.0 / 3, z: 1.2)
    #expect(abs(trend - 0.5436849182543879) < 1e-10)
    let planned = design.conditionalPower(at: 1.0 / 3, z: 1.2, drift: 3.2)
    #expect(abs(planned - 0.8467750899149433) < 1e-10)
    #expect(abs(design.predictivePower(at: 1.0 / 3, z: 1.2) - 0.5255009769163677) < 1e-6)
    // With one look to come, Φ((B(t) + θ(1 − t) − b)/√(1 − t)).
    let last = design.conditionalPower(at: 0.7, z: 1.5, drift: 2)
    let own = StandardNormal.cdf(
      (1.5 * 0.7.squareRoot() + 2 * 0.3 - 1.999226354305583) / 0.3.squareRoot())
    #expect(abs(last - own) < 1e-12)
    // The closed form of the prediction and the average over drifts are the same.
    let single = GroupSequentialDesign(times: [1], alpha: 0.05)
    let average = AdaptiveQuadrature().integrate(over: [-9, 0, 9]) { deviation in
      StandardNormal.density(deviation)
        * single.conditionalPower(at: 0.4, z: 1, drift: (1 + deviation) / 0.4.squareRoot())
    }
    #expect(abs(single.predictivePower(at: 0.4, z: 1) - average.value) < 1e-12)
  }

  @Test(arguments: [
    SpendingFunction.obrienFleming, .pocock, .power(1), .power(3), .hwangShihDeCani(-4),
    .hwangShihDeCani(0), .hwangShihDeCani(1), .hwangShihDeCani(-900), .hwangShihDeCani(900),
    .points([.init(time: 0.5, share: 0.2), .init(time: 1, share: 1)]),
  ])
  func spendingRisesFromNothingToAll(_ spending: SpendingFunction) {
    #expect(spending.spent(by: 0, of: 0.025) == 0)
    #expect(spending.spent(by: 1, of: 0.025) == 0.025)
    #expect(spending.spent(by: 1.7, of: 0.025) == 0.025)
    var before = 0.0
    for step in 1..<1_000 {
      let spent = spending.spent(by: Double(step) / 1_000, of: 0.025)
      #expect(spent >= before && spent <= 0.025)
      before = spent
    }
  }

  /// Whatever the times and the spending, the error is the one asked for.
  @Test(arguments: [TestSides.one, .two])
  func everyDesignSpendsItsError(_ sides: TestSides) {
    let times = [0.07, 0.1, 0.42, 0.43, 0.9, 1]
    for spending: SpendingFunction in [.obrienFleming, .pocock, .power(2), .hwangShihDeCani(-4)] {
      let design = GroupSequentialDesign(
        times: times, alpha: 0.05, sides: sides, spending: spending)
      let share = sides == .one ? 0.05 : 0.025
      #expect(abs(design.power(drift: 0) - share) < 1e-11)
      var spent = 0.0
      for (time, exit) in zip(times, design.outcomes(drift: 0).above) {
        spent += exit
        let planned = spending.spent(by: time, of: share)
        #expect(abs(spent - planned) < 1e-12)
      }
    }
    let flat = GroupSequentialDesign(times: times, wangTsiatis: 0.25, alpha: 0.05, sides: sides)
    #expect(abs(flat.power(drift: 0) - (sides == .one ? 0.05 : 0.025)) < 1e-11)
  }
}
