/// Why a regression cannot be fitted to the data at hand.
public enum FitError: Error, Hashable {
  /// The outcome has another length than the design has rows.
  case lengthMismatch(rows: Int, outcomes: Int)
  /// An outcome lies outside 0...1.
  case outcomeOutOfRange(row: Int)
  /// There are fewer rows than coefficients.
  case tooFewRows(rows: Int, columns: Int)
  /// The information matrix is singular: columns are collinear.
  case singularInformation(iteration: Int)
}
