internal import Segments

/// Hillstrom's mail experiment (2008): 64,000 customers, three arms with equal chances, visits within two weeks.
enum HillstromLog {
  static let (none, mens, womens) = (0, 1, 2)
  private static let armNames = ["No E-Mail", "Mens E-Mail", "Womens E-Mail"]

  /// The log with all it knows beforehand; nil if it is not there.
  static func data() throws -> SegmentData? {
    guard let table = try Dataset("hillstrom/hillstrom.csv.gz") else { return nil }
    let categories = [
      ("mens", ["0", "1"]), ("womens", ["0", "1"]), ("newbie", ["0", "1"]),
      ("zip_code", ["Rural", "Surburban", "Urban"]), ("channel", ["Multichannel", "Phone", "Web"]),
    ]
    let rewards = try table.numbers("visit")
    let known = try categories.map { name, levels in
      Covariate(
        name: name, column: .category(codes: try table.codes(name, levels), levels: levels))
    }
    let numbers = try ["recency", "history"].map { name in
      let values = try table.numbers(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
    return try SegmentData(
      arms: table.codes("segment", armNames), armNames: armNames, rewards: rewards,
      covariates: known + numbers, units: rewards.indices.map { UInt64($0) })
  }
}
