internal import Inference

/// How a model-based tree grows.
public struct ModelTreeSettings: Hashable, Sendable {
  /// The level below which parameters are taken to change.
  public var alpha = 0.05
  /// Whether p-values are adjusted for the number of covariates: `1 − (1 − p)^m`.
  public var isBonferroni = true
  /// The sessions that a leaf needs; nil for ten a parameter.
  public var minimumSessions: Int?
  /// The number of questions on the longest way.
  public var depthLimit = 10
  /// The share of sessions on either side at which a process is not read.
  public var trim = 0.1
  /// What is done where sessions have one value of a number.
  public var ties = FluctuationTest.Ties.together

  /// Creates the settings of partykit's `mob`, but for ties.
  public init() {}

  func check() {
    precondition(0 < alpha && alpha < 1, "a level lies between 0 and 1")
    precondition(0 < trim && trim < 0.5, "a middle part of the sessions is read")
    precondition(depthLimit >= 0 && minimumSessions ?? 1 > 0, "a leaf needs sessions")
  }

  /// Tests every covariate of some sessions and adjusts.
  func tests(
    _ scores: [Double], width: Int, _ covariates: [Covariate]
  ) -> (tests: [FluctuationTest], adjusted: [Double?]) {
    let tests = covariates.map {
      FluctuationTest(
        scores: scores, width: width, $0, trim: trim,
        minimumSessions: minimumSessions ?? 10 * width, ties: ties)
    }
    let pValues = tests.map(\.pValue)
    return (tests, isBonferroni ? Multiplicity.sidak.adjust(pValues) : pValues)
  }
}
