/// A procedure for questions of different weight and order, drawn as a graph.
///
/// Each question starts with a share `wᵢ` of the level α. When one is answered (its p-value is at most
/// its share), it hands its share on along the arrows, `gᵢⱼ` of it to question `j`:
///
///     wⱼ ← wⱼ + wᵢ gᵢⱼ      gⱼₖ ← (gⱼₖ + gⱼᵢ gᵢₖ) / (1 − gⱼᵢ gᵢⱼ)
///
/// The chance of any false rejection stays below α, whatever the dependence. Bonferroni, weighted
/// Holm, a fixed sequence, fallback and gatekeeping are all such graphs.
///
/// Reference: Bretz, Maurer, Brannath and Posch (2009), *Statistics in Medicine* 28, 586–604,
/// algorithm 1; adjusted p-values by its section 2.3.
public struct GraphicalProcedure: Hashable, Sendable {
  /// The share of the level that each question starts with; their sum is at most one.
  public let weights: [Double]
  /// The share of its own that a question hands to each other one; each row sums to at most one.
  public let transitions: [[Double]]

  /// Draws a graph.
  public init(weights: [Double], transitions: [[Double]]) {
    precondition(weights.count == transitions.count, "each question has a weight and its arrows")
    for (index, row) in transitions.enumerated() {
      precondition(row.count == weights.count, "an arrow leads to each question")
      precondition(row[index] == 0, "no arrow leads from a question to itself")
      precondition(Self.areShares(row), "the arrows of a question share at most all it has")
    }
    precondition(Self.areShares(weights), "weights share at most the whole level")
    self.weights = weights
    self.transitions = transitions
  }

  /// Weighted Holm: what a question leaves goes to the others by their weights. All weights are
  /// positive.
  public static func holm(weights: [Double]) -> GraphicalProcedure {
    precondition(weights.allSatisfy { $0 > 0 }, "every question has a positive weight")
    let total = weights.reduce(0, +)
    let transitions = weights.indices.map { own in
      weights.indices.map { own == $0 ? 0 : weights[$0] / (total - weights[own]) }
    }
    return GraphicalProcedure(weights: weights, transitions: transitions)
  }

  /// Weighted Bonferroni: nothing is handed on.
  public static func bonferroni(weights: [Double]) -> GraphicalProcedure {
    GraphicalProcedure(
      weights: weights,
      transitions: weights.map { _ in [Double](repeating: 0, count: weights.count) })
  }

  /// Fallback (Wiens 2003): each question hands all it has to the next. With all the weight on the
  /// first it is the fixed sequence.
  public static func fallback(weights: [Double]) -> GraphicalProcedure {
    GraphicalProcedure(
      weights: weights,
      transitions: weights.indices.map { own in
        weights.indices.map { $0 == own + 1 ? 1 : 0 }
      })
  }

  /// A gate: `gate` questions share the level; each one answered hands its share to the `behind`
  /// questions, which share it and pass it among themselves.
  public static func parallelGate(gate: Int, behind: Int) -> GraphicalProcedure {
    precondition(gate > 0 && behind > 0, "there is a gate, and something behind it")
    let count = gate + behind
    return GraphicalProcedure(
      weights: (0..<count).map { $0 < gate ? 1 / Double(gate) : 0 },
      transitions: (0..<count).map { own in
        (0..<count).map { other in
          if other < gate || other == own { return 0 }
          return 1 / Double(own < gate ? behind : behind - 1)
        }
      })
  }

  /// The adjusted p-values: a question is answered at any level that its own is at most.
  ///
  /// A missing p-value is a question that cannot be answered: it keeps its share, so that the others
  /// gain nothing by its absence, and stays missing.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none, one for each question.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m*³) for *m* questions.
  public func adjust(_ pValues: [Double?]) -> [Double?] {
    precondition(pValues.count == weights.count, "each question has a p-value or nil")
    precondition(
      pValues.allSatisfy { $0.map { 0 <= $0 && $0 <= 1 } ?? true }, "a p-value lies in 0...1")
    var weights = weights
    var transitions = transitions
    var adjusted = pValues
    var open = pValues.indices.filter { pValues[$0] != nil }
    var greatest = 0.0
    while !open.isEmpty {
      func ratio(_ index: Int) -> Double {
        guard let p = pValues[index], weights[index] > 0 else { return .infinity }
        return p / weights[index]
      }
      let next = open.reduce(open[0]) { ratio($1) < ratio($0) ? $1 : $0 }
      greatest = max(greatest, min(1, ratio(next)))
      adjusted[next] = greatest
      open.removeAll { $0 == next }
      handOn(from: next, to: pValues.indices.filter { $0 != next }, &weights, &transitions)
    }
    return adjusted
  }

  private func handOn(
    from answered: Int, to others: [Int], _ weights: inout [Double], _ transitions: inout [[Double]]
  ) {
    let old = transitions
    for j in others {
      weights[j] += weights[answered] * old[answered][j]
      let loop = old[j][answered] * old[answered][j]
      for k in others where k != j {
        transitions[j][k] =
          loop < 1 ? (old[j][k] + old[j][answered] * old[answered][k]) / (1 - loop) : 0
      }
      transitions[j][answered] = 0
    }
    weights[answered] = 0
    transitions[answered] = [Double](repeating: 0, count: old.count)
  }

  private static func areShares(_ values: [Double]) -> Bool {
    values.allSatisfy { $0 >= 0 } && values.reduce(0, +) <= 1 + 1e-12
  }
}
