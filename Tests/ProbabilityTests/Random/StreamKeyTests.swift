import Probability
import Testing

struct StreamKeyTests {
  /// Every stream of one seed runs through counters of its own, so no word of one stream is made
  /// from a counter of another: in 64-bit words a chance meeting has probability 1e-11 here.
  @Test func streamsNeverShareAWord() {
    var seen: Set<UInt64> = []
    var drawn = 0
    for purpose in (0...3).map({ StreamPurpose(rawValue: $0) }) + [StreamPurpose(rawValue: .max)] {
      for index: UInt64 in [0, 1, 2, 1 << 16, 1 << 32, 1 << 48, .max - 1, .max] {
        var stream = Philox(StreamKey(seed: 42, purpose: purpose, index: index))
        for _ in 0..<480 { seen.insert(stream.next()) }
        drawn += 480
      }
    }
    #expect(seen.count == drawn)
  }

  @Test func childrenKeepSeedAndPurpose() {
    let root = StreamKey(seed: 9, purpose: .bootstrap)
    #expect(root.child(17) == StreamKey(seed: 9, purpose: .bootstrap, index: 17))
  }

  @Test func purposesAreDistinct() {
    let purposes: [StreamPurpose] = [
      .world, .policy, .split, .bootstrap, .permutation, .replay, .generation, .posterior,
      .subsample,
    ]
    #expect(purposes.map(\.rawValue) == Array(1...9))
  }
}
