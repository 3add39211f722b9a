import Foundation
import Sessions
import Testing

/// Every hostile log ends as the manifest says: the verdict, the rows that survive, the line and
/// code of each refusal, the warnings, and the table itself where it is another file's.
@Suite struct NastyFilesTests {
  /// The columns of the corpus in their roles.
  static let schema: Schema = {
    var schema = Schema(arm: ["offer"])
    schema.session = "session_id"
    schema.customer = "customer_id"
    schema.time = Schema.InstantRole(column: "timestamp")
    schema.reason = "reason"
    schema.propensity = .column("propensity")
    schema.reward = Schema.RewardRole(column: "outcome", minimum: 0, maximum: 1)
    schema.mrr = Schema.MoneyRole(column: "mrr", currency: "USD", minimum: 0, maximum: 1e12)
    schema.covariates = [
      "placement": Schema.Covariate(kind: .category),
      "tenure_days": Schema.Covariate(kind: .integer, minimum: 0, maximum: 40_000),
    ]
    return schema
  }()

  /// Where a code of ours has another name than the manifest's, and why.
  static let otherCodes: [String: String] = [
    // A propensity that is no number, and one outside (0, 1], are one cause to us.
    "b08_shift_hidden.csv:3": "BAD_PROPENSITY",
    "c11_pii.csv:4": "BAD_PROPENSITY",
    // A negative price is out of range, as one that is too great is (d05).
    "d01_mrr_edge.csv:22": "OUT_OF_RANGE",
    // Parquet is refused whole, before its footer is looked at.
    "g04_truncated.parquet:0": "UNSUPPORTED_PARQUET",
    "g05_footer_len.parquet:0": "UNSUPPORTED_PARQUET",
    "g06_corrupt_metadata.parquet:0": "UNSUPPORTED_PARQUET",
  ]

  /// Warnings that files may have beside the one that the manifest names.
  static let besides: [String: Set<WarningCode>] = [
    // Shuffled rows are accepted as they are, and said to be out of order.
    "e04_out_of_order.csv": [.outOfOrder]
  ]

  static func read(_ name: String, blockSize: Int = 1 << 18) throws -> SessionTable {
    let folder = try #require(NastyManifest.folder)
    var reader = SessionReader(schema: schema)
    reader.blockSize = blockSize
    return try reader.read(folder.appendingPathComponent(name).path)
  }

  @Test func theCorpusIsThere() {
    #expect(NastyManifest.logs.count >= 60)
  }

  @Test(arguments: NastyManifest.logs)
  func endsAsTheManifestSays(_ file: NastyManifest.File) throws {
    // Two named exceptions to the manifest. Parquet is not read yet: a valid file is refused too.
    // The great price of d06 is refused by the cap on prices, as its alternative allows.
    if file.file == "g03_valid.parquet" {
      let error = #expect(throws: SessionError.self) { try Self.read(file.file) }
      #expect(error?.code == .unsupportedParquet)
      #expect(error?.sentence == "Parquet is not read; export CSV or JSON Lines")
      return
    }
    if file.file == "d06_absorption.csv" {
      let report = try Self.read(file.file).report
      #expect(report.accepted == 100)
      #expect(report.rejects.map(\.line) == [2])
      #expect(report.rejects.map(\.code) == [.outOfRange])
      return
    }
    let expected = file.errors.map { error in
      let code = Self.otherCodes["\(file.file):\(error.line)"] ?? error.code
      return "\(error.line) \(code)"
    }
    if file.verdict == "reject_file" {
      let error = #expect(throws: SessionError.self) { try Self.read(file.file) }
      #expect(error.map { ["\($0.line) \($0.code.rawValue)"] } == expected)
      return
    }
    let table = try Self.read(file.file)
    let report = table.report
    #expect(report.rejects.map { "\($0.line) \($0.code.rawValue)" } == expected)
    #expect(report.accepted == file.rowsOK)
    #expect(table.rowCount == file.rowsOK)
    #expect(
      report.rows
        == report.accepted + report.filtered + report.exactDuplicates + report.rejected)
    switch file.verdict {
    case "accept":
      #expect(Set(report.warnings.map(\.code)) == Self.besides[file.file] ?? [])
      #expect(report.rejected == 0)
    case "accept_warn":
      #expect(!report.warnings.isEmpty)
      #expect(report.rejected == 0)
    default:
      #expect(report.exceeds(maximumRejectedShare: 0))
    }
    if let warning = file.warning { check(warning, report) }
    if let other = file.sameAs {
      let rows = try Self.read(other).rowTexts
      #expect(table.rowTexts.sorted() == rows.sorted())
    }
    if let sum = file.sumReward { #expect(table.allRewards.reduce(0, +) == Double(sum)) }
    if let sum = file.sumMRR.flatMap(Double.init) {
      #expect(table.chunks.flatMap { $0.mrr?.values ?? [] }.reduce(0, +) == sum)
    }
    if let count = file.distinctCustomers { #expect(table.customers.count == count) }
    if let lines = file.physicalLines { #expect(report.lines == lines) }
  }

  /// Checks a warning that the manifest writes as "CODE", "CODE=3", "CODE x4" or "CODE line 10".
  private func check(_ text: String, _ report: ReadReport) {
    let words = text.split { $0 == " " || $0 == "=" }
    let warning = report.warnings.first { $0.code.rawValue == words[0] }
    #expect(warning != nil, "\(text)")
    guard let last = words.dropFirst().last else { return }
    let number = Int(last.drop { $0 == "x" })
    if text.contains("line") {
      #expect(warning?.lines == number.map { [$0] })
    } else {
      #expect(warning?.count == number)
    }
  }
}
