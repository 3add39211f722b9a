internal import Sessions

/// The counts of many experiments, in the order of their names.
struct ExperimentLog: Sendable {
  let experiments: [Experiment]
  let report: ReadReport

  /// Reads the file of a plan.
  ///
  /// - Throws: `SessionError` if the file cannot be read, ``RunError`` if too many rows are rejected
  ///   or none is left.
  /// - Complexity: O(*n* log *n*) in the number of rows.
  init(_ plan: ExperimentsPlan, _ watch: ((SessionReader.Progress) -> Void)? = nil) throws {
    let table = try SessionReader(schema: plan.schema).read(plan.counts, progress: watch)
    guard !table.report.exceeds(maximumRejectedShare: plan.maximumRejectedShare) else {
      throw RunError.tooManyRejects(file: plan.counts, table.report)
    }
    guard table.rowCount > 0 else { throw RunError.noSessions(file: plan.counts) }
    report = table.report
    let reader = RowGroups(table, plan: plan)
    experiments = reader.experiments()
  }
}

/// The rows of a table, by experiment.
private struct RowGroups {
  let plan: ExperimentsPlan
  let names: CategoryCodes
  let arms: CategoryCodes?
  let looks: [Double?]?
  let groups: CategoryCodes?
  let marks: CategoryCodes?
  let numbers: [String: [Double?]]

  init(_ table: SessionTable, plan: ExperimentsPlan) {
    let columns = TableColumns(table: table)
    self.plan = plan
    names = CategoryCodes(
      joining: plan.experiment.compactMap(columns.category), rowCount: table.rowCount)
    if case .rows(let arm?, _) = plan.layout { arms = columns.category(arm) } else { arms = nil }
    looks = plan.look.flatMap(columns.numbers)
    groups = plan.group.flatMap { columns.category($0.column) }
    if case .marked(let column, _) = plan.baseline {
      marks = columns.category(column)
    } else {
      marks = nil
    }
    numbers = Dictionary(
      plan.layout.countColumns.map { ($0, columns.numbers($0) ?? []) }, uniquingKeysWith: { $1 })
  }

  func experiments() -> [Experiment] {
    var rows = Array(repeating: [Int](), count: names.levels.count)
    for (row, code) in names.codes.enumerated() { rows[Int(code)].append(row) }
    return rows.indices.map { experiment(names.levels[$0], rows: rows[$0]) }
  }

  private func experiment(_ name: String, rows: [Int]) -> Experiment {
    var (armNames, readings, marked) = ([String](), [[Experiment.Reading]](), [Bool]())
    var places: [Int: Int] = [:]
    func add(_ key: Int, _ arm: String, _ row: Int, _ columns: ExperimentsPlan.Columns) {
      let place = places[key] ?? armNames.count
      if place == armNames.count {
        places[key] = place
        armNames.append(arm)
        readings.append([])
        marked.append(false)
      }
      let counts = CountedArm(columns) { numbers[$0]?[row] }
      readings[place].append(.init(look: looks?[row] ?? 0, counts: counts))
      marked[place] = marked[place] || isMarked(row)
    }
    for (place, row) in rows.enumerated() {
      switch plan.layout {
      case .rows(_, let columns):
        // Arms are told apart by their bytes: texts that look alike may differ in them.
        let code = arms.map { Int($0.codes[row]) }
        add(code ?? place, armName(row) ?? "arm \(place + 1)", row, columns)
      case .sideBySide(let arms):
        for (place, arm) in arms.enumerated() { add(place, arm.arm, row, arm.columns) }
      }
    }
    let arms = zip(armNames, readings).map { name, readings in
      Experiment.Arm(name: name, readings: readings.sorted { $0.look < $1.look })
    }
    return Experiment(
      name: name, group: rows.first.flatMap(group), arms: arms,
      baseline: baseline(arms, marked: marked))
  }

  private func baseline(
    _ arms: [Experiment.Arm], marked: [Bool]
  ) -> Result<Int, Experiment.Fault> {
    let twice = arms.first { arm in
      zip(arm.readings, arm.readings.dropFirst()).contains { $0.look == $1.look }
    }
    if let twice { return .failure(.armTwice(twice.name)) }
    guard arms.count > 1 else { return .failure(.oneArm) }
    switch plan.baseline {
    case .first: return .success(0)
    case .named(let name):
      let place = arms.firstIndex { $0.name == name }
      return place.map(Result.success) ?? .failure(.noBaseline("named \(name)"))
    case .marked(let column, _):
      let places = marked.indices.filter { marked[$0] }
      guard let place = places.first else { return .failure(.noBaseline("marked in \(column)")) }
      return places.count == 1 ? .success(place) : .failure(.severalBaselines)
    }
  }

  private func armName(_ row: Int) -> String? { arms.map { $0.levels[Int($0.codes[row])] } }

  private func isMarked(_ row: Int) -> Bool {
    guard case .marked(_, let values) = plan.baseline, let marks else { return false }
    let code = marks.codes[row]
    return code >= 0 && values.contains(marks.levels[Int(code)])
  }

  private func group(_ row: Int) -> String? {
    guard let group = plan.group, let groups else { return nil }
    let code = groups.codes[row]
    guard code >= 0 else { return group.otherwise }
    let word = groups.levels[Int(code)]
    if group.levels.isEmpty { return word }
    let names = group.levels.keys.sorted()
    return names.first { group.levels[$0]?.contains(word) == true } ?? group.otherwise
  }
}
