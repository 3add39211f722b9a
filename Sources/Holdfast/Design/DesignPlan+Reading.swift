internal import Inference
internal import Sessions
internal import Yams

extension DesignPlan {
  /// Reads a design from a YAML or JSON file and checks it whole.
  ///
  /// - Parameters:
  ///   - file: The path of the file; paths in it are relative to its folder.
  ///   - environment: The variables that paths may begin with.
  ///   - settings: Keys, each with the text of its values, comma between them, which stand in for
  ///     those of the file.
  /// - Throws: ``PlanError`` with every problem of the file at once.
  public init(
    contentsOf file: String, environment: [String: String] = [:],
    settings: [(key: String, text: String)] = []
  ) throws(PlanError) {
    let root = try PlanFile(file)
    var mapping = root.mapping
    for setting in settings {
      let values = setting.text.split(separator: ",", omittingEmptySubsequences: false)
        .map { Node(String($0), .implicit, .plain) }
      mapping[Node(setting.key)] = values.count == 1 ? values[0] : Node(values)
    }
    var section = PlanSection(mapping)
    var plan = DesignPlan()
    plan.read(&section, folder: Path.folder(of: file), environment)
    section.finish()
    let problems = root.duplicates + section.problems
    guard problems.isEmpty else { throw PlanError(file: file, problems: problems) }
    self = plan
  }

  private mutating func read(
    _ section: inout PlanSection, folder: String, _ environment: [String: String]
  ) {
    tests = section.strings("test")
    for name in tests where !DesignCatalogue.names.contains(name) {
      section.report(
        "test", at: section.node("test"),
        "'\(name)' is not allowed; expected one of: "
          + DesignCatalogue.names.joined(separator: ", "))
    }
    let alphas = section.numbers("alpha", expected: "a number from 1e-9 to 0.5") {
      (1e-9...0.5).contains($0)
    }
    if !alphas.isEmpty { self.alphas = alphas }
    alternative = section.optionalWord("alternative", default: .twoSided)
    powers = section.numbers("power", expected: "a number above 0 and below 1") {
      0 < $0 && $0 < 1
    }
    baseline = section.section("baseline", Baseline.init(reading:)) ?? nil
    effects = section.numbers("effect", expected: Self.amount) { abs($0) <= Self.greatest }
    effectScale = section.optionalWord("effectScale", default: DesignScale.difference)?.scale
    direction = section.optionalWord("direction", default: .above)
    readNull(&section)
    readSessions(&section)
    arms = section.section("arms", Arms.init(reading:)) ?? arms
    adjustment = section.optionalWord("adjustment", default: .dunnett)
    clusters = section.section("clusters", Clusters.init(reading:)) ?? nil
    looks = section.section("looks", Looks.init(reading:)) ?? nil
    readTraffic(&section)
    log = readLog(&section, folder: folder, environment)
    checkWhole(&section)
  }

  private mutating func readNull(_ section: inout PlanSection) {
    nulls = section.numbers("null", expected: Self.amount) { abs($0) <= Self.greatest }
    let margins = section.numbers("margin", expected: Self.amount) { abs($0) <= Self.greatest }
    guard !margins.isEmpty else { return }
    if !nulls.isEmpty {
      section.report("margin", at: section.node("margin"), "a margin is a null: give one of them")
    }
    (nulls, isMargin) = (margins, true)
  }

  private mutating func readSessions(_ section: inout PlanSection) {
    let most = "a number from 2 to 1e12"
    let total = section.numbers("total", expected: most) { (2...1e12).contains($0) }
    let perArm = section.numbers("perArm", expected: most) { (2...1e12).contains($0) }
    let days = section.numbers("days", expected: "a number above 0, up to 36500") {
      0 < $0 && $0 <= 36_500
    }
    let given = [("total", total), ("perArm", perArm), ("days", days)].filter { !$0.1.isEmpty }
    for (key, _) in given.dropFirst() {
      section.report(
        key, at: section.node(key), "'\(given[0].0)' says how many sessions there are: give one")
    }
    switch given.first {
    case ("total", _)?: sessions = .total(total)
    case ("perArm", _)?: sessions = .perArm(perArm)
    case ("days", _)?: sessions = .days(days)
    default: sessions = nil
    }
  }

