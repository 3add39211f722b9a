extension DesignCatalogue {
  /// The tests of two proportions that are planned by going through their tables: the power is exact.
  public static let tables: [Entry] =
    // A p-value without given margins is itself a maximum over tables, which makes these slow.
    LiftCatalogue.exact.map { entry in
      // By minimum likelihood a table farther out may be the likelier one: 13 of 80 against 0 of 20
      // is rejected at 5 %, and 14 is not.
      let hasEdge = entry.name != "boschlooMinimumLikelihood"
      return table(entry, hasEdge ? .edge : .everyTable, greatestArm: hasEdge ? 200 : 40)
    }
    + LiftCatalogue.proportions
    .filter { entry in !shares.contains { $0.name == entry.name } }
    .map { entry in
      // An exact conditional test rejects more, the farther out a table is; a corrected or a score
      // statistic is cheap enough for nothing to be assumed of it.
      let isConditional = entry.name.hasPrefix("fisher")
      return table(
        entry, isConditional ? .edge : .everyTable, greatestArm: isConditional ? 5_000 : 2_000)
    }

  private static func table(
    _ entry: LiftCatalogue.Entry<Tally>, _ search: EnumeratedPower.Search, greatestArm: Int
  ) -> Entry {
    let scale = entry.nullScale ?? .difference
    return Entry(
      entry.name, .rate, scale, takesNull: entry.takesNull, looks: .once,
      greatestArm: greatestArm, "every table of two counts"
    ) { (baseline, null, rule) in
      guard let rate = baseline.rate, case .once(let alpha, let alternative) = rule else {
        return nil
      }
      return PlannedTableTest(
        EnumeratedPower(
          entry, null: entry.takesNull ? null : nil, alpha: alpha, alternative, search: search),
        baseRate: rate, greatestArm: greatestArm)
    }
  }
}
