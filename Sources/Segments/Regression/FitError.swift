/// Why a regression cannot be fitted to the data at hand.
public enum FitError: Error, Hashable {
  /// The outcome has another length than the design has rows.
  case lengthMismatch(rows: Int, outcomes: Int)
  /// An outcome lies outside 0...1, or outside what its family admits.
  case outcomeOutOfRange(row: Int)
  /// No row of a weight above zero holds this class.
  case emptyClass(Int)
  /// A case weight is negative or not finite.
  case weightOutOfRange(row: Int)
  /// An offset is not finite.
  case offsetNotFinite(row: Int)
  /// A column of the design holds a value that is not finite, or is too large to be squared.
  case columnNotFinite(column: Int)
  /// There are fewer rows, of a weight above zero, than coefficients.
  case tooFewRows(rows: Int, columns: Int)
  /// The information matrix is singular: columns are collinear.
  case singularInformation(iteration: Int)
  /// A predicted probability lies outside 0...1, or at an end where its log-odds are infinite.
  case predictionOutOfRange(row: Int)
  /// All outcomes are alike, so that nothing can be ranked or compared.
  case outcomesAllAlike
  /// The linear programme of a separation came to no end.
  case separationUndecided
  /// A covariance was asked of a fit that stopped before its maximum.
  case notConverged(LogisticFit.Status)
  /// The covariates do not vary, so that they have no product with the arms to test.
  case nothingToTest
  /// Fewer clusters than two leave no variation between clusters.
  case tooFewClusters(Int)
}
