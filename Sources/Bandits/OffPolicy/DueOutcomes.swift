#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The rows of a schedule by the batch at the start of which their outcomes are learnt.
///
/// What is known by the last session but by no batch's start is due after the last batch.
struct DueOutcomes {
  private let rows: [Int32]
  /// Where the rows of each batch begin.
  private let offsets: [Int]

  /// Sorts the outcomes by the batch they are due in.
  ///
  /// - Parameters:
  ///   - schedule: The schedule.
  ///   - byDay: Whether an outcome waits for the end of the day on which it is known, as life tables of
  ///     whole days need.
  /// - Complexity: O(*n* log *b*) for *n* sessions in *b* batches, O(*n*) where outcomes are known at once.
  init(_ schedule: ReplaySchedule, byDay: Bool) {
    let last = schedule.starts.count
    let due = schedule.batches.indices.map { row -> Int32 in
      let known = byDay ? floor(schedule.known[row]) + 1 : schedule.known[row]
      let next = Int(schedule.batches[row]) + 1
      return Int32(Self.firstBatch(from: next, startingAt: known, in: schedule))
    }
    var offsets = Array(repeating: 0, count: last + 3)
    for batch in due { offsets[Int(batch) + 1] += 1 }
    for batch in 1..<offsets.count { offsets[batch] += offsets[batch - 1] }
    var (rows, places) = (Array(repeating: Int32(0), count: due.count), offsets)
    for (row, batch) in due.enumerated() {
      rows[places[Int(batch)]] = Int32(row)
      places[Int(batch)] += 1
    }
    self.rows = rows
    self.offsets = offsets
  }

  /// The rows that are learnt as a batch starts, in the order of the log; those of the number of batches
  /// are learnt after the last.
  func rows(of batch: Int) -> ArraySlice<Int32> { rows[offsets[batch]..<offsets[batch + 1]] }

  /// The first batch that starts no earlier than an instant; the number of batches if only the end of the
  /// log is late enough, and one more if nothing is.
  private static func firstBatch(
    from next: Int, startingAt known: Double, in schedule: ReplaySchedule
  ) -> Int {
    let starts = schedule.starts
    var (low, high) = (next, starts.count)
    if low < high, starts[low] >= known { return low }
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] >= known { high = middle } else { low = middle + 1 }
    }
    return low < starts.count || schedule.times[schedule.count - 1] >= known ? low : low + 1
  }
}
