/// The least whole number from `range` that satisfies a condition which, once true, stays true; the
/// last one if none does.
///
/// - Complexity: O(log *n*) calls for a range of *n* numbers.
func leastCount(in range: ClosedRange<Int>, where isEnough: (Double) -> Bool) -> Double {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let middle = low + (high - low) / 2
    if isEnough(Double(middle)) { high = middle } else { low = middle + 1 }
  }
  return Double(low)
}

/// The least whole number of zero or more that satisfies a condition which, once true, stays true.
///
/// - Parameters:
///   - guess: A number of the right size; doubled until it is enough.
///   - isEnough: The condition.
/// - Returns: The number; infinity beyond 2⁶¹.
func leastCount(near guess: Double, where isEnough: (Double) -> Bool) -> Double {
  let last = 1 << 61
  var high = Int(exactly: min(max(guess, 1), 0x1p61).rounded()) ?? last
  var low = 0
  while high < last, !isEnough(Double(high)) {
    low = high + 1
    high *= 2
  }
  return high < last ? leastCount(in: low...high, where: isEnough) : .infinity
}
