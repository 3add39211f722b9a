internal import Inference
internal import Probability

/// Tests that may be looked at while the experiment runs, looked at as often as can be.
struct PeekingPart {
  let effort: Effort

  func rows(threads: Int) async throws -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    for procedure in try procedures {
      rows += await PeekingCalibration(replications: effort(2_000, 10_000), seed: 5_100)
        .rows(of: procedure, threads: threads)
    }
    for procedure in costly {
      rows += await PeekingCalibration(replications: effort(200, 2_000), seed: 5_101)
        .rows(of: procedure, threads: threads)
    }
    return rows
  }

  private var looks: Int { effort(500, 2_000) }

  private var procedures: [PeekingProcedure] {
    get throws {
      [PeekingProcedure.naive(looks: 5), .naive(looks: 20)] + groupSequential + mixtures
        + [0.005, 0.1, 0.5].map {
          .bernoulliSequence(tunedFor: 1_000, rate: $0, looks: looks)
        } + [
          try .sampleRatio(weights: [0.5, 0.5], looks: looks),
          try .sampleRatio(weights: [0.8, 0.1, 0.1], looks: looks),
        ]
    }
  }

  private var groupSequential: [PeekingProcedure] {
    let uneven = [0.1, 0.35, 0.5, 0.9, 1]
    return [
      .groupSequential("pocock", .pocock(looks: 5)),
      .groupSequential("obrienFleming", .obrienFleming(looks: 5)),
      .groupSequential("pocock", .pocock(looks: 20)),
      .groupSequential(
        "spending, Pocock's", GroupSequentialDesign(times: uneven, spending: .pocock)),
      .groupSequential(
        "spending, O'Brien and Fleming's",
        GroupSequentialDesign(times: uneven, spending: .obrienFleming)),
    ]
  }

  private var mixtures: [PeekingProcedure] {
    [
      .mixture(
        "normalMixture", NormalMixture(tunedFor: 1_000), law: "normal", looks: looks,
        increment: { (StandardNormal.draw(using: &$0), 1) }),
      .mixture(
        "normalMixture, one-sided", NormalMixture(tunedFor: 1_000, sides: .one), law: "normal",
        looks: looks, increment: { (StandardNormal.draw(using: &$0), 1) }),
      .mixture(
        "gammaExponentialMixture", GammaExponentialMixture(tunedFor: 100, scale: 1),
        law: "exponential less its mean", looks: effort(200, 1_000),
        increment: { (OutcomeLaw.exponential(mean: 1).draw(using: &$0) - 1, 1) }),
      .mixture(
        "gammaPoissonMixture", GammaPoissonMixture(tunedFor: 100, scale: 1),
        law: "Poisson less its mean", looks: effort(200, 1_000),
        increment: { (PoissonDistribution(mean: 1).draw(using: &$0) - 1, 1) }),
    ]
  }

  /// Tests that are made anew at every look.
  private var costly: [PeekingProcedure] {
    let tests = LiftCatalogue.sequentialProportions
    return tests.flatMap { entry in
      [0.005, 0.05, 0.5].map { rate in
        PeekingProcedure.tallies(entry, rate: rate, looks: looks)
      } + [.tallies(entry, rate: 0.05, controlsPerLook: 9, looks: looks / 2)]
    }
      + LiftCatalogue.sequentialMeans.flatMap { entry in
        [
          PeekingProcedure.means(
            entry, of: .normal(mean: 10, deviation: 1), looks: looks, from: 10),
          .means(entry, of: .exponential(mean: 1), looks: looks, from: 50),
        ]
      } + [2.0, 9].map { .betting(power: $0, looks: effort(100, 500)) }
      + [
        .tallies(
          LiftCatalogue.Entry("control: pooled z, peeked") {
            (offer, control) throws(InferenceError) in
            try PooledZTest(offer: offer, control: control)
          }, rate: 0.05, looks: looks)
      ]
  }
}