  private mutating func readTraffic(_ section: inout PlanSection) {
    let traffic = section.section("traffic") { section in
      (
        section.optionalNumber("sessionsPerDay", expected: "a number above 0, up to 1e12") {
          0 < $0 && $0 <= 1e12
        },
        section.number("share", default: 1, expected: "a number above 0, up to 1") {
          0 < $0 && $0 <= 1
        }
      )
    }
    (sessionsPerDay, trafficShare) = traffic ?? (nil, 1)
    windowDays = section.integer("windowDays", in: 0...3_650, default: windowDays)
    start = section.dayOrInstant("start")
  }

  /// The log, where there is one; its keys are those of a run's plan.
  private func readLog(
    _ section: inout PlanSection, folder: String, _ environment: [String: String]
  ) -> Log? {
    guard let sessions = section.inputPath("sessions", in: folder, environment) else {
      for key in ["mapping", "asOf", "metric", "control", "experiment"]
      where section.node(key) != nil {
        section.report(
          key, at: section.node(key), "this key is one of a log; 'sessions' names none")
      }
      return nil
    }
    let schema = section.schema("mapping", in: folder, environment)
    var plan = RunPlan(sessions: sessions, schema: schema ?? Schema(arm: []))
    plan.asOf = section.instant("asOf")
    plan.metric = section.word("metric", default: plan.schema.outcome == nil ? .reward : .saved)
    plan.baseline = section.string("control")
    plan.experiment = section.section("experiment", RunPlan.Experiment.init(reading:))
    plan.windowDays = max(1, windowDays)
    return Log(plan: plan)
  }

  private func checkWhole(_ section: inout PlanSection) {
    if baseline == nil, log == nil, section.node("baseline") == nil, section.node("sessions") == nil
    {
      section.report(
        "baseline", "this key is required: a rate, or a deviation, or the 'sessions' of a log")
    }
    if sessions != nil, !powers.isEmpty, !effects.isEmpty {
      section.report(
        "power", at: section.node("power"),
        "sessions, power and effect are all given; leave out what is to be solved for")
    }
    if case .days = sessions, sessionsPerDay == nil, log == nil {
      section.report(
        "days", at: section.node("days"),
        "days are a number of sessions only at a traffic: give "
          + "'traffic.sessionsPerDay'")
    }
    if start != nil, sessionsPerDay == nil, log == nil {
      section.report(
        "start", at: section.node("start"),
        "a date needs a traffic: give 'traffic.sessionsPerDay'")
    }
  }

  private static let greatest = 1e50
  private static let amount = "a number, at most 1e50 either way"
}

extension DesignPlan.Baseline {
  fileprivate init?(reading section: inout PlanSection) {
    let rates = section.numbers("rate", expected: "a share from 1e-9 to 0.999999999") {
      (1e-9...0.999_999_999).contains($0)
    }
    let mean = section.optionalNumber("mean", expected: "a number, at most 1e50 either way") {
      abs($0) <= 1e50
    }
    let expected = "a number above 0, from 1e-50 to 1e50"
    let deviation = section.optionalNumber("deviation", expected: expected) {
      (1e-50...1e50).contains($0)
    }
    let offerDeviation = section.optionalNumber("offerDeviation", expected: expected) {
      (1e-50...1e50).contains($0)
    }
    let hasMoments = ["mean", "deviation", "offerDeviation"].filter { section.node($0) != nil }
    if section.node("rate") != nil {
      for key in hasMoments {
        section.report(
          key, at: section.node(key), "a 'rate' is given: its deviation follows from it")
      }
      if rates.isEmpty { return nil }
      self = .rates(rates)
    } else if let deviation {
      self = .moments(mean: mean, deviation: deviation, offerDeviation: offerDeviation)
    } else {
      if section.node("deviation") == nil {
        section.report("", "expected 'rate', or 'deviation' and perhaps 'mean'")
      }
      return nil
    }
  }
}

