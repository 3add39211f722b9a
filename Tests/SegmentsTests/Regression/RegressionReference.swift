import Foundation
import LinearAlgebra
import Segments
import Testing

/// What R found on the fixtures: `regressions.json`, written by `regressions.R`, which names the versions.
enum RegressionReference {
  static func value(_ name: String) throws -> SegmentCases.Value {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "regressions.json"))
    return try JSONDecoder().decode(SegmentCases.Value.self, from: data).value(name)
  }

  /// low ~ lwt + smoke + ht, with the mother's age as a cluster or a stratum.
  static func birthwt() throws -> (
    design: DenseMatrix, likelihood: LogisticLikelihood, ages: [UInt64]
  ) {
    let table = try CSVTable(reference: "birthwt.csv")
    let outcomes = try table.numbers("low")
    let columns =
      [Array(repeating: 1, count: outcomes.count)]
      + (try ["lwt", "smoke", "ht"].map { try table.numbers($0) })
    return (
      DenseMatrix(columns: columns), try LogisticLikelihood(outcomes),
      try table.numbers("age").map { UInt64($0) }
    )
  }
}

/// The square roots of the diagonal of a covariance.
func standardErrors(_ covariance: Matrix) -> [Double] {
  (0..<covariance.rowCount).map { covariance[$0, $0].squareRoot() }
}
