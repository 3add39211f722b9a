import Foundation
import Segments
import Testing

/// The sessions of `uplift.py`, and what outside programs found on them.
struct UpliftReference: Decodable {
  struct Curve: Decodable {
    let sessions, qini, uplift: [Double]
    let qiniCoefficient, upliftCoefficient: Double
    let top35Overall, top35ByArm: Double?
  }

  struct Rate: Decodable { let autoc, qini: Double }

  struct Regression: Decodable { let coefficients, errors: [Double] }

  let tied, fine: Curve
  let rateTied, rateFine: Rate
  let projection, calibration: Regression

  static func read() throws -> UpliftReference {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "uplift.json"))
    return try JSONDecoder().decode(UpliftReference.self, from: data)
  }

  static let rows = 0..<240
  static let x = rows.map { Double($0 * 7 % 13) / 3 }
  static let plan = rows.map { $0 * 5 % 3 }
  static let treated = rows.map { $0 * 11 % 17 < 8 ? 1 : 0 }
  static let saved = rows.map { row in
    let boost = plan[row] == 1 ? 4 * treated[row] : 0
    return row * 13 % 29 + boost + plan[row] > 17 ? 1.0 : 0
  }
  static let tied = rows.map { Double(plan[$0] * 2 + (x[$0] > 2 ? 1 : 0)) }
  static let fine = rows.map { Double($0 * 101 % 257) / 7 + (plan[$0] == 1 ? 3 : 0) }
  static let contrast = rows.map {
    (treated[$0] == 1 ? saved[$0] / 0.5 : -saved[$0] / 0.5) + x[$0] / 10
  }
  static let units = rows.map { UInt64($0) }
  static let covariates = [
    Covariate(name: "x", column: .number(values: x, isPresent: rows.map { _ in true })),
    Covariate(
      name: "plan", column: .category(codes: plan.map { Int32($0) }, levels: ["a", "b", "c"])),
  ]

  static func data() throws -> SegmentData {
    try SegmentData(
      arms: treated.map { Int32($0) }, armNames: ["none", "pause"], rewards: saved,
      covariates: covariates, units: units)
  }
}
