#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Gauss–Hermite quadrature for a standard normal weight: `E[f(Z)] ≈ Σᵢ wᵢ f(zᵢ)`, exact for
/// polynomials of degree `2n − 1`.
///
/// The nodes are the zeros of the probabilists' Hermite polynomial `Heₙ`; those of the physicists'
/// weight `exp(−x²)` are `zᵢ/√2`, with weights `√π wᵢ`.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 3.5(v) and 18.9.
public struct GaussHermite: Sendable {
  /// The nodes `zᵢ`, in ascending order.
  public let nodes: [Double]
  /// The weights `wᵢ`, which sum to 1.
  public let weights: [Double]

  /// Finds the rule of `count` nodes, up to 300, by bisection and Newton's method; O(`count`²).
  public init(count: Int) {
    precondition((1...300).contains(count), "a rule has 1 to 300 nodes")
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for i in 0..<(count + 1) / 2 {
      // The zeros of He are those of the Hermite functions, whose number above z is Sturm's.
      var (low, high) = (0.0, 2 * Double(count).squareRoot() + 1)
      while high - low > 1e-3 / Double(count).squareRoot() {
        let middle = 0.5 * (low + high)
        if Self.zeros(above: middle, count) > i { low = middle } else { high = middle }
      }
      var z = 0.5 * (low + high)
      if i == count - 1 - i { z = 0 }
      var below = 0.0
      for _ in 0..<5 {
        let (value, previous) = Self.orthonormal(count, z)
        // He′ₙ = n Heₙ₋₁; in orthonormal form the factor is √n.
        if z != 0 { z -= value / (Double(count).squareRoot() * previous) }
        below = previous
      }
      below = Self.orthonormal(count, z).previous
      let weight = 1 / (Double(count) * below * below)
      (nodes[count - 1 - i], nodes[i]) = (z, -z)
      (weights[count - 1 - i], weights[i]) = (weight, weight)
    }
    (self.nodes, self.weights) = (nodes, weights)
  }

  /// `E[f(Z)]` for a function that polynomials follow.
  @inlinable public func expectation(_ function: (Double) -> Double) -> Double {
    var sum = 0.0
    for i in nodes.indices { sum += weights[i] * function(nodes[i]) }
    return sum
  }

  /// `Heₙ(z)/√n!` and the same of degree `n − 1`.
  private static func orthonormal(_ n: Int, _ z: Double) -> (value: Double, previous: Double) {
    var (previous, value) = (0.0, 1.0)
    for k in 0..<n {
      let j = Double(k)
      (previous, value) = (value, (z * value - j.squareRoot() * previous) / (j + 1).squareRoot())
    }
    return (value, previous)
  }

  /// The number of zeros of `Heₙ` above `z`: the changes of sign along the degrees.
  private static func zeros(above z: Double, _ n: Int) -> Int {
    var (previous, value, changes) = (0.0, 1.0, 0)
    for k in 0..<n {
      let j = Double(k)
      let next = (z * value - j.squareRoot() * previous) / (j + 1).squareRoot()
      if (next < 0) != (value < 0) { changes += 1 }
      (previous, value) = (value, next)
    }
    return changes
  }
}
