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
    /// Whether it asks the reward model.
    public var usesModel = false
    /// Makes the estimator with another constant, where it shrinks weights.
    public var makeShrinking:
      (
        @Sendable (_ constant: Double, _ model: RewardModel, _ floors: EvidenceFloors)
          -> any ShrinkingEstimator
      )?
  }

  /// An estimator that shrinks weights, with the constant that it has unless another is asked for.
  private static func shrinking(
    _ name: String, _ constant: Double, usesModel: Bool = false,
    _ make:
      @escaping @Sendable (_ constant: Double, _ model: RewardModel, _ floors: EvidenceFloors)
      -> any ShrinkingEstimator
  ) -> Entry {
    Entry(
      name: name, make: { model, _, floors in make(constant, model, floors) },
      usesModel: usesModel, makeShrinking: make)
  }

  /// The estimators.
  ///
  /// The constants of those that shrink leave the weights of a moderate overlap nearly alone;
  /// ``SlopeSelection`` chooses others.
  public static let entries: [Entry] = [
    Entry(name: "ips") { _, _, floors in ImportanceSampling(floors: floors) },
    Entry(name: "snips") { _, _, floors in SelfNormalizedImportanceSampling(floors: floors) },
    Entry(name: "balanced-ips") { _, _, floors in BalancedImportanceSampling(floors: floors) },
    Entry(
      name: "dm", make: { model, _, floors in DirectMethod(model: model, floors: floors) },
      usesModel: true),
    Entry(
      name: "dr", make: { model, _, floors in DoublyRobust(model: model, floors: floors) },
      usesModel: true),
    Entry(
      name: "sndr",
      make: { model, _, floors in SelfNormalizedDoublyRobust(model: model, floors: floors) },
      usesModel: true),
    Entry(name: "el") { _, _, floors in EmpiricalLikelihood(.likelihood, floors: floors) },
    Entry(name: "cressie-read") { _, _, floors in
      EmpiricalLikelihood(.cressieRead, floors: floors)
    },
    shrinking("clipped-ips", 10) { constant, _, floors in
      ShrunkImportanceSampling(.clipped(at: constant), floors: floors)
    },
    shrinking("sg-ips", 0.01) { constant, _, floors in
      ShrunkImportanceSampling(.subGaussian(constant), floors: floors)
    },
    shrinking("clipped-dr", 10, usesModel: true) { constant, model, floors in
      ShrunkDoublyRobust(.clipped(at: constant), model: model, floors: floors)
    },
    shrinking("switch", 10, usesModel: true) { constant, model, floors in
      ShrunkDoublyRobust(.switched(above: constant), model: model, floors: floors)
    },
    shrinking("dros", 1_000, usesModel: true) { constant, model, floors in
      ShrunkDoublyRobust(.optimistic(constant), model: model, floors: floors)
    },
    shrinking("sg-dr", 0.01, usesModel: true) { constant, model, floors in
      ShrunkDoublyRobust(.subGaussian(constant), model: model, floors: floors)
    },
    Entry(name: "replay") { _, seed, floors in ReplayMatching(seed: seed, floors: floors) },
    Entry(name: "rejection-replay") { _, seed, floors in RejectionReplay(seed: seed, floors: floors)
    },
  ]
}
