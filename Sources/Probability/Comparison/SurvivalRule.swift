internal import CKernels

/// The Gauss–Legendre rule of sixteen nodes, with the integrals from each node to the right end.
struct SurvivalRule {
  /// The weights of the nodes.
  let weights: BetaPanels.Nodes
  /// For each node, what a function that is 1 there and 0 at the others has from every node to the right end.
  private let tails: [BetaPanels.Nodes]
  /// The rule as the vector kernel takes it.
  let kernel: holdfast_panel_rule

  static let shared = SurvivalRule(GaussLegendre(count: BetaPanels.Nodes.scalarCount))

  private init(_ rule: GaussLegendre) {
    let count = rule.nodes.count
    weights = BetaPanels.Nodes(rule.weights)
    // ℓⱼ = wⱼ Σₖ (k + ½) Pₖ(tⱼ) Pₖ, and ∫ₜ¹ Pₖ = (Pₖ₋₁(t) − Pₖ₊₁(t))/(2k + 1), with P₋₁ = 1.
    let legendre = rule.nodes.map { Self.legendre(upTo: count, at: $0) }
    var matrix = [Double](repeating: 0, count: count * count)
    for j in 0..<count {
      for i in 0..<count {
        var sum = 0.5 * (1 - rule.nodes[i])
        for k in 1..<count {
          sum += 0.5 * legendre[j][k] * (legendre[i][k - 1] - legendre[i][k + 1])
        }
        matrix[count * j + i] = rule.weights[j] * sum
      }
    }
    tails = (0..<count).map { BetaPanels.Nodes(matrix[count * $0..<count * ($0 + 1)]) }
    var kernel = holdfast_panel_rule()
    withUnsafeMutableBytes(of: &kernel.nodes) { Self.copy(rule.nodes, to: $0) }
    withUnsafeMutableBytes(of: &kernel.weights) { Self.copy(rule.weights, to: $0) }
    withUnsafeMutableBytes(of: &kernel.matrix) { Self.copy(matrix, to: $0) }
    self.kernel = kernel
  }

  /// The integrals of a function, given at the nodes, from each node to the right end.
  func integralsToTheRight(_ values: BetaPanels.Nodes) -> BetaPanels.Nodes {
    var sum = BetaPanels.Nodes.zero
    for (node, tail) in tails.enumerated() { sum += values[node] * tail }
    return sum
  }

  private static func copy(_ numbers: [Double], to bytes: UnsafeMutableRawBufferPointer) {
    numbers.withUnsafeBytes { bytes.copyMemory(from: $0) }
  }

  /// The Legendre polynomials of degree 0 to `degree` at `t`.
  private static func legendre(upTo degree: Int, at t: Double) -> [Double] {
    var values = [1, t]
    for k in 1..<degree {
      let n = Double(k)
      values.append(((2 * n + 1) * t * values[k] - n * values[k - 1]) / (n + 1))
    }
    return values
  }
}
