/// How many rewards an arm has had, and their sum.
struct RewardSum: Hashable, Sendable {
  private(set) var count = 0
  private(set) var total = 0.0

  init() {}

  mutating func add(_ reward: Double) {
    count += 1
    total += reward
  }

  /// The mean reward, or nil before the first.
  var mean: Double? { count > 0 ? total / Double(count) : nil }
}
