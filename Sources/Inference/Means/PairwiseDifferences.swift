/// The `n₁ n₀` differences between the values of two arms, in order, without being listed.
///
/// Reference: Hodges and Lehmann (1963), *The Annals of Mathematical Statistics* 34, 598–611.
struct PairwiseDifferences: Sendable {
  let offer: ValueCounts
  let control: ValueCounts

  /// The number of differences.
  var count: Int { offer.count * control.count }

  /// How many differences are at most a bound.
  ///
  /// - Complexity: O(*k₁* + *k₀*) for so many distinct values.
  func count(atMost bound: Double) -> Int {
    var (total, skipped) = (0, 0)
    // As the offer's value rises, ever more of the control's least values are too far below it.
    for index in offer.values.indices {
      while skipped < control.values.count,
        offer.values[index] - control.values[skipped] > bound
      {
        skipped += 1
      }
      let reached = skipped > 0 ? control.cumulativeCounts[skipped - 1] : 0
      total += offer.count(at: index) * (control.count - reached)
    }
    return total
  }

  /// The difference of a rank, the least having rank 1.
  ///
  /// - Complexity: 64 counts at most.
  func value(ofRank rank: Int) -> Double {
    var low = Self.order(offer.value(ofRank: 1) - control.value(ofRank: control.count))
    var high = Self.order(offer.value(ofRank: offer.count) - control.value(ofRank: 1))
    while low < high {
      let middle = low + Int64(bitPattern: UInt64(bitPattern: high &- low) / 2)
      if count(atMost: Self.double(middle)) >= rank { high = middle } else { low = middle + 1 }
    }
    return Self.double(low)
  }

  /// The median of the differences.
  var median: Double {
    let (middle, isOdd) = ((count + 1) / 2, count % 2 == 1)
    let lower = value(ofRank: middle)
    return isOdd ? lower : lower / 2 + value(ofRank: middle + 1) / 2
  }

  /// The bits of a double as an integer of the same order.
  private static func order(_ value: Double) -> Int64 {
    let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
    return bits < 0 ? Int64.min &- bits : bits
  }

  private static func double(_ order: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: order < 0 ? Int64.min &- order : order))
  }
}
