/// The first index of a range at which a condition holds that goes on holding, or the range's end.
///
/// - Complexity: O(log *n*).
@inline(__always)
func firstIndex(in range: Range<Int>, where condition: (Int) -> Bool) -> Int {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let middle = low + (high - low) / 2
    if condition(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}

/// The same over a closed range: its last index if the condition holds at none before.
@inline(__always)
func firstIndex(in range: ClosedRange<Int>, where condition: (Int) -> Bool) -> Int {
  firstIndex(in: range.lowerBound..<range.upperBound, where: condition)
}
