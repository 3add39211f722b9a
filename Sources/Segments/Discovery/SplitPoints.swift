/// The ways in which one covariate parts some sessions in two, each with the greatest value on the
/// side that a number's condition holds.
struct SplitPoints {
  /// One way.
  struct Point {
    let condition: Condition
    /// For a number, the greatest value that meets the condition.
    let greatestBelow: Double?
    /// Whether each session meets it; one whose value is missing does not.
    let holds: [Bool]
  }

  /// The ways that leave enough sessions on both sides: below each distinct number, or one level
  /// against the rest.
  static func of(_ covariate: Covariate, minimumSessions: Int) -> [Point] {
    switch covariate.column {
    case .category(let codes, let levels):
      return levels.indices.compactMap { level in
        let holds = codes.map { $0 == Int32(level) }
        let inside = holds.count { $0 }
        guard inside >= minimumSessions, codes.count - inside >= minimumSessions else { return nil }
        return Point(
          condition: Condition(covariate.name, .level(levels[level])), greatestBelow: nil,
          holds: holds)
      }
    case .number(let values, let isPresent):
      let sorted = values.indices.filter { isPresent[$0] }.map { values[$0] }.sorted()
      return sorted.indices.dropFirst().compactMap { index in
        guard sorted[index - 1] < sorted[index], index >= minimumSessions,
          values.count - index >= minimumSessions
        else { return nil }
        let cut = sorted[index]
        return Point(
          condition: Condition(covariate.name, .below(cut)), greatestBelow: sorted[index - 1],
          holds: values.indices.map { isPresent[$0] && values[$0] < cut })
      }
    }
  }
}

extension SplitPoints {
  /// The same ways, judged by the sum of one number inside instead of by the sessions themselves.
  struct Cuts {
    private let covariate: Covariate
    private let minimumSessions: Int

    init(_ covariate: Covariate, minimumSessions: Int) {
      (self.covariate, self.minimumSessions) = (covariate, minimumSessions)
    }

    /// The first way of the greatest gain.
    ///
    /// - Parameters:
    ///   - gain: The gain of a sum and a count inside.
    ///   - number: The number of a session.
    /// - Returns: The condition; nil if none leaves enough on both sides.
    /// - Complexity: O(*n* log *n*).
    func best(_ gain: (Double, Int) -> Double, of number: (Int) -> Double) -> Condition? {
      var best: Condition?
      var greatest = -Double.infinity
      func consider(_ sum: Double, _ count: Int, _ requirement: Condition.Requirement) {
        guard count >= minimumSessions, covariate.count - count >= minimumSessions else { return }
        let gained = gain(sum, count)
        guard gained > greatest else { return }
        greatest = gained
        best = Condition(covariate.name, requirement)
      }
      switch covariate.column {
      case .category(let codes, let levels):
        var (sums, counts) = (levels.map { _ in 0.0 }, levels.map { _ in 0 })
        for (row, code) in codes.enumerated() where code >= 0 {
          sums[Int(code)] += number(row)
          counts[Int(code)] += 1
        }
        for level in levels.indices {
          consider(sums[level], counts[level], .level(levels[level]))
        }
      case .number(let values, let isPresent):
        let sorted = values.indices.filter { isPresent[$0] }
          .sorted { (values[$0], $0) < (values[$1], $1) }
        var sum = 0.0
        for (index, row) in sorted.enumerated() {
          if index > 0, values[sorted[index - 1]] < values[row] {
            consider(sum, index, .below(values[row]))
          }
          sum += number(row)
        }
      }
      return best
    }
  }
}
