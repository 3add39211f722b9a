import Foundation
import Inference
import Segments
import Testing

/// The insurance campaign of R's package Information (train half): labels dealt out anew.
///
/// The log is not part of the project. The environment variable `HOLDFAST_DATASETS` names a folder
/// that holds `information_insurance_uplift/train.csv.gz`; without it these tests are skipped.
enum InsuranceUplift {
  static let path = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"].map {
    "\($0)/information_insurance_uplift/train.csv.gz"
  }

  static let isPresent = path.map { FileManager.default.fileExists(atPath: $0) } ?? false

  /// The log with the first so many of its 67 covariates, all numbers.
  static func data(covariates count: Int = 67) throws -> SegmentData {
    let lines = try Hillstrom.unpack(#require(path)).split(whereSeparator: \.isNewline)
    let names = try #require(lines.first).split(separator: ",").map(String.init)
    let rows = try lines.dropFirst().map { line in
      try line.split(separator: ",", omittingEmptySubsequences: false)
        .map { try #require(Double($0)) }
    }
    func column(_ name: String) throws -> [Double] {
      let place = try #require(names.firstIndex(of: name))
      return rows.map { $0[place] }
    }
    let outcomes = ["TREATMENT", "PURCHASE", "UNIQUE_ID"]
    let covariates = try names.filter { !outcomes.contains($0) }.prefix(count).map { name in
      let values = try column(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
    return try SegmentData(
      arms: column("TREATMENT").map { Int32($0) }, armNames: ["control", "mail"],
      rewards: column("PURCHASE"), covariates: covariates,
      units: column("UNIQUE_ID").map { UInt64($0) })
  }
}

@Suite(
  .enabled(
    if: InsuranceUplift.isPresent, "HOLDFAST_DATASETS names no folder with the insurance log"))
struct InsuranceStudyTests {
  /// In small: eight covariates, 30 deals. Binomial(30, 0.05) exceeds 7 with probability 1e-4. All 67
  /// covariates and 200 deals take a minute.
  @Test func dealtLabelsAlarmAtTheNominalRate() async throws {
    let data = try InsuranceUplift.data(covariates: 8)
    let study = try await FalseDiscoveryStudy(
      of: SegmentSearch(), data, baseline: 0, replications: 30, threads: 2)
    #expect(study.alarms <= 7)
    #expect(study.findings > 0)
  }
}
