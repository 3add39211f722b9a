internal import Inference
internal import Segments

/// How far the arm of a customer's first session depends on a covariate.
///
///     V = √(χ² / (n · min(J − 1, K − 1)))
///
/// Cramér's V of the table of arms by levels: 0 where they have nothing to do with each other, 1 where one
/// tells the other. A number is cut at its quintiles; the rarest levels of a category are put together.
///
/// Reference: Cramér (1946), *Mathematical Methods of Statistics*, section 21.9.
struct ArmDependence: Sendable, CustomStringConvertible {
  /// The name of the covariate.
  let covariate: String
  /// Cramér's V; 0 where there is no table.
  let strength: Double
  /// The chi-squared test of no dependence; nil where there is no table.
  let pValue: Double?
  /// The p-value adjusted over all covariates by Holm's procedure.
  private(set) var adjustedPValue: Double?

  var description: String {
    "\(covariate) (Cramér's V \(Decimals.text(strength, 2)), p \(Decimals.pValue(pValue ?? 1)))"
  }

  /// The dependence on each covariate, the strongest first.
  ///
  /// - Complexity: O(*n* log *n*) a covariate.
  static func all(
    _ log: EncodedLog, rows: [Int], _ covariates: [Covariate]
  ) -> [ArmDependence] {
    // A customer who keeps an arm is one draw of it, whatever the number of sessions.
    var isSeen = Array(repeating: false, count: log.customerKeys.count)
    var first: [Int] = []
    for (place, row) in rows.enumerated() where !isSeen[Int(log.customers[row])] {
      isSeen[Int(log.customers[row])] = true
      first.append(place)
    }
    let arms = first.map { log.arms.codes[rows[$0]] }
    var all = covariates.map { covariate in
      ArmDependence(
        covariate.subset(first), arms: arms, armCount: log.arms.levels.count)
    }
    let adjusted = Multiplicity.holm.adjust(all.map(\.pValue))
    for index in all.indices { all[index].adjustedPValue = adjusted[index] }
    return all.enumerated().sorted {
      ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset)
    }
    .map(\.element)
  }

  private init(_ covariate: Covariate, arms: [Int32], armCount: Int) {
    self.covariate = covariate.name
    let codes = Self.levels(of: covariate)
    var table = Array(
      repeating: Array(repeating: 0, count: armCount), count: (codes.max() ?? -1) + 1)
    for (code, arm) in zip(codes, arms) { table[code][Int(arm)] += 1 }
    let totals = (0..<armCount).map { arm in Double(table.reduce(0) { $0 + $1[arm] }) }
    let least = totals.reduce(Double.infinity) { $1 > 0 ? min($0, $1) : $0 } / Double(arms.count)
    // Levels of which an arm expects less than five sessions are looked at together.
    var large = table.filter { Double($0.reduce(0, +)) * least >= 5 }
    let small = table.filter { Double($0.reduce(0, +)) * least < 5 }
    if small.contains(where: { $0.contains { $0 > 0 } }) {
      large.append((0..<armCount).map { arm in small.reduce(0) { $0 + $1[arm] } })
    }
    guard let test = try? SampleRatioByLevelTest(observed: large, weights: totals) else {
      (strength, pValue) = (0, nil)
      return
    }
    let smaller = min(large.count, totals.count { $0 > 0 }) - 1
    strength = (test.chiSquared / Double(arms.count * max(1, smaller))).squareRoot()
    pValue = test.pValue
  }

  /// The level of each session, what is missing the last.
  private static func levels(of covariate: Covariate) -> [Int] {
    switch covariate.column {
    case .category(let codes, let levels):
      return codes.map { $0 < 0 ? levels.count : Int($0) }
    case .number(let values, let isPresent):
      let sorted = values.indices.filter { isPresent[$0] }.map { values[$0] }.sorted()
      guard !sorted.isEmpty else { return values.map { _ in 0 } }
      let cuts = (1..<5).map { sorted[$0 * sorted.count / 5] }
      return values.indices.map { row in
        isPresent[row] ? cuts.count { $0 <= values[row] } : cuts.count + 1
      }
    }
  }
}
