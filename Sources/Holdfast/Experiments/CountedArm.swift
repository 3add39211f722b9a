internal import Inference

/// What one row says of one arm, or why it says nothing.
struct CountedArm: Sendable {
  /// The number of sessions, wherever it is sound by itself.
  let sessions: Int?
  /// The summary for tests.
  let summary: Result<ArmSummary, Fault>

  /// Why counts cannot be what they say.
  enum Fault: Error, Hashable {
    /// There is none in the column.
    case missing(column: String)
    /// A count is negative, has a fraction, or is beyond 2⁵³.
    case notACount(column: String, Double)
    /// A variance is negative.
    case notAVariance(column: String, Double)
    /// A mean or a variance is so large that sums of squares overflow.
    case tooLarge(column: String, Double)
    /// More sessions succeeded than there are.
    case tooManySuccesses(Int, of: Int)

    var sentence: String {
      switch self {
      case .missing(let column): "there is no value in \(column)"
      case .notACount(let column, let value): "\(column) is \(value), which counts nothing"
      case .notAVariance(let column, let value): "\(column) is \(value), which is no variance"
      case .tooLarge(let column, let value): "\(column) is \(value), which is too large"
      case .tooManySuccesses(let successes, let trials):
        "\(successes) successes are more than the \(trials) sessions"
      }
    }
  }

  /// Reads the counts of an arm from the columns of a row.
  init(_ columns: ExperimentsPlan.Columns, value: (String) -> Double?) {
    let counted = Self.count(columns.names[0], value)
    sessions = try? counted.get()
    summary = counted.flatMap { sessions in
      Result { () throws(Fault) in
        switch columns {
        case .tally(_, let column):
          let successes = try Self.count(column, value).get()
          guard successes <= sessions else { throw .tooManySuccesses(successes, of: sessions) }
          return ArmSummary(Tally(successes: successes, trials: sessions))
        case .moments(_, let mean, let variance):
          return ArmSummary(try Self.moments(sessions, mean: mean, variance: variance, value))
        }
      }
    }
  }

  /// Moments; a mean is needed of one value, and a variance of two.
  private static func moments(
    _ count: Int, mean meanColumn: String, variance column: String, _ value: (String) -> Double?
  ) throws(Fault) -> Moments {
    guard count > 0 else { return Moments() }
    guard let mean = value(meanColumn) else { throw .missing(column: meanColumn) }
    guard abs(mean) <= MetricColumn.greatest else { throw .tooLarge(column: meanColumn, mean) }
    guard count > 1 else { return Moments(count: 1, mean: mean, sumOfSquaredDeviations: 0) }
    guard let variance = value(column) else { throw .missing(column: column) }
    guard variance >= 0 else { throw .notAVariance(column: column, variance) }
    guard variance <= MetricColumn.greatest else { throw .tooLarge(column: column, variance) }
    return Moments(
      count: count, mean: mean, sumOfSquaredDeviations: variance * Double(count - 1))
  }

  /// A whole number from zero to 2⁵³, beyond which neighbours become one double.
  private static func count(
    _ column: String, _ value: (String) -> Double?
  ) -> Result<Int, Fault> {
    guard let number = value(column) else { return .failure(.missing(column: column)) }
    guard let count = Int(exactly: number), (0...1 << 53).contains(count) else {
      return .failure(.notACount(column: column, number))
    }
    return .success(count)
  }
}
