import Inference
import Testing

/// What every test of life tables promises.
@Suite struct SurvivalLawTests {
  /// Pairs of arms: few sessions, many, tied, open windows, arms of unequal size.
  static let pairs: [(LifeTable, LifeTable)] = [
    (
      table([(9, 1, 0), (13, 1, 1), (18, 1, 0), (23, 1, 0), (28, 0, 1), (31, 1, 0), (161, 0, 3)]),
      table([(5, 2, 0), (8, 2, 0), (12, 1, 0), (16, 0, 1), (27, 1, 0), (30, 1, 0), (45, 2, 1)])
    ),
    (table([(1, 3, 10), (5, 4, 9), (30, 0, 60)]), table([(1, 9, 11), (4, 5, 2), (30, 0, 41)])),
    (
      table([(0, 65_000, 0), (3, 2_000, 900), (12, 2_500, 800), (30, 0, 28_000)]),
      table([(0, 650, 0), (3, 40, 9), (12, 25, 8), (30, 0, 260)])
    ),
    (table([(2, 1, 0), (30, 0, 20)]), table([(3, 1, 0), (30, 0, 25)])),
  ]

  static func table(_ rows: [(Double, Int, Int)]) -> LifeTable {
    var table = LifeTable()
    for row in rows { table.add(duration: row.0, events: row.1, censored: row.2) }
    return table
  }

  static let grid = LiftCatalogue.survival.map(\.name).flatMap { name in
    pairs.indices.map { (name, $0) }
  }

  private func subject(
    _ name: String
  ) throws -> LiftCatalogue.Entry<LifeTable> {
    try #require(LiftCatalogue.survival.first { $0.name == name })
  }

  @Test(arguments: grid)
  func swappingTheArmsReversesTheEffect(_ name: String, _ pair: Int) throws {
    let (a, b) = Self.pairs[pair]
    let entry = try subject(name)
    let (forth, back) = (try entry.compare(a, b), try entry.compare(b, a))
    switch forth.method.scale {
    case .difference: #expect(abs(forth.estimate + back.estimate) < 1e-13)
    case .relativeLift: #expect(abs((1 + forth.estimate) * (1 + back.estimate) - 1) < 1e-14)
    case .oddsRatio, .hazardRatio: #expect(abs(forth.estimate * back.estimate - 1) < 1e-12)
    case .superiority: #expect(abs(forth.estimate + back.estimate - 1) < 1e-15)
    }
    #expect(abs(forth.pValue(.twoSided) / back.pValue(.twoSided) - 1) < 1e-9)
    #expect(abs(forth.pValue(.greater) / back.pValue(.less) - 1) < 1e-9)
  }

  @Test(arguments: grid)
  func intervalsAreNestedAndHoldTheEstimate(_ name: String, _ pair: Int) throws {
    let test = try subject(name).compare(Self.pairs[pair].0, Self.pairs[pair].1)
    var inner = Interval(lower: test.estimate, upper: test.estimate)
    for level in [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999_999] {
      let outer = test.interval(level: level)
      #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
      inner = outer
    }
  }

  @Test(arguments: grid)
  func pValuesAndIntervalsFitTogether(_ name: String, _ pair: Int) throws {
    let test = try subject(name).compare(Self.pairs[pair].0, Self.pairs[pair].1)
    let (greater, less) = (test.pValue(.greater), test.pValue(.less))
    #expect(abs(greater + less - 1) < 1e-14)
    #expect(abs(test.pValue(.twoSided) - 2 * min(greater, less)) < 1e-15)
    guard test.method.intervalInvertsTest else { return }
    for alpha in [0.001, 0.01, 0.05, 0.1, 0.2, 0.5] {
      #expect(
        (test.pValue(.twoSided) < alpha) == !test.interval(level: 1 - alpha).contains(test.null))
    }
  }

  @Test(arguments: LiftCatalogue.survival.map(\.name))
  func emptyArmsAndQuietArmsAreRefused(_ name: String) throws {
    let entry = try subject(name)
    let some = Self.pairs[0].0
    let quiet = Self.table([(30, 0, 9)])
    for (offer, control, arm) in [(LifeTable(), some, 1), (some, LifeTable(), 0)] {
      #expect(throws: InferenceError.tooFewSessions(arm: arm, count: 0, needed: 1)) {
        try entry.compare(offer, control)
      }
    }
    #expect(throws: InferenceError.self) { try entry.compare(quiet, quiet) }
    // Efron's rule takes sessions that ended together to have ended one after the other.
    guard name != "hazardRatio" else { return }
    #expect(throws: InferenceError.self) {
      try entry.compare(Self.table([(0, 3, 0)]), Self.table([(0, 3, 0)]))
    }
  }

  @Test func namesAreUnique() {
    let names = LiftCatalogue.survival.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
