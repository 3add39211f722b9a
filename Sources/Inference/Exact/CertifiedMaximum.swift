#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A rejection probability at one value of the nuisance parameter, and its derivatives by the angle.
struct RejectionProbability {
  var value: Double
  var slope: Double
  var curvature: Double
}

/// The greatest value of a rejection probability over an interval of angles, to 1e-11 of itself.
///
/// Branch and bound: an interval of half-width `h` and midpoint `m` holds no value above
///
///     max over |t| ≤ h of  P(m) + P′(m) t + ½ P″(m) t²  +  ½ R (K h)³
///
/// and is split until it can be shown to hold none above the best one found. In the angle `φ`, with
/// `π = a + (b − a) sin²(φ/2)`, the remainder is uniform: for a probability `P(φ)` that some sets
/// have under binomial laws of `n₁` and `n₀` trials, whose conditional probabilities spread over a
/// range `R`, the orthogonality of Krawtchouk's polynomials gives `|P‴| ≤ 3 R K³`, where `K = √n₁ + √n₀`,
/// or `√(n₁ + n₀)` if both have the probability `π`. A random search, or a grid alone, proves nothing.
///
/// - Parameters:
///   - range: The angles.
///   - scale: `K`.
///   - spread: `R`.
///   - ceiling: A value that `P` does not exceed.
///   - threshold: A value to decide about: the search ends as soon as one at least as great is found,
///     or it is certain that there is none. Without it the search goes on to the greatest value.
///   - evaluate: `P`, `P′` and `P″` at an angle.
/// - Returns: The greatest value found.
/// - Complexity: Some tens of evaluations a unit of `K`, and a few hundred near the maximum.
func certifiedMaximum(
  over range: ClosedRange<Double>, scale: Double, spread: Double, ceiling: Double,
  deciding threshold: Double? = nil, _ evaluate: (Double) -> RejectionProbability
) -> Double {
  var best = max(evaluate(range.lowerBound).value, evaluate(range.upperBound).value)
  let length = range.upperBound - range.lowerBound
  let count = max(1, (length * scale).rounded(.up))
  var halfWidth = length / (2 * count)
  var midpoints = stride(from: 0.5, to: count, by: 1).map {
    range.lowerBound + $0 * 2 * halfWidth
  }
  while !midpoints.isEmpty {
    var bounds: [Double] = []
    bounds.reserveCapacity(midpoints.count)
    for midpoint in midpoints {
      let here = evaluate(midpoint)
      best = max(best, here.value)
      let peak = here.greatestTaylorValue(within: halfWidth)
      // Where the parabola has its vertex, the maximum is near.
      if peak.value > best * (1 + tolerance), abs(peak.offset) < halfWidth {
        best = max(best, evaluate(midpoint + peak.offset).value)
      }
      bounds.append(min(peak.value + 0.5 * spread * pow(scale * halfWidth, 3), ceiling))
    }
    if let threshold, best >= threshold { break }
    let limit = max(best * (1 + tolerance), threshold ?? 0)
    halfWidth /= 2
    midpoints = zip(midpoints, bounds).flatMap { midpoint, bound in
      bound > limit ? [midpoint - halfWidth, midpoint + halfWidth] : []
    }
  }
  return best
}

/// How far, relatively, the maximum may lie above the value returned.
private let tolerance = 1e-11

extension RejectionProbability {
  /// The greatest value of the second-order Taylor polynomial, and where.
  fileprivate func greatestTaylorValue(
    within halfWidth: Double
  ) -> (offset: Double, value: Double) {
    func taylor(_ t: Double) -> Double { value + t * (slope + 0.5 * curvature * t) }
    let vertex = -slope / curvature
    if curvature < 0, abs(vertex) < halfWidth { return (vertex, taylor(vertex)) }
    let end = slope > 0 ? halfWidth : -halfWidth
    return (end, taylor(end))
  }
}
