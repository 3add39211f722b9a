internal import Foundation

/// One figure of ours beside the one that it is held to.
package struct StudyRow {
  /// What a figure must do.
  package enum Criterion {
    /// Lie within so many standard errors of the difference.
    case standardErrors(Double)
    /// Lie in a range.
    case range(ClosedRange<Double>)
    /// Nothing: it is shown beside a figure that it need not reproduce.
    case shown
  }

  package let what: String
  /// Where the reference is from.
  package let source: String
  package let reference: Double?
  /// Its standard error; zero where it is exact or not known.
  package let referenceError: Double
  package let found: Double
  package let error: Double
  package let criterion: Criterion

  /// Creates a row; a reference may be left out where there is none.
  package init(
    what: String, source: String = "reference", reference: Double? = nil,
    referenceError: Double = 0, found: Double, error: Double, criterion: Criterion
  ) {
    (self.what, self.source) = (what, source)
    (self.reference, self.referenceError) = (reference, referenceError)
    (self.found, self.error, self.criterion) = (found, error, criterion)
  }

  /// `|z|` of the difference; nil without a reference or an error.
  package var z: Double? {
    let joint = (referenceError * referenceError + error * error).squareRoot()
    return reference.flatMap { joint > 0 ? abs(found - $0) / joint : nil }
  }

  /// Whether the figure meets its criterion.
  package var holds: Bool {
    switch criterion {
    case .standardErrors(let most): z.map { $0 <= most } ?? false
    case .range(let range): range.contains(found)
    case .shown: true
    }
  }
}

/// The rows of one study, printed as a Markdown table as they come.
package struct StudyTable {
  package private(set) var failures = 0

  /// Prints the head of a table.
  package init(_ title: String) {
    print("\n### \(title)\n")
    print(
      "| what | source | reference | ± | ours | ± | z | held to | |\n|---|---|---|---|---|---|---|---|---|"
    )
  }

  /// Prints a row, and counts it if it fails.
  package mutating func add(_ row: StudyRow) {
    failures += row.holds ? 0 : 1
    let cells = [
      row.what, row.source, row.reference.map(Self.text) ?? "",
      row.referenceError > 0 ? Self.text(row.referenceError) : "", Self.text(row.found),
      row.error > 0 ? Self.text(row.error) : "", row.z.map { String(format: "%.1f", $0) } ?? "",
      Self.text(row.criterion), row.holds ? "" : "**fails**",
    ]
    print("| " + cells.joined(separator: " | ") + " |")
    fflush(nil)
  }

  private static func text(_ number: Double) -> String {
    abs(number) >= 10_000 ? String(format: "%.0f", number) : String(format: "%.4g", number)
  }

  private static func text(_ criterion: StudyRow.Criterion) -> String {
    switch criterion {
    case .standardErrors(let most): "z ≤ \(text(most))"
    case .range(let range):
      range.upperBound.isFinite
        ? "\(text(range.lowerBound)) to \(text(range.upperBound))" : "≥ \(text(range.lowerBound))"
    case .shown: ""
    }
  }
}

/// The results of all indices in their order, several worked out at the same time.
package func concurrently<Result: Sendable>(
  _ count: Int, threads: Int = 2, _ work: @escaping @Sendable (Int) throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var results: [Result?] = Array(repeating: nil, count: count)
    var started = 0
    func start() {
      guard started < count else { return }
      let index = started
      started += 1
      group.addTask { (index, try work(index)) }
    }
    for _ in 0..<threads { start() }
    for try await (index, result) in group {
      results[index] = result
      start()
    }
    return results.compactMap { $0 }
  }
}