extension DesignPlan.Arms {
  fileprivate init(reading section: inout PlanSection) {
    offers = section.integer("offers", in: 1...100, default: offers)
    holdouts = section.numbers("holdout", expected: "a share from 0.001 to 0.999") {
      (0.001...0.999).contains($0)
    }
    allocation = section.word("allocation", default: allocation)
    if !holdouts.isEmpty, section.node("allocation") != nil {
      section.report(
        "allocation", at: section.node("allocation"),
        "a 'holdout' is given: it says the shares")
    }
  }
}

extension DesignPlan.Clusters {
  fileprivate init?(reading section: inout PlanSection) {
    let size = section.requiredNumber("meanSize", expected: "a number from 1 to 1e6") {
      (1...1e6).contains($0)
    }
    sizeVariation = section.number(
      "sizeVariation", default: 0, expected: "a number from 0 to 100"
    ) { (0...100).contains($0) }
    let correlation = section.requiredNumber("correlation", expected: "a number from 0 to 1") {
      (0...1).contains($0)
    }
    guard let size, let correlation else { return nil }
    (meanSize, self.correlation) = (size, correlation)
  }
}

extension DesignPlan.Looks {
  /// A boundary by name.
  private enum Boundary: String, CaseIterable {
    case obrienFleming, pocock, kimDeMets, hwangShihDeCani, alwaysValid
  }

  fileprivate init?(reading section: inout PlanSection) {
    let boundary = section.word("boundary", default: Boundary.obrienFleming)
    let count = section.integer("count", in: 1...50, default: 5)
    let times = section.numbers("times", expected: "a share above 0, up to 1") {
      0 < $0 && $0 <= 1
    }
    let parameter = section.optionalNumber("parameter", expected: "a number from −50 to 50") {
      abs($0) <= 50
    }
    let tunedFor = section.optionalNumber("tunedFor", expected: "a number from 2 to 1e12") {
      (2...1e12).contains($0)
    }
    if boundary == .alwaysValid {
      self = .always(tunedFor: tunedFor ?? AlwaysValidTest.defaultSessions)
      return
    }
    if section.node("tunedFor") != nil {
      section.report("tunedFor", at: section.node("tunedFor"), "only 'alwaysValid' is tuned")
    }
    let shares = times.isEmpty ? GroupSequentialDesign.evenTimes(count) : times
    guard shares.last == 1, zip([0] + shares, shares).allSatisfy({ $0 + 1e-6 < $1 }),
      shares.count <= 50
    else {
      section.report(
        "times", at: section.node("times"), "expected up to 50 shares that grow, the last one 1")
      return nil
    }
    switch boundary {
    case .obrienFleming, .alwaysValid: self = .planned(times: shares, .obrienFleming)
    case .pocock: self = .planned(times: shares, .pocock)
    case .kimDeMets:
      let power = parameter ?? 3
      if !(power > 0) {
        section.report(
          "parameter", at: section.node("parameter"), "expected a power above 0, up to 50")
        return nil
      }
      self = .planned(times: shares, .power(power))
    case .hwangShihDeCani: self = .planned(times: shares, .hwangShihDeCani(parameter ?? -4))
    }
  }
}

/// The scales that an effect can be given on.
private enum DesignScale: String, CaseIterable {
  case difference, relativeLift, oddsRatio, hazardRatio

  var scale: TestDescription.Scale {
    switch self {
    case .difference: .difference
    case .relativeLift: .relativeLift
    case .oddsRatio: .oddsRatio
    case .hazardRatio: .hazardRatio
    }
  }
}
