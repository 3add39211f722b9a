import Inference
import Testing

/// Graphs whose procedures are known by other names.
@Suite struct GraphicalProcedureTests {
  static let samples: [[Double]] = (0..<30).map {
    MultiplicityDefinitionTests.sample(UInt64(100 + $0), count: 4)
  }

  @Test(arguments: samples)
  func equalWeightsAreHolms(_ p: [Double]) throws {
    let graph = GraphicalProcedure.holm(weights: [0.25, 0.25, 0.25, 0.25]).adjust(p)
    for (own, other) in zip(graph, Multiplicity.holm(p)) {
      #expect(abs(try #require(own) - (try #require(other))) < 1e-14)
    }
  }

  @Test(arguments: samples)
  func aFixedSequenceTakesTheGreatestSoFar(_ p: [Double]) throws {
    let graph = GraphicalProcedure.fallback(weights: [1, 0, 0, 0]).adjust(p)
    var greatest = 0.0
    for (own, single) in zip(graph, p) {
      greatest = max(greatest, single)
      #expect(try #require(own) == greatest)
    }
  }

  /// Fallback at one level: a question's share is its own and what the one before it left.
  @Test(arguments: samples)
  func fallbackPassesOn(_ p: [Double]) throws {
    let weights = [0.4, 0.1, 0.3, 0.2]
    let graph = GraphicalProcedure.fallback(weights: weights).adjust(p)
    for alpha in [0.0101, 0.0502, 0.1003, 0.2502, 0.5001] {
      var left = 0.0
      for (i, single) in p.enumerated() {
        let share = weights[i] * alpha + left
        let isRejected = single <= share
        left = isRejected ? share : 0
        #expect((try #require(graph[i]) <= alpha) == isRejected)
      }
    }
  }

  /// Behind a gate of which `g` of two questions are answered, Holm at `g/2` of the level.
  @Test(arguments: samples)
  func aParallelGateOpensByHalves(_ p: [Double]) throws {
    let graph = GraphicalProcedure.parallelGate(gate: 2, behind: 2).adjust(p)
    let gate = [p[0], p[1]].map { min(1, 2 * $0) }.sorted()
    #expect(abs(try #require(graph[0]) - min(1, 2 * p[0])) < 1e-15)
    #expect(abs(try #require(graph[1]) - min(1, 2 * p[1])) < 1e-15)
    // Holm's two values, uncapped.
    let (low, high) = (min(p[2], p[3]), max(p[2], p[3]))
    for (own, single) in [(graph[2], p[2]), (graph[3], p[3])] {
      let raw = single == low ? 2 * low : max(2 * low, high)
      let wanted = min(max(gate[0], 2 * raw), max(gate[1], raw), 1)
      #expect(abs(try #require(own) - wanted) < 1e-14)
    }
  }

  @Test func aMissingPValueKeepsItsShare() {
    let graph = GraphicalProcedure.holm(weights: [0.5, 0.5])
    #expect(graph.adjust([nil, 0.02]) == [nil, 0.04])
    #expect(graph.adjust([0.001, 0.02]) == [0.002, 0.02])
    #expect(graph.adjust([nil, nil]) == [nil, nil])
  }
}
