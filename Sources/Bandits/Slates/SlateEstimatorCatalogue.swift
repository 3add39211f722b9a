/// Every estimator of pages of this room, by name.
///
/// An estimator added here is held to the laws that the room's test suite states for all of them.
public enum SlateEstimatorCatalogue {
  /// One entry: a name, and how to make the estimator.
  public struct Entry: Sendable {
    /// The name of the entry.
    public let name: String
    /// What the estimator assumes of the slots; nil where it assumes that they add up.
    public let assumption: SlotInteraction?
    /// Makes the estimator from reward models by slot, the logging policy and floors; it takes what it
    /// needs.
    public let make:
      @Sendable (_ models: [RewardModel], _ logging: any SlatePolicy, _ floors: EvidenceFloors)
        -> any SlateEstimator
  }

  /// The estimators.
  public static let entries: [Entry] = [
    Entry(name: "sips", assumption: .any) { _, _, floors in
      SlateImportanceSampling(.any, floors: floors)
    },
    Entry(name: "rips", assumption: .cascade) { _, _, floors in
      SlateImportanceSampling(.cascade, floors: floors)
    },
    Entry(name: "iips", assumption: .independent) { _, _, floors in
      SlateImportanceSampling(.independent, floors: floors)
    },
    Entry(name: "snsips", assumption: .any) { _, _, floors in
      SelfNormalizedSlateImportanceSampling(.any, floors: floors)
    },
    Entry(name: "snrips", assumption: .cascade) { _, _, floors in
      SelfNormalizedSlateImportanceSampling(.cascade, floors: floors)
    },
    Entry(name: "sniips", assumption: .independent) { _, _, floors in
      SelfNormalizedSlateImportanceSampling(.independent, floors: floors)
    },
    Entry(name: "cascade-dr", assumption: .cascade) { models, _, floors in
      CascadeDoublyRobust(models: models, floors: floors)
    },
    Entry(name: "pi", assumption: nil) { _, logging, floors in
      PseudoInverse(logging: logging, floors: floors)
    },
    Entry(name: "wpi", assumption: nil) { _, logging, floors in
      PseudoInverse(logging: logging, isSelfNormalized: true, floors: floors)
    },
  ]
}
