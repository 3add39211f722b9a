/// Every off-policy estimator of this room, by name.
///
/// An estimator added here is reachable by its name from a plan, and is held to the laws that the
/// room's test suite states for all of them.
public enum EstimatorCatalogue {
  /// One entry: a name, and how to make the estimator.
  public struct Entry: Sendable {
    /// The name by which a plan asks for the estimator.
    public let name: String
    /// Makes the estimator from a reward model, a seed and floors; it takes what it needs.
    public let make:
      @Sendable (_ model: RewardModel, _ seed: UInt64, _ floors: EvidenceFloors)
        -> any OffPolicyEstimator
  }

  /// The estimators.
  ///
  /// The constants of those that shrink leave the weights of a moderate overlap nearly alone;
  /// ``SlopeSelection`` chooses others.
  public static let entries: [Entry] = [
    Entry(name: "ips") { _, _, floors in ImportanceSampling(floors: floors) },
    Entry(name: "snips") { _, _, floors in SelfNormalizedImportanceSampling(floors: floors) },
    Entry(name: "balanced-ips") { _, _, floors in BalancedImportanceSampling(floors: floors) },
    Entry(name: "dm") { model, _, floors in DirectMethod(model: model, floors: floors) },
    Entry(name: "dr") { model, _, floors in DoublyRobust(model: model, floors: floors) },
    Entry(name: "sndr") { model, _, floors in
      SelfNormalizedDoublyRobust(model: model, floors: floors)
    },
    Entry(name: "el") { _, _, floors in EmpiricalLikelihood(.likelihood, floors: floors) },
    Entry(name: "cressie-read") { _, _, floors in
      EmpiricalLikelihood(.cressieRead, floors: floors)
    },
    Entry(name: "clipped-ips") { _, _, floors in
      ShrunkImportanceSampling(.clipped(at: 10), floors: floors)
    },
    Entry(name: "sg-ips") { _, _, floors in
      ShrunkImportanceSampling(.subGaussian(0.01), floors: floors)
    },
    Entry(name: "clipped-dr") { model, _, floors in
      ShrunkDoublyRobust(.clipped(at: 10), model: model, floors: floors)
    },
    Entry(name: "switch") { model, _, floors in
      ShrunkDoublyRobust(.switched(above: 10), model: model, floors: floors)
    },
    Entry(name: "dros") { model, _, floors in
      ShrunkDoublyRobust(.optimistic(1_000), model: model, floors: floors)
    },
    Entry(name: "sg-dr") { model, _, floors in
      ShrunkDoublyRobust(.subGaussian(0.01), model: model, floors: floors)
    },
    Entry(name: "replay") { _, seed, floors in ReplayMatching(seed: seed, floors: floors) },
    Entry(name: "rejection-replay") { _, seed, floors in RejectionReplay(seed: seed, floors: floors)
    },
  ]
}
