internal import Probability

extension LogAudit {
  /// How often a cell was shown an arm, beside how often it says it should have been.
  public struct CalibrationRow: Hashable, Sendable {
    /// The cell.
    public let cell: Int
    /// The arm.
    public let arm: Arm
    /// The number of sessions of the cell.
    public let sessions: Int
    /// The share of them that were shown the arm.
    public let frequency: Double
    /// The recorded propensity: the harmonic mean over the sessions that were shown the arm.
    public let recorded: Double
    /// How many standard errors the frequency is above what was recorded; nil where it says nothing.
    public let z: Double?
    /// The two-sided p-value of `z`; nil where there is none.
    public let pValue: Double?
  }

  /// Compares recorded propensities with frequencies, in each cell and arm that was shown.
  ///
  ///     z = (Σ 1/pᵢ − n_c) / √(n_c (Σ pᵢ⁻² / Σ pᵢ⁻¹ − 1))      i over the cell's sessions of the arm
  ///
  /// If the propensities are right each sum is `n_c` in expectation. Where `p` is the same for all
  /// sessions of a cell this is the score test of a proportion. It says nothing, and is left out, where
  /// fewer than five sessions were expected with the arm, or without.
  ///
  /// - Complexity: O(*n*).
  public static func calibration(_ log: DecisionLog) -> [CalibrationRow] {
    var reciprocals = Array(repeating: 0.0, count: log.counts.count)
    var squares = reciprocals
    for row in 0..<log.count {
      let reciprocal = 1 / log.propensities[row]
      reciprocals[log.place(row)] += reciprocal
      squares[log.place(row)] += reciprocal * reciprocal
    }
    return (0..<log.cellCount).flatMap { cell in
      let places = cell * log.armCount..<(cell + 1) * log.armCount
      let sessions = places.reduce(0) { $0 + log.counts[$1] }
      let n = Double(sessions)
      return places.filter { log.counts[$0] > 0 }.map { place in
        let recorded = Double(log.counts[place]) / reciprocals[place]
        let variance = n * (squares[place] / reciprocals[place] - 1)
        let testable = n * min(recorded, 1 - recorded) >= 5 && variance > 0 && variance.isFinite
        let z = testable ? (reciprocals[place] - n) / variance.squareRoot() : nil
        return CalibrationRow(
          cell: cell, arm: Arm(place - places.lowerBound), sessions: sessions,
          frequency: Double(log.counts[place]) / n, recorded: recorded, z: z,
          pValue: z.map { 2 * StandardNormal.survival(abs($0)) })
      }
    }
  }
}
