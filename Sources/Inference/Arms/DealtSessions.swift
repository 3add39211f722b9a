/// Sessions with several outcomes, and the arms that they were dealt to.
struct DealtSessions: Sendable {
  /// The number of outcomes.
  let metricCount: Int
  /// The arm of each session, as observed.
  let observedDeal: [Int]
  private let sizes: [Int]
  /// The outcomes of each session in turn, less their means over all sessions.
  private let values: [Double]

  init(arms: [[[Double]]]) throws(InferenceError) {
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    for (arm, rows) in arms.enumerated() where rows.count < 2 {
      throw .tooFewSessions(arm: arm, count: rows.count, needed: 2)
    }
    let metricCount = arms[0][0].count
    precondition(metricCount > 0, "there is an outcome to compare")
    var moments = Array(repeating: Moments(), count: metricCount)
    for (arm, rows) in arms.enumerated() {
      for row in rows {
        precondition(row.count == metricCount, "every session has a value of each outcome")
        for (metric, value) in row.enumerated() {
          guard value.isFinite else { throw .invalidValue(arm: arm, value: value) }
          moments[metric].add(value)
        }
      }
    }
    for metric in moments where !metric.sumOfSquaredDeviations.isFinite {
      throw .overflow(arm: 0)
    }
    // About the mean, so that sums of squares lose little.
    values = arms.flatMap { rows in
      rows.flatMap { row in row.indices.map { row[$0] - moments[$0].mean } }
    }
    self.metricCount = metricCount
    sizes = arms.map(\.count)
    observedDeal = arms.indices.flatMap { Array(repeating: $0, count: arms[$0].count) }
  }

  /// One for each arm but the control, and outcome.
  var hypothesisCount: Int { (sizes.count - 1) * metricCount }

  /// The number of ways to deal out the sessions, `n!/∏ nₐ!`; nil if it exceeds a limit.
  func dealCount(upTo limit: Int) -> Int? {
    var (count, dealt) = (1, 0)
    for size in sizes {
      for taken in 1...size {
        dealt += 1
        // C(dealt, taken), exact at every step.
        let (product, overflow) = count.multipliedReportingOverflow(by: dealt)
        guard !overflow else { return nil }
        count = product / taken
      }
      guard count <= limit else { return nil }
    }
    return count
  }

  /// Welch's statistics of a deal.
  func fillStatistics(_ deal: [Int], into t: inout [Double]) {
    let metrics = metricCount
    var sums = Array(repeating: 0.0, count: 2 * sizes.count * metrics)
    values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        for session in deal.indices {
          let (row, arm) = (session * metrics, 2 * deal[session] * metrics)
          for metric in 0..<metrics {
            let value = values[row + metric]
            sums[arm + 2 * metric] += value
            sums[arm + 2 * metric + 1] += value * value
          }
        }
      }
    }
    for arm in 1..<sizes.count {
      for metric in 0..<metrics {
        let (own, control) = (mean(sums, arm, metric), mean(sums, 0, metric))
        t[(arm - 1) * metrics + metric] = welch(own, control)
      }
    }
  }

  /// The mean of an arm's outcome, and its variance.
  private func mean(
    _ sums: [Double], _ arm: Int, _ metric: Int
  ) -> (mean: Double, variance: Double) {
    let (place, n) = (2 * (arm * metricCount + metric), Double(sizes[arm]))
    let mean = sums[place] / n
    let spread = sums[place + 1] - n * mean * mean
    // What is lost in the subtraction counts as none.
    let isConstant = spread <= 1e-13 * sums[place + 1]
    return (mean, isConstant ? 0 : spread / (n * (n - 1)))
  }

  private func welch(
    _ own: (mean: Double, variance: Double), _ control: (mean: Double, variance: Double)
  ) -> Double {
    let (difference, variance) = (own.mean - control.mean, own.variance + control.variance)
    if variance > 0 { return difference / variance.squareRoot() }
    // Means of one value, summed in arms of different sizes, differ in their last bits.
    let isRounding = abs(difference) <= 1e-12 * (abs(own.mean) + abs(control.mean))
    return isRounding ? 0 : .infinity * difference
  }
}

extension [Int] {
  /// Moves on to the next order of the elements, in the order of a dictionary; false after the last.
  mutating func advanceToNextPermutation() -> Bool {
    guard let pivot = indices.dropLast().last(where: { self[$0] < self[$0 + 1] }) else {
      return false
    }
    let other = indices.last { self[pivot] < self[$0] } ?? pivot
    swapAt(pivot, other)
    self[(pivot + 1)...].reverse()
    return true
  }
}
