/// Every estimator for adaptive logs of this room, by name; the naive one first.
///
/// An estimator added here is held to the laws that the room's test suite states for all of them.
public enum AdaptiveCatalogue {
  /// One entry: a name, and how to make the estimator.
  public struct Entry: Sendable {
    /// The name by which a plan asks for the estimator.
    public let name: String
    /// Makes the estimator for a policy with a floor.
    public let make: @Sendable (_ floor: DecayingFloor) -> any AdaptiveEstimator
  }

  /// The estimators.
  public static let entries: [Entry] = [
    Entry(name: "naive") { _ in SampleMeans() },
    Entry(name: "aipw") { _ in AdaptiveAIPW(weights: .uniform) },
    Entry(name: "aipwConstantAllocation") { _ in AdaptiveAIPW(weights: .constantAllocation) },
    Entry(name: "aipwTwoPointAllocation") { floor in
      AdaptiveAIPW(weights: .twoPointAllocation(floor))
    },
    Entry(name: "batchedOLS") { _ in BatchedOLS() },
  ]
}
