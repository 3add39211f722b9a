internal import Segments

/// The insurance campaign of R's package Information (train half): 10,000 people, mail or none, 68 numbers known of
/// each beforehand.
enum InsuranceLog {
  /// The log; nil if it is not there.
  static func data() throws -> SegmentData? {
    guard let table = try Dataset("information_insurance_uplift/train.csv.gz") else { return nil }
    let others = ["TREATMENT", "PURCHASE", "UNIQUE_ID"]
    let covariates = try table.names.filter { !others.contains($0) }.map { name in
      let values = try table.numbers(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
    return try SegmentData(
      arms: table.numbers("TREATMENT").map { Int32($0) }, armNames: ["control", "mail"],
      rewards: table.numbers("PURCHASE"), covariates: covariates,
      units: table.numbers("UNIQUE_ID").map { UInt64($0) })
  }
}
