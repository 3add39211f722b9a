import Probability
import Testing

/// Tasks that fill buffers side by side, each from a child stream of its own.
struct ParallelFillTests {
  /// The draws of one task: every fill of the catalogue in turn, from one stream.
  private static func draws(of index: Int) -> [UInt64] {
    var rng = Philox(StreamKey(seed: 21, purpose: .posterior).child(UInt64(index)))
    return SamplingStabilityTests.fills.flatMap { _, fill in
      var draws = [Double](repeating: .nan, count: 3_000)
      var span = draws.mutableSpan
      fill(&span, &rng)
      return draws.map(\.bitPattern)
    }
  }

  @Test func tasksFillAsOneDoes() async {
    let count = 16
    var parallel = [[UInt64]](repeating: [], count: count)
    await withTaskGroup(of: (Int, [UInt64]).self) { group in
      for index in 0..<count { group.addTask { (index, Self.draws(of: index)) } }
      for await (index, draws) in group { parallel[index] = draws }
    }
    #expect(parallel == (0..<count).map(Self.draws))
    #expect(Set(parallel).count == count)
  }
}
