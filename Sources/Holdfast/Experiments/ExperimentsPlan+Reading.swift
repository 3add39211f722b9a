internal import Inference

extension ExperimentsPlan {
  /// Reads a plan from a YAML or JSON file and checks it whole.
  ///
  /// Paths in a plan are relative to its folder, and may begin with `${NAME}`, a variable of the
  /// environment.
  ///
  /// - Parameters:
  ///   - file: The path of the file.
  ///   - environment: The variables that paths may begin with.
  /// - Throws: ``PlanError`` with every problem of the file at once.
  public init(contentsOf file: String, environment: [String: String]) throws(PlanError) {
    let root = try PlanFile(file)
    var section = PlanSection(root.mapping)
    let plan = Self.read(&section, folder: Path.folder(of: file), environment: environment)
    section.finish()
    let problems = root.duplicates + section.problems
    guard let plan, problems.isEmpty else { throw PlanError(file: file, problems: problems) }
    self = plan
  }

  /// Reads every key; nil only where there is no plan without it.
  private static func read(
    _ section: inout PlanSection, folder: String, environment: [String: String]
  ) -> ExperimentsPlan? {
    let counts = section.inputPath("counts", in: folder, environment, required: true)
    let experiment = section.strings("experiment")
    if experiment.isEmpty { section.report("experiment", "expected the columns that name one") }
    let layout = Layout(reading: &section)
    var plan = ExperimentsPlan(
      counts: counts ?? "", experiment: experiment, layout: layout ?? .sideBySide([]))
    plan.look = section.string("look")
    plan.group = section.section("group", Group.init(reading:)) ?? nil
    plan.filter = section.section("where") { $0.wordLists() } ?? [:]
    let missing = section.strings("missing")
    if !missing.isEmpty { plan.missing = missing }
    plan.baseline = section.section("baseline", Baseline.init(reading:)) ?? .first
    plan.shares = section.section("shares") { $0.shares() } ?? [:]
    plan.direction = section.word("direction", default: plan.direction)
    plan.tests = section.strings("tests")
    plan.adjustment = section.word("adjustment", default: plan.adjustment)
    plan.level = section.number(
      "level", default: plan.level, expected: "a number above 0.5 and below 1"
    ) { $0 > 0.5 && $0 < 1 }
    plan.plannedSessions = section.positive("plannedSessions", default: plan.plannedSessions)
    plan.maximumRejectedShare = section.share(
      "maximumRejectedShare", default: plan.maximumRejectedShare)
    guard counts != nil, !experiment.isEmpty, layout != nil else { return nil }
    plan.check(&section)
    return plan
  }

  /// Reports what is sound by itself and does not fit together.
  private func check(_ section: inout PlanSection) {
    let allowed = testNames
    for name in tests where !allowed.contains(name) {
      section.report(
        "tests",
        "'\(name)' is not allowed here; expected one of: \(allowed.joined(separator: ", "))")
    }
    if case .rows(arm: nil, _) = layout, look != nil {
      section.report("arm", "expected a column: with looks, rows alone do not tell the arms apart")
    }
    if let arms = layout.armNames {
      if case .named(let name) = baseline, !arms.contains(name) {
        section.report("baseline.arm", "'\(name)' is no arm; expected one of: \(arms.list)")
      }
      if case .marked = baseline {
        section.report("baseline.column", "arms that stand side by side are named: use 'arm'")
      }
      for name in shares.keys.sorted() where !arms.contains(name) {
        section.report("shares.\(name)", "no such arm; expected one of: \(arms.list)")
      }
    }
    let numbers = Set(layout.countColumns + [look].compactMap(\.self))
    for (key, column) in wordColumns where numbers.contains(column) {
      section.report(key, "the column '\(column)' is one of numbers already")
    }
  }

  /// The columns that are read as words, by the key that names them.
  private var wordColumns: [(String, String)] {
    var columns = group.map { [("group.column", $0.column)] } ?? []
    if case .marked(let column, _) = baseline { columns.append(("baseline.column", column)) }
    return columns
  }

  /// The tests that counts of this layout can answer.
  private var testNames: [String] {
    LiftMethod.all
      .filter { $0.evidence == .moments || $0.evidence == .tallies && layout.isTally }
      .reduce(into: []) { names, method in
        if !names.contains(method.name) { names.append(method.name) }
      }
  }
}

extension ExperimentsPlan.Layout {
  fileprivate init?(reading section: inout PlanSection) {
    let arm = section.string("arm")
    let arms = section.section("arms") { section in
      section.keys.compactMap { name in
        section.section(name) { section in
          section.columns().map { ExperimentsPlan.NamedColumns(arm: name, columns: $0) }
        } ?? nil
      }
    }
    guard let arms else {
      guard let columns = section.columns() else { return nil }
      self = .rows(arm: arm, columns)
      return
    }
    if arm != nil { section.report("arm", "either 'arm' names a column, or 'arms' lists the arms") }
    if arms.count < 2 { section.report("arms", "expected two arms at least") }
    self = .sideBySide(arms)
  }
}

extension ExperimentsPlan.Group {
  fileprivate init?(reading section: inout PlanSection) {
    guard let column = section.string("column", required: true) else { return nil }
    self.init(column: column)
    levels = section.section("levels") { $0.wordLists() } ?? [:]
    otherwise = section.string("otherwise") ?? otherwise
  }
}

extension ExperimentsPlan.Baseline {
  fileprivate init(reading section: inout PlanSection) {
    let (arm, column) = (section.string("arm"), section.string("column"))
    let values = section.strings("values")
    switch (arm, column) {
    case (let arm?, nil): self = .named(arm)
    case (nil, let column?):
      if values.isEmpty { section.report("values", "expected the values that mark a baseline") }
      self = .marked(column: column, values: values)
    default:
      section.report("arm", "expected either 'arm', or 'column' and 'values'")
      self = .first
    }
  }
}

extension PlanSection {
  /// The columns of an arm's counts.
  fileprivate mutating func columns() -> ExperimentsPlan.Columns? {
    let tally = (string("trials"), string("successes"))
    let moments = (string("count"), string("mean"), string("variance"))
    if case (let trials?, let successes?) = tally, moments == (nil, nil, nil) {
      return .tally(trials: trials, successes: successes)
    }
    if case (let count?, let mean?, let variance?) = moments, tally == (nil, nil) {
      return .moments(count: count, mean: mean, variance: variance)
    }
    report("trials", "expected the columns 'trials', 'successes', or 'count', 'mean', 'variance'")
    return nil
  }

  /// Lists of words, each under its key.
  fileprivate mutating func wordLists() -> [String: [String]] {
    var lists: [String: [String]] = [:]
    for key in keys {
      let words = strings(key)
      if words.isEmpty { report(key, "expected a word or a list of words") }
      lists[key] = words
    }
    return lists
  }

  /// A share under each key.
  fileprivate mutating func shares() -> [String: Double] {
    var shares: [String: Double] = [:]
    for key in keys { shares[key] = share(key, default: 0) }
    return shares
  }
}

extension [String] {
  fileprivate var list: String { joined(separator: ", ") }
}
