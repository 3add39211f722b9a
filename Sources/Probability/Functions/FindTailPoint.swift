#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The point at which a rising function is zero, sought outwards from a start.
///
/// - Parameters:
///   - start: Where to begin.
///   - width: The first step; each is twice as long as the one before.
///   - function: A function that rises, such as `ln F(x) − ln p`; it may be infinite.
/// - Returns: The point; ±∞ if the function has one sign as far as doubles go.
func findTailPoint(near start: Double, width: Double, of function: (Double) -> Double) -> Double {
  // An infinity is of the right sign, but no number to interpolate by.
  func bounded(_ x: Double) -> Double { min(max(function(x), -1e6), 1e6) }
  let isBelow = bounded(start) < 0
  var (near, step) = (start, isBelow ? width : -width)
  while true {
    let far = near + step
    guard far.isFinite else { return far }
    if (bounded(far) < 0) != isBelow {
      return findRoot(from: near, to: far, of: bounded) ?? far
    }
    near = far
    step *= 2
  }
}
