public import Inference

/// The area under the ROC curve: how often a saved session was given a higher probability than a lost one.
///
///     A = Σᵢ Vᵢ / m      Vᵢ = (#{j : pⱼ < pᵢ} + ½ #{j : pⱼ = pᵢ}) / n      over m saved i and n lost j
///     var A = S²_V / m + S²_U / n      U the same seen from the lost
///
/// Ties count one half. The placements `V` and `U` come from the midranks within each class and within
/// both, so that the variance costs sorting and no pairs.
///
/// References: DeLong, DeLong and Clarke-Pearson (1988), *Biometrics* 44, 837–845; Sun and Xu (2014),
/// *IEEE Signal Processing Letters* 21, 1389–1393.
public struct ROCArea: Hashable, Sendable {
  /// The area `A`, in 0...1.
  public let value: Double
  /// The standard error of the area.
  public let standardError: Double
  /// The placement `V` of each saved session among the lost, in the order of the rows.
  let saved: [Double]
  /// The placement `U` of each lost session among the saved, in the order of the rows.
  let lost: [Double]

  /// Measures how well predictions rank.
  ///
  /// - Throws: `outcomesAllAlike` unless both outcomes occur twice, as the variance needs.
  /// - Complexity: O(*n* log *n*).
  public init(_ predictions: Predictions) throws(FitError) {
    let outcomes = predictions.outcomes
    let positives = outcomes.indices.filter { outcomes[$0] }
    let negatives = outcomes.indices.filter { !outcomes[$0] }
    let (m, n) = (Double(positives.count), Double(negatives.count))
    guard m > 1, n > 1 else { throw .outcomesAllAlike }
    let p = predictions.probabilities
    let all = midranks(p)
    let within = (midranks(positives.map { p[$0] }), midranks(negatives.map { p[$0] }))
    saved = positives.indices.map { (all[positives[$0]] - within.0[$0]) / n }
    lost = negatives.indices.map { 1 - (all[negatives[$0]] - within.1[$0]) / m }
    value = saved.reduce(0, +) / m
    standardError =
      (Self.covariance(saved, saved) / m + Self.covariance(lost, lost) / n).squareRoot()
  }

  /// The confidence interval of a level, on the scale of the area and cut at 0 and 1.
  public func interval(level: Double = 0.95) -> Interval {
    guard let test = WaldTest(estimate: value, standardError: standardError) else {
      return Interval(lower: value, upper: value)
    }
    let ends = test.interval(level: level)
    return Interval(lower: max(0, ends.lower), upper: min(1, ends.upper))
  }

  /// DeLong's test that this area is another's, both measured on the same rows.
  ///
  /// Nil if the two rank alike, so that their difference has no variance.
  public func difference(from other: ROCArea) -> WaldTest? {
    precondition(
      saved.count == other.saved.count && lost.count == other.lost.count,
      "a paired comparison is of the same rows")
    let variance =
      Self.covariance(self, self) + Self.covariance(other, other) - 2 * Self.covariance(self, other)
    return WaldTest(
      estimate: value - other.value, standardError: max(0, variance).squareRoot())
  }

  private static func covariance(_ a: ROCArea, _ b: ROCArea) -> Double {
    covariance(a.saved, b.saved) / Double(a.saved.count)
      + covariance(a.lost, b.lost) / Double(a.lost.count)
  }

  private static func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    return a.indices.reduce(0) { $0 + (a[$1] - meanA) * (b[$1] - meanB) } / (count - 1)
  }
}

/// The rank of each value from one up; equal values share the mean of their ranks.
private func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = Array(repeating: 0.0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
    start = end
  }
  return ranks
}
