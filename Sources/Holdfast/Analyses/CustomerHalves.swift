internal import Probability

/// Two halves of the customers, by the toss of a coin that belongs to the customer: what is learned from
/// one is judged on the other.
struct CustomerHalves {
  /// The places of the sessions of the half that learns.
  let learning: [Int]
  /// The places of the others.
  let other: [Int]

  /// - Parameters:
  ///   - units: A stable hash of each session's customer.
  ///   - seed: The seed of the coins.
  init(_ units: [UInt64], seed: UInt64) {
    let key = StreamKey(seed: seed, purpose: .halves)
    let isLearning = units.map { unit in
      var rng = Philox(key.child(unit))
      return rng.next() >> 63 == 0
    }
    learning = units.indices.filter { isLearning[$0] }
    other = units.indices.filter { !isLearning[$0] }
  }
}
