import Inference
import Testing

/// What every test and interval of two proportions promises for every table of at most twelve
/// sessions an arm.
@Suite struct SmallTableLawTests {
  /// Every table of at most `n` sessions an arm.
  static func tables(upTo n: Int) -> [(Tally, Tally)] {
    var tables: [(Tally, Tally)] = []
    for n1 in 1...n {
      for n0 in 1...n {
        for x1 in 0...n1 {
          for x0 in 0...n0 {
            tables.append((Tally(successes: x1, trials: n1), Tally(successes: x0, trials: n0)))
          }
        }
      }
    }
    return tables
  }

  /// The tests whose answers are closed forms or single roots.
  static let names: Set<String> = [
    "pooledZ", "pooledZYates", "unpooledZ", "unpooledZYates", "likelihoodRatio",
    "miettinenNurminen", "farringtonManning", "logRatio", "koopman", "fieller", "woolf", "gart",
    "scoreOddsRatio",
  ]

  static let entries = LiftCatalogue.proportions.map(\.name).filter(names.contains)

  static func entry(_ name: String) throws -> LiftCatalogue.Entry<Tally> {
    try #require(LiftCatalogue.proportions.first { $0.name == name })
  }

  /// The parameters that a scale has.
  static func support(_ scale: TestDescription.Scale) -> Interval {
    switch scale {
    case .difference: Interval(lower: -1, upper: 1)
    case .relativeLift: Interval(lower: -1, upper: .infinity)
    case .oddsRatio, .hazardRatio: Interval(lower: 0, upper: .infinity)
    case .superiority: Interval(lower: 0, upper: 1)
    }
  }

  @Test func everyNameIsInTheCatalogue() { #expect(Self.entries.count == Self.names.count) }

  @Test(arguments: entries)
  func answersAreNumbersInTheirSupportNestedAroundTheEstimate(_ name: String) throws {
    let entry = try Self.entry(name)
    for (offer, control) in Self.tables(upTo: 12) {
      guard let test = try? entry.compare(offer, control) else { continue }
      let support = Self.support(test.method.scale)
      #expect(support.contains(test.estimate))
      for alternative in Alternative.allCases {
        #expect((0...1).contains(test.pValue(alternative)))
      }
      var inner = Interval(lower: test.estimate, upper: test.estimate)
      for level in [0.05, 0.5, 0.95, 0.999_999] {
        let outer = test.interval(level: level)
        #expect(support.lower <= outer.lower && outer.upper <= support.upper)
        #expect(
          outer.lower <= inner.lower && inner.upper <= outer.upper,
          "\(offer) \(control) at \(level)")
        inner = outer
      }
    }
  }

  @Test(arguments: entries)
  func swappingTheArmsTurnsTheAnswerOver(_ name: String) throws {
    let entry = try Self.entry(name)
    for (offer, control) in Self.tables(upTo: 12) {
      guard let forth = try? entry.compare(offer, control),
        let back = try? entry.compare(control, offer)
      else { continue }
      #expect(isClose(forth.pValue(.greater), back.pValue(.less)))
      #expect(isClose(forth.pValue(.twoSided), back.pValue(.twoSided)))
      let (own, other) = (forth.interval(level: 0.95), back.interval(level: 0.95))
      switch forth.method.scale {
      case .difference:
        #expect(isClose(own.lower, -other.upper) && isClose(own.upper, -other.lower))
      case .relativeLift where name == "fieller":
        // The hull of a ray and its mirror image's need not be turned over into each other.
        continue
      case .relativeLift:
        #expect(isClose(1 / (1 + own.upper), 1 + other.lower))
        #expect(isClose(1 + own.lower, 1 / (1 + other.upper)))
      case .oddsRatio, .hazardRatio:
        #expect(isClose(1 / own.upper, other.lower) && isClose(own.lower, 1 / other.upper))
      case .superiority: Issue.record("no test of proportions has this scale")
      }
    }
  }

