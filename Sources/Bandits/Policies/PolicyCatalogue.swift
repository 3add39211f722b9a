internal import Probability

/// Every policy of this room that can be made from its sizes alone, by name.
///
/// A policy added here is reachable by its name from a plan, and is held to the laws that the room's
/// test suite states for all of them.
public enum PolicyCatalogue {
  /// One entry: a name, and how to make the policy.
  public struct Entry: Sendable {
    /// The name by which a plan asks for the policy.
    public let name: String
    /// Makes the policy for a number of arms and a number of cells.
    public let make: @Sendable (_ armCount: Int, _ cellCount: Int) -> any Policy
    /// Whether what one cell learns may move what is shown in another.
    public var sharesCells = false
  }

  /// The policies.
  public static let entries: [Entry] = [
    Entry(name: "uniform") { arms, _ in UniformPolicy(armCount: arms) },
    Entry(name: "fixed") { arms, _ in FixedPolicy(Arm(0), armCount: arms) },
    Entry(name: "epsilonGreedy") { arms, cells in
      EpsilonGreedy(armCount: arms, cellCount: cells, epsilon: 0.1)
    },
    Entry(name: "thompson") { arms, cells in
      ThompsonSampling(armCount: arms, cellCount: cells)
    },
    Entry(name: "thompsonWithFloor") { arms, cells in
      ThompsonSampling(armCount: arms, cellCount: cells, floor: 0.05 / Double(arms))
    },
    Entry(name: "gaussianThompson") { arms, cells in
      GaussianThompson(
        armCount: arms, cellCount: cells,
        prior: .knownVariance(
          mean: NormalDistribution(mean: 0.5, standardDeviation: 0.5), variance: 0.25))
    },
    Entry(name: "gaussianThompsonOfUnknownVariance") { arms, cells in
      GaussianThompson(
        armCount: arms, cellCount: cells,
        prior: .unknownVariance(
          mean: 0.5, observations: 1, variance: InverseGammaDistribution(shape: 1, scale: 0.25)))
    },
    Entry(name: "gammaPoissonThompson") { arms, cells in
      GammaPoissonThompson(armCount: arms, cellCount: cells)
    },
    Entry(name: "topTwo") { arms, cells in
      TopTwo(ThompsonSampling(armCount: arms, cellCount: cells))
    },
    Entry(name: "discountedThompson") { arms, cells in
      DiscountedThompson(armCount: arms, cellCount: cells, discount: 0.99)
    },
    Entry(name: "slidingWindowThompson") { arms, cells in
      SlidingWindowThompson(armCount: arms, cellCount: cells, sessionCount: 1_000)
    },
    Entry(
      name: "hierarchicalThompson",
      make: { arms, cells in HierarchicalThompson(armCount: arms, cellCount: cells) },
      sharesCells: true),
    Entry(name: "maturingThompson") { arms, cells in
      MaturingThompson(armCount: arms, cellCount: cells, window: 30)
    },
    Entry(name: "linearThompson") { arms, cells in
      LinearThompson(
        armCount: arms, features: ContextFeatures(cells: cells),
        prior: CoefficientPrior(featureCount: cells, mean: 0.5, variance: 0.25),
        noise: .known(variance: 0.25))
    },
    Entry(
      name: "linearThompsonOfUnknownVariance",
      make: { arms, cells in
        LinearThompson(
          armCount: arms, features: ContextFeatures(cells: cells),
          prior: CoefficientPrior(featureCount: cells, mean: 0.5, variance: 1),
          noise: .unknown(InverseGammaDistribution(shape: 1, scale: 0.25)))
      },
      sharesCells: true),
    Entry(name: "logisticThompson") { arms, cells in
      LogisticThompson(
        armCount: arms, features: ContextFeatures(cells: cells),
        prior: CoefficientPrior(featureCount: cells, variance: 3))
    },
    Entry(name: "diagonalLogisticThompson") { arms, cells in
      DiagonalLogisticThompson(
        armCount: arms, features: ContextFeatures(cells: cells),
        prior: CoefficientPrior(featureCount: cells, variance: 3))
    },
    Entry(name: "linUCB") { arms, cells in
      LinUCB(armCount: arms, features: ContextFeatures(cells: cells))
    },
    Entry(name: "ucb1") { arms, cells in UCB1(armCount: arms, cellCount: cells) },
    Entry(name: "chernoffUCB") { arms, cells in
      ChernoffUCB(armCount: arms, cellCount: cells)
    },
    Entry(name: "klUCB") { arms, cells in KLUCB(armCount: arms, cellCount: cells) },
    Entry(name: "softmax") { arms, cells in
      Softmax(armCount: arms, cellCount: cells, temperature: 0.1)
    },
    Entry(name: "exploreThenCommit") { arms, cells in
      ExploreThenCommit(armCount: arms, cellCount: cells, sessionsPerArm: 100)
    },
    Entry(name: "epsilonGreedyWithFloor") { arms, cells in
      Floored(
        EpsilonGreedy(armCount: arms, cellCount: cells, epsilon: 0), floor: 0.05 / Double(arms))
    },
  ]
}
