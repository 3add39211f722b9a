/// The order that sorts keys ascending; equal keys stay as they were.
///
/// A radix sort by 11 bits at a time, from the lowest; digits that all keys share cost one reading.
///
/// - Complexity: O(*n*): six passes at most.
func sortedOrder(of keys: [UInt64]) -> [Int] {
  precondition(keys.count <= UInt32.max, "an index has 32 bits")
  let digits = 2_048
  var order = (0..<UInt32(keys.count)).map { $0 }
  var next = order
  var starts = Array(repeating: 0, count: digits)
  for shift in stride(from: 0, to: 64, by: 11) {
    for digit in 0..<digits { starts[digit] = 0 }
    for key in keys { starts[Int(truncatingIfNeeded: key >> shift) & (digits - 1)] += 1 }
    if starts.contains(keys.count) { continue }
    var sum = 0
    for digit in 0..<digits { (starts[digit], sum) = (sum, sum + starts[digit]) }
    for row in order {
      let digit = Int(truncatingIfNeeded: keys[Int(row)] >> shift) & (digits - 1)
      next[starts[digit]] = row
      starts[digit] += 1
    }
    swap(&order, &next)
  }
  return order.map { Int($0) }
}
