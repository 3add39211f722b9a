/// Predicted probabilities beside what happened: the one place where both are checked.
public struct Predictions: Hashable, Sendable {
  /// The predicted probability of each row, in 0...1.
  public let probabilities: [Double]
  /// Whether each row's session was saved.
  public let outcomes: [Bool]

  /// Pairs predictions with outcomes.
  ///
  /// Predictions of the rows that a model was fitted to flatter it; take held-out ones, or cross-fit.
  ///
  /// - Parameters:
  ///   - probabilities: The predictions.
  ///   - outcomes: What happened, 0 or 1.
  /// - Throws: `lengthMismatch`, `predictionOutOfRange` or `outcomeOutOfRange`; `tooFewRows` of none.
  public init(_ probabilities: [Double], outcomes: [Double]) throws(FitError) {
    guard probabilities.count == outcomes.count else {
      throw .lengthMismatch(rows: probabilities.count, outcomes: outcomes.count)
    }
    guard !outcomes.isEmpty else { throw .tooFewRows(rows: 0, columns: 1) }
    if let row = probabilities.firstIndex(where: { !(0...1).contains($0) }) {
      throw .predictionOutOfRange(row: row)
    }
    if let row = outcomes.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw .outcomeOutOfRange(row: row)
    }
    self.probabilities = probabilities
    self.outcomes = outcomes.map { $0 == 1 }
  }

  /// The mean squared error of the predictions, `Σ (pᵢ − yᵢ)² / n`: zero is perfect, and 0.25 is what a
  /// coin promises.
  ///
  /// Reference: Brier (1950), *Monthly Weather Review* 78, 1–3.
  public var brierScore: Double {
    let sum = outcomes.indices.reduce(0) { sum, row in
      let error = outcomes[row] ? 1 - probabilities[row] : probabilities[row]
      return sum + error * error
    }
    return sum / Double(outcomes.count)
  }

  /// The part of the Brier score of the plain share that the predictions save, `1 − B / (ȳ (1 − ȳ))`; nil
  /// if all outcomes are alike.
  public var brierSkill: Double? {
    let share = Double(outcomes.count { $0 }) / Double(outcomes.count)
    return share > 0 && share < 1 ? 1 - brierScore / (share * (1 - share)) : nil
  }
}
