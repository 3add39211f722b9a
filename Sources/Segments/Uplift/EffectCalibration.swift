/// Whether predicted effects are as large, and as different, as the effects are.
///
///     Γᵢ = α τ̄ + β (τ̂ᵢ − τ̄) + eᵢ
///
/// `α = 1` if the mean prediction is right. `β = 1` if differences of predictions are differences of
/// effects, and `β > 0` says that there is heterogeneity and that the predictions see some of it.
/// Predictions must come from other sessions than the scores that judge them.
///
/// - Warning: Folds that predict each other err together: where effects do not vary, `β` of
///   cross-fitted predictions is found different from zero too often. For a test, learn on some
///   customers and judge on others, by ``UpliftLearner/effects(_:arm:baseline:_:training:at:)``
///   (Wager, 2024, "Sequential validation of treatment heterogeneity").
///
/// Reference: Chernozhukov, Demirer, Duflo and Fernández-Val (2025), *Econometrica* 93, 1121–1164;
/// grf's `test_calibration`.
public struct EffectCalibration: Hashable, Sendable {
  /// The test of `α` against zero; nil if the mean prediction is zero.
  public let meanPrediction: WaldTest?
  /// The test of `β` against zero; nil if predictions do not vary.
  public let differences: WaldTest?
  /// The mean prediction and the mean score in groups from the highest predictions to the lowest.
  public let groups: [Group]

  /// Sessions of similar predictions.
  public struct Group: Hashable, Sendable {
    /// The mean prediction.
    public let prediction: Double
    /// The effect; nil if fewer than two customers are in the group.
    public let effect: ScoreEstimate?
  }

  /// Judges predictions.
  ///
  /// - Parameters:
  ///   - predictions: The predicted effect of each session, finite.
  ///   - contrast: The contrast score of each session.
  ///   - units: A stable hash of each session's customer.
  ///   - groupCount: The number of groups.
  /// - Throws: `lengthMismatch`, `scoreNotFinite`, or `regression`.
  /// - Complexity: O(*n* log *n*).
  public init(
    predictions: [Double], contrast: [Double], units: [UInt64], groupCount: Int = 5
  ) throws(SegmentError) {
    let count = predictions.count
    guard contrast.count == count else {
      throw .lengthMismatch(column: "contrast", count: contrast.count, sessions: count)
    }
    guard units.count == count else {
      throw .lengthMismatch(column: "customer", count: units.count, sessions: count)
    }
    if let row = predictions.firstIndex(where: { !$0.isFinite }) {
      throw .scoreNotFinite(row: row, arm: "prediction")
    }
    guard count > 2 else { throw .tooFewSessions(count: count, needed: 3) }
    let customers = CustomerIndex(units)
    let mean = predictions.reduce(0, +) / Double(count)
    let departures = predictions.map { $0 - mean }
    let varies = predictions.contains { $0 != predictions[0] }
    var columns: [[Double]] = []
    if mean != 0 { columns.append(predictions.map { _ in mean }) }
    if varies { columns.append(departures) }
    let fit =
      columns.isEmpty
      ? nil : try RobustLeastSquares(columns: columns, contrast, customers)
    meanPrediction = mean != 0 ? fit?.test(0) : nil
    differences = varies ? fit?.test(columns.count - 1) : nil
    groups = ScoreGroups(predictions, rows: Array(predictions.indices), count: groupCount).groups
      .map { rows in
        Group(
          prediction: rows.reduce(0) { $0 + predictions[$1] } / Double(rows.count),
          effect: ScoreEstimate(contrast, rows: rows, customers))
      }
  }
}
