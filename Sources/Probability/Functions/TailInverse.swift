#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Halley's method for the point at which a tail has a given logarithm, on the log-odds (beta) or
/// logarithm (gamma) of the point.
///
/// There both tails are log-concave, so that Newton's tangent errs to one side only, and a
/// bracket turns the rare wild step into a bisection. With `g = mass / tail` and the logarithmic
/// derivative `h` of the mass, the lower tail `F` has `(ln F)' = g` and `(ln F)'' = g (h − g)`.
struct TailInverse {
  /// What one evaluation tells.
  struct Point {
    /// `ln F`.
    var logTail: Double
    /// `ln mass`.
    var logMass: Double
    /// `h`.
    var massSlope: Double
  }

  /// `ln F` at the point sought.
  let target: Double

  private var below = -Double.infinity
  private var above = Double.infinity

  init(target: Double) { self.target = target }

  /// The step from `position` towards the point sought, and whether it ends there.
  mutating func step(at position: Double, _ point: Point) -> (step: Double, isLast: Bool) {
    let error = target - point.logTail
    if error == 0 { return (0, true) }
    if error > 0 { below = position } else { above = position }
    let slope = exp(point.logMass - point.logTail)
    let newton = error / slope
    let bend = 1 + newton * (point.massSlope - slope) / 2
    var step = newton / (bend > 0.5 ? bend : bend > 0 ? 0.5 : 1)
    let next = position + step
    if !(next >= below && next <= above) {
      step = (below.isFinite && above.isFinite ? (below + above) / 2 : 0) - position
      if !(below.isFinite && above.isFinite) {
        step = error > 0 ? 8 + abs(position) : -8 - abs(position)
      }
    }
    // The error after a step is of third order in the step, in units of the tail's width.
    return (step, abs(step) * (1 + slope + abs(point.massSlope)) < 1e-6)
  }
}
