internal import Inference

/// The numbers that answer a question of a design: sizes, power and effect fit together.
struct DesignAnswer: Sendable {
  /// The sessions of all arms before rounding.
  let exactTotal: Double
  /// The whole sessions of one offer's arm and of the control.
  let sizes: ArmSizes
  /// The sessions of all arms.
  let total: Double
  /// The power at the whole sizes.
  let power: Double
  /// The effect on the test's scale.
  let effect: Double

  /// Solves a question for what it leaves out.
  ///
  /// - Throws: ``DesignRefusal`` if there is no answer.
  init(_ question: DesignQuestion) throws(DesignRefusal) {
    let test = try question.test()
    switch question.target {
    case .sessions(let asked, let power):
      effect = try question.effect(asked, of: test)
      let exact = try question.sizes(for: power, of: test, effect: effect)
      exactTotal = question.total(exact)
      sizes = exact.roundedUp
      try question.checkSizes(sizes)
      self.power = test.power(sizes, effect: effect)
    case .power(let size, let asked):
      effect = try question.effect(asked, of: test)
      (exactTotal, sizes) = try question.sizes(size)
      try question.checkSizes(sizes)
      power = test.power(sizes, effect: effect)
    case .effect(let size, let power):
      (exactTotal, sizes) = try question.sizes(size)
      try question.checkSizes(sizes)
      guard
        let found = test.detectableEffect(
          sizes, power: power, direction: question.isAbove ? .greater : .less)
      else {
        throw DesignRefusal(
          "no effect \(question.isAbove ? "above" : "below") the null has a power of \(power) at "
            + "these sizes")
      }
      effect = found
      self.power = power
    }
    total = question.total(sizes)
  }
}

extension DesignQuestion {
  /// The test that is planned, its sizes divided by the design effect of clusters.
  func test() throws(DesignRefusal) -> any PlannedTest {
    guard baseline.need == entry.need else {
      throw DesignRefusal("'\(entry.name)' needs \(entry.need.sentence)")
    }
    let rule = rule
    guard entry.allows(rule) else {
      throw DesignRefusal(
        entry.looks == .once
          ? "'\(entry.name)' is planned for one look only"
          : "'\(entry.name)' is valid at every look: its boundary is 'alwaysValid'")
    }
    if adjustment == .dunnett, looks != nil || entry.looks == .always {
      throw DesignRefusal(
        "Dunnett's critical value is that of one look: with several, 'adjustment' is 'bonferroni'")
    }
    if case .planned = looks, alternative == .less {
      throw DesignRefusal(
        "a one-sided design with looks finds effects above the null: turn the outcome round")
    }
    do throws(InferenceError) {
      let planned = try entry.planned(baseline, null: null, rule: rule)
      return clusters.map { clustered(planned, $0) } ?? planned
    } catch {
      throw DesignRefusal(sentence(error))
    }
  }

  private func clustered(_ test: some PlannedTest, _ clusters: ClusterDesign) -> any PlannedTest {
    ClusteredTest(test, clusters: clusters)
  }

  /// An effect on the test's scale, and one that there can be.
  func effect(_ asked: Effect, of test: any PlannedTest) throws(DesignRefusal) -> Double {
    var effect = asked.value
    if asked.scale != entry.scale {
      guard entry.need != .events,
        let mean = baseline.offerMean(effect: asked.value, on: asked.scale),
        let own = baseline.effect(offerMean: mean, on: entry.scale), own.isFinite
      else {
        throw DesignRefusal(
          "an effect on the scale \(asked.scale.rawValue) is none on that of '\(entry.name)', "
            + "\(entry.scale.rawValue), at this baseline")
      }
      effect = own
    }
    let range = test.effects
    // The sum of two decimals may be past an end by a rounding.
    let nearest = min(max(effect, range.lowerBound), range.upperBound)
    guard abs(effect - nearest) <= 1e-12 * max(1, abs(effect)) else {
      throw DesignRefusal(outOfRange(effect))
    }
    return nearest
  }

  private func outOfRange(_ effect: Double) -> String {
    guard case .rate(let rate) = baseline,
      let offer = baseline.offerMean(effect: effect, on: entry.scale)
    else { return "an effect of \(effect) is none that '\(entry.name)' can have" }
    return "at a rate of \(rate) an effect of \(effect) is a rate of \(offer) for the offer, which "
      + "is none from 0 to 1"
  }

  /// The sizes for a power.
  func sizes(
    for power: Double, of test: any PlannedTest, effect: Double
  ) throws(DesignRefusal) -> ArmSizes {
    guard effect != null else {
      throw DesignRefusal(
        "the effect is the one under the null: no number of sessions tells them apart")
    }
    let isWrongSide =
      alternative == .greater && effect < null || alternative == .less && effect > null
    guard !isWrongSide else {
      throw DesignRefusal(
        "the effect lies \(effect < null ? "below" : "above") the null, and the test looks for "
          + "effects \(effect < null ? "above" : "below") it")
    }
    guard power > level else {
      throw DesignRefusal("a power of \(power) is no more than the error of \(level)")
    }
    do throws(InferenceError) {
      return try test.sizes(effect: effect, power: power, offersPerControl: offersPerControl)
    } catch {
      if let limit = entry.greatestArm {
        throw tooManyTables(limit)
      }
      throw DesignRefusal(sentence(error))
    }
  }

  /// The sizes that are given: whole sessions, no more than there are.
  func sizes(_ size: Size) throws(DesignRefusal) -> (exactTotal: Double, ArmSizes) {
    let total: Double
    switch size {
    case .total(let sessions): total = sessions
    case .perArm(let sessions): total = sessions / allocation.offers[0]
    case .days(let days):
      guard let traffic else { throw DesignRefusal("days are none without a traffic") }
      total = traffic.knownSessions(days: days)
      guard total > 0 else {
        throw DesignRefusal(
          "no session's outcome is known after \(days) days: the window alone has "
            + "\(traffic.windowDays)")
      }
    }
    // A product with a share may be short of a whole number by a rounding.
    func whole(_ share: Double) -> Double { (share * total * (1 + 1e-12)).rounded(.down) }
    let (offer, control) = (whole(allocation.offers[0]), whole(allocation.control))
    guard offer >= 1, control >= 1 else {
      throw DesignRefusal("\(total) sessions leave an arm with none")
    }
    return (total, ArmSizes(offer: offer, control: control))
  }

  /// Refuses sizes that nobody has, and those that a test cannot be planned for.
  func checkSizes(_ sizes: ArmSizes) throws(DesignRefusal) {
    guard total(sizes) <= greatestTotal else {
      throw DesignRefusal("more than 1e15 sessions would be needed")
    }
    if let limit = entry.greatestArm, max(sizes.offer, sizes.control) > Double(limit) {
      throw tooManyTables(limit)
    }
  }

  private func tooManyTables(_ limit: Int) -> DesignRefusal {
    DesignRefusal(
      "'\(entry.name)' is not planned for more than \(limit) sessions an arm, since its tables are gone "
        + "through: ask for a test with a formula, such as 'pooledZ'")
  }

  /// The sessions of all arms.
  func total(_ sizes: ArmSizes) -> Double { sizes.control + Double(offers) * sizes.offer }

  private func sentence(_ error: InferenceError) -> String {
    error.sentence { $0 == 0 ? "the control" : "the offer under the null" }
  }
}

extension DesignCatalogue.Entry.Need {
  fileprivate var sentence: String {
    switch self {
    case .rate: "the control's rate"
    case .moments: "the standard deviation of the outcomes"
    case .events: "the control's rate, of sessions without the event"
    }
  }
}

private let greatestTotal = 1e15