  @Test(arguments: entries)
  func swappingTheOutcomesTurnsTheAnswerOver(_ name: String) throws {
    let entry = try Self.entry(name)
    for (offer, control) in Self.tables(upTo: 12) {
      guard let forth = try? entry.compare(offer, control),
        let back = try? entry.compare(offer.complement, control.complement)
      else { continue }
      let (own, other) = (forth.interval(level: 0.95), back.interval(level: 0.95))
      switch forth.method.scale {
      case .difference:
        #expect(isClose(forth.pValue(.greater), back.pValue(.less)))
        #expect(isClose(own.lower, -other.upper) && isClose(own.upper, -other.lower))
      case .oddsRatio:
        #expect(isClose(forth.pValue(.greater), back.pValue(.less)))
        #expect(isClose(1 / own.upper, other.lower) && isClose(own.lower, 1 / other.upper))
      // A ratio of successes says nothing of the ratio of failures.
      case .relativeLift, .hazardRatio, .superiority: return
      }
    }
  }

  @Test(arguments: entries)
  func anIntervalThatInvertsItsTestHoldsExactlyTheNullsNotRejected(_ name: String) throws {
    let entry = try Self.entry(name)
    guard entry.takesNull else { return }
    for (offer, control) in Self.tables(upTo: 6) {
      guard let test = try? entry.compare(offer, control), test.method.intervalInvertsTest else {
        continue
      }
      let support = Self.support(test.method.scale)
      let interval = test.interval(level: 0.9)
      for (end, outwards) in [(interval.lower, -1.0), (interval.upper, 1)]
      where end != support.lower && end != support.upper {
        let step = outwards * 1e-7 * max(1, abs(end))
        for (null, isRejected) in [(end - step, false), (end + step, true)]
        where support.lower < null && null < support.upper && null < 1e6 {
          let p = try entry.compare(offer, control, null).pValue(.twoSided)
          #expect((p < 0.1) == isRejected, "\(offer) \(control) at \(null): \(p)")
        }
      }
    }
  }

  @Test func standaloneIntervalsAreNumbersInTheirSupportAndNested() {
    typealias Method = (Double) -> (Tally, Tally) -> Interval
    let differences: [(Method, holdsEstimate: Bool)] = [
      ({ NewcombeInterval(level: $0).difference }, true),
      ({ AgrestiCaffoInterval(level: $0).difference }, false),
      ({ WaldInterval(level: $0).difference }, true),
      ({ WaldInterval(level: $0, variance: .pooled, correction: .yates).difference }, true),
    ]
    let lifts: [(Method, holdsEstimate: Bool)] = [
      ({ AdjustedLogInterval(level: $0).lift }, false),
      ({ InverseSinhInterval(level: $0).lift }, true),
      ({ WaldInterval(level: $0).lift }, true),
      ({ WaldInterval(level: $0, variance: .pooled, correction: .yates).lift }, true),
      ({ DeltaLiftInterval(level: $0).lift }, true),
    ]
    for (offer, control) in Self.tables(upTo: 12) {
      for (method, holdsEstimate) in differences {
        let estimate = offer.proportion - control.proportion
        var inner: Interval?
        for level in [0.5, 0.95, 0.999_999] {
          let outer = method(level)(offer, control)
          #expect(-1 <= outer.lower && outer.upper <= 1)
          if holdsEstimate {
            #expect(outer.lower - 1e-15 <= estimate && estimate <= outer.upper + 1e-15)
          }
          if let inner { #expect(outer.lower <= inner.lower && inner.upper <= outer.upper) }
          let back = method(level)(control, offer)
          #expect(isClose(outer.lower, -back.upper))
          let mirrored = method(level)(offer.complement, control.complement)
          #expect(isClose(outer.lower, -mirrored.upper))
          inner = outer
        }
      }
      for (method, holdsEstimate) in lifts {
        var inner: Interval?
        for level in [0.5, 0.95, 0.999_999] {
          let outer = method(level)(offer, control)
          if holdsEstimate, offer.successes > 0, control.successes > 0 {
            let estimate = offer.proportion / control.proportion - 1
            #expect(outer.lower - 1e-14 <= estimate && estimate <= outer.upper + 1e-14)
          }
          if let inner { #expect(outer.lower <= inner.lower && inner.upper <= outer.upper) }
          inner = outer
        }
      }
    }
  }
}

extension Tally {
  /// The tally whose successes are this one's failures.
  var complement: Tally { Tally(successes: failures, trials: trials) }
}

/// Whether two numbers agree to 10⁻¹² of the greater of them and one.
private func isClose(_ a: Double, _ b: Double) -> Bool {
  a == b || abs(a - b) <= 1e-12 * max(1, abs(a), abs(b))
}
