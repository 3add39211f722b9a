internal import Segments

/// Why a part of the answer is not there.
struct SegmentRefusal: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }

  init(_ error: SegmentError) {
    sentence =
      switch error {
      case .tooFewArms(let count): "no contrast: \(count) arm(s)"
      case .noBaseline(let arm): "the baseline \(arm) has no session that counts"
      case .duplicateCovariate(let name): "two columns are called \(name)"
      case .duplicateLevel(let name, _): "two levels of \(name) read alike"
      case .unknownCovariate(let name): "no column of the segments is called \(name)"
      case .wrongKind(let name): "\(name) is a number; expected a category"
      case .noSessions(let arm): "a fold of the customers has no session of \(arm)"
      case .tooFewSessions(let count, let needed): "\(count) sessions, \(needed) needed"
      case .regression(let error): error.sentence { "column \($0 + 1)" }
      case .lengthMismatch, .unknownArm, .unknownLevel, .rewardNotFinite, .numberNotFinite,
        .scoreNotFinite, .propensityOutOfRange:
        "the sessions cannot be searched: \(error)"
      }
  }
}

extension FitError {
  /// The reason in words, with columns by their names.
  func sentence(_ name: (Int) -> String) -> String {
    switch self {
    case .lengthMismatch(let rows, let outcomes): "\(rows) rows and \(outcomes) outcomes"
    case .outcomeOutOfRange(let row):
      "the outcome of session \(row + 1) of the sample is none of this family's"
    case .emptyClass(let level): "no session has outcome \(level)"
    case .weightOutOfRange(let row): "the weight of session \(row + 1) is out of range"
    case .offsetNotFinite(let row): "the offset of session \(row + 1) is not finite"
    case .columnNotFinite(let column): "\(name(column)) is too large"
    case .tooFewRows(let rows, let columns): "\(rows) sessions for \(columns) coefficients"
    case .singularInformation: "the terms are collinear"
    case .predictionOutOfRange(let row): "the prediction of session \(row + 1) is 0 or 1"
    case .outcomesAllAlike: "all outcomes are alike"
    case .separationUndecided: "whether outcomes are separated could not be decided"
    case .notConverged(let status): status.sentence(name)
    case .nothingToTest: "the covariates do not vary"
    case .tooFewClusters(let count): "\(count) customer(s), 2 needed"
    }
  }
}

extension LogisticFit.Status {
  /// Why there is no maximum, with columns by their names.
  func sentence(_ name: (Int) -> String) -> String {
    switch self {
    case .converged: "converged"
    case .separated(let columns):
      "outcomes are separated by \(columns.map(name).joined(separator: ", ")): their coefficients are "
        + "infinite; family 'firth' has finite ones"
    case .stalled: "the fit came to a halt before its maximum"
    case .iterationLimit: "the fit took its last permitted step before its maximum"
    }
  }
}
