extension [LiftRow] {
  /// Adds what flagged checks say of the rows: sample ratios to every row, an effect that changes or that the
  /// mix of levels makes to the rows of its arm and metric.
  mutating func warn(of diagnostics: [DiagnosticRow]) {
    for diagnostic in diagnostics where diagnostic.verdict == .flagged {
      guard let warning = diagnostic.liftWarning else { continue }
      for index in indices
      where (diagnostic.arm ?? self[index].arm) == self[index].arm
        && (diagnostic.metric ?? self[index].metric) == self[index].metric
      {
        self[index].warnings.append(warning)
      }
    }
  }
}

extension DiagnosticRow {
  /// What a flagged check means for a lift; nil where it takes nothing from the average effect.
  fileprivate var liftWarning: String? {
    let p = "p \(adjustedPValue.map(Decimals.pValue) ?? "–")"
    return switch diagnostic {
    case .sequentialSampleRatio:
      "sample ratio mismatch in the order of time: \(p); \(warnings.joined(separator: "; "))"
    case .sampleRatioByDimension:
      "sample ratio mismatch by \(dimension): \(p): arms have other shares at some levels than at "
        + "others"
    case .mix where !warnings.isEmpty:
      "the mix of \(dimension) differs from the baseline's: \(p); \(warnings.joined(separator: "; "))"
    case .novelty:
      "the effect changes with \(dimension): \(p), slope \(estimate.map { "\($0)" } ?? "–"); its average "
        + "over the experiment is not what is to come"
    case .sampleRatioByLevel, .mix, .earlyLate, .weekday, .heterogeneity, .effectByLevel: nil
    }
  }
}
