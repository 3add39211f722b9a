public import Inference

/// Predicted against observed shares, in groups of about equally many rows.
///
/// A prediction is calibrated if of the sessions to which it gives 30 % three in ten are saved. Groups
/// end at the quantiles of the predictions, so that equal predictions share one.
///
/// Reference: Murphy and Winkler (1977), *Applied Statistics* 26, 41–47.
public struct CalibrationCurve: Hashable, Sendable {
  /// The rows whose predictions lie together.
  public struct Group: Hashable, Sendable {
    /// The mean of the predictions.
    public let predicted: Double
    /// The sum of the predictions: the saved sessions they promise.
    public let expected: Double
    /// What happened.
    public let observed: Tally

    /// The share that was saved.
    public var share: Double { observed.proportion }

    /// Wilson's interval of the share.
    public func interval(level: Double = 0.95) -> Interval {
      WilsonInterval(level: level).proportion(observed)
    }
  }

  /// The groups, by rising prediction; none is empty.
  public let groups: [Group]

  /// The mean distance of observed from predicted shares, each group by its rows: the expected
  /// calibration error. With few rows a group it is above zero even for perfect predictions.
  public var expectedError: Double {
    let rows = groups.reduce(0) { $0 + $1.observed.trials }
    return groups.reduce(0) {
      $0 + abs($1.share - $1.predicted) * Double($1.observed.trials) / Double(rows)
    }
  }

  /// Groups predictions.
  ///
  /// - Parameters:
  ///   - predictions: The predictions with their outcomes.
  ///   - groupCount: The number of groups, fewer if predictions are tied.
  /// - Complexity: O(*n* log *n*).
  public init(_ predictions: Predictions, groupCount: Int = 10) {
    precondition(groupCount > 0, "a curve has a group")
    let p = predictions.probabilities
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var groups: [Group] = []
    var start = 0
    for quantile in 1...groupCount {
      // Hyndman and Fan's type 7, the default of R and NumPy.
      let place = Double(order.count - 1) * Double(quantile) / Double(groupCount)
      let below = min(Int(place), order.count - 1)
      let above = min(below + 1, order.count - 1)
      let (low, high) = (p[order[below]], p[order[above]])
      let bound = quantile == groupCount ? high : low + (place - Double(below)) * (high - low)
      var end = start
      while end < order.count, p[order[end]] <= bound { end += 1 }
      guard end > start else { continue }
      let rows = order[start..<end]
      let expected = rows.reduce(0) { $0 + p[$1] }
      groups.append(
        Group(
          predicted: expected / Double(rows.count), expected: expected,
          observed: Tally(
            successes: rows.count { predictions.outcomes[$0] }, trials: rows.count)))
      start = end
    }
    self.groups = groups
  }
}
