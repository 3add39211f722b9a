public import Inference
internal import Probability

/// The mean of one number a session, with an error that allows for customers who come back.
///
///     m = Σᵢ ψᵢ / n        SE² = G / (G − 1) · Σ_g (Σ_{i in g} (ψᵢ − m))² / n²
///
/// Where each of the `G` customers has one session this is `s² / n`.
///
/// Reference: Liang and Zeger (1986), *Biometrika* 73, 13–22.
public struct ScoreEstimate: Hashable, Sendable {
  /// The mean `m`, in the unit of the scores.
  public let mean: Double
  /// Its standard error; zero if the scores do not vary.
  public let standardError: Double
  /// The number of sessions.
  public let sessions: Int

  init(mean: Double, standardError: Double, sessions: Int) {
    (self.mean, self.standardError, self.sessions) = (mean, standardError, sessions)
  }

  /// Averages some scores; fails unless at least two customers have one.
  ///
  /// - Complexity: O(*n*).
  init?(_ scores: [Double], _ customers: CustomerIndex) {
    precondition(scores.count == customers.places.count, "one score belongs to each session")
    self.init(scores, rows: scores.indices, customers)
  }

  /// Averages the scores of some rows.
  init?(_ scores: [Double], rows: some Collection<Int>, _ customers: CustomerIndex) {
    var (sum, count) = (0.0, 0)
    for row in rows {
      sum += scores[row]
      count += 1
    }
    guard count > 1 else { return nil }
    let mean = sum / Double(count)
    var (sums, isMember) = (customers.zeros, Array(repeating: false, count: customers.count))
    for row in rows {
      sums[customers.places[row]] += scores[row] - mean
      isMember[customers.places[row]] = true
    }
    let members = isMember.count { $0 }
    guard members > 1, mean.isFinite else { return nil }
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    let correction = Double(members) / Double(members - 1)
    self.init(
      mean: mean, standardError: (correction * squares).squareRoot() / Double(count),
      sessions: count)
  }

  /// The two-sided normal interval of a level between zero and one.
  public func interval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: mean - margin, upper: mean + margin)
  }

  /// The test of the mean against a value; nil if the scores do not vary.
  public func test(null: Double = 0) -> WaldTest? {
    WaldTest(estimate: mean, standardError: standardError, null: null)
  }
}
