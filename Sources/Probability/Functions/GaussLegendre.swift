#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Gauss–Legendre quadrature: `∫₋₁¹ f ≈ Σᵢ wᵢ f(tᵢ)`, exact for polynomials of degree `2n − 1`.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 3.5(v).
public struct GaussLegendre: Sendable {
  /// The nodes `tᵢ`, the zeros of the Legendre polynomial of degree `n`, in ascending order.
  public let nodes: [Double]
  /// The weights `wᵢ`, which sum to 2.
  public let weights: [Double]

  /// Finds the rule of `count` nodes by Newton's method; O(`count`²).
  public init(count: Int) {
    precondition(count > 0, "a rule has at least one node")
    let n = Double(count)
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for i in 0..<count {
      var t = -cos(.pi * (Double(i) + 0.75) / (n + 0.5))
      var slope = 0.0
      for _ in 0..<6 {
        var (previous, value) = (1.0, t)
        for k in 1..<count {
          let j = Double(k)
          (previous, value) = (value, ((2 * j + 1) * t * value - j * previous) / (j + 1))
        }
        slope = n * (t * value - previous) / (t * t - 1)
        t -= value / slope
      }
      nodes[i] = t
      weights[i] = 2 / ((1 - t * t) * slope * slope)
    }
    (self.nodes, self.weights) = (nodes, weights)
  }

  /// The integral of a smooth function from `lower` to `upper`.
  @inlinable public func integrate(
    from lower: Double, to upper: Double, _ function: (Double) -> Double
  ) -> Double {
    let (center, half) = (0.5 * (lower + upper), 0.5 * (upper - lower))
    var sum = 0.0
    for i in nodes.indices { sum += weights[i] * function(center + half * nodes[i]) }
    return sum * half
  }

  /// The rule behind the tails of the beta and gamma distributions.
  static let tail = GaussLegendre(count: 32)
}
