public import Bandits
internal import Probability

/// Ten offers to customers of twenty features, whose outcomes are known beforehand: every peer decides, and
/// then learns the same.
public struct ContextualCase: Sendable {
  /// An intercept and nineteen numbers in −1...1, for each of 251 patterns.
  public let features: ContextFeatures
  private let armCount = 10
  private let sessions: [(context: Context, arm: Arm, reward: Double)]

  /// Makes as many sessions, from multiples of irrational numbers.
  public init(sessions count: Int) throws {
    let features = try ContextFeatures(
      rows: (0..<251).map { cell in
        [1] + (1..<20).map { 2 * fraction(Double(cell * 20 + $0) * 2.0.squareRoot()) - 1 }
      })
    self.features = features
    sessions = (0..<count).map { index in
      let (cell, arm) = (index * 7 % 251, index % 10)
      let rate = 0.15 + 0.02 * Double(arm) + 0.1 * features.values[cell * 20 + 1]
      let saved = fraction(Double(index + 1) * 3.0.squareRoot()) < rate
      return (Context(cell: cell), Arm(arm), saved ? 1 : 0)
    }
  }

  /// Decides and learns session by session.
  ///
  /// - Parameter refitGrowth: By what share an arm's sessions grow until its mode is found anew; nil takes
  ///   each posterior for the next prior, as the peers do.
  /// - Returns: The policy, and how often each arm was chosen.
  public func run(refitGrowth: Double?) -> (policy: LogisticThompson, choices: [Int]) {
    var policy = LogisticThompson(
      armCount: armCount, features: features,
      prior: CoefficientPrior(featureCount: features.featureCount, variance: 1),
      refitGrowth: refitGrowth)
    var rng = Philox(StreamKey(seed: 20_260_101, purpose: .policy))
    var choices = Array(repeating: 0, count: armCount)
    for session in sessions {
      choices[policy.choose(in: session.context, using: &rng).index] += 1
      policy.learn(session.arm, reward: session.reward, in: session.context)
    }
    return (policy, choices)
  }
}

/// What a positive number has behind the point.
private func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
