/// How each lift test is planned, by the name that ``LiftCatalogue`` has for it.
///
/// A test added here can be asked for by a design file, and is held to the laws that the room's suite
/// states for all: sizes, power and detectable effect are inverses of each other, whatever the
/// allocation and the null.
public enum DesignCatalogue {
  /// One entry: a name, what it needs to know, and how the test is planned.
  public struct Entry: Sendable {
    /// What a plan needs to know of the control.
    public enum Need: String, Sendable {
      /// The share of successes.
      case rate
      /// The standard deviations; for a relative lift the mean too.
      case moments
      /// The share of sessions with an event inside the window.
      case events
    }

    /// How often the test may look at its data.
    public enum Looks: Sendable {
      /// Once, a few times, or always: its statistic is nearly normal.
      case any
      /// Once, at the end.
      case once
      /// After any session, which is what it is for.
      case always
    }

    /// The name.
    public let name: String
    /// What a plan needs to know.
    public let need: Need
    /// The scale of effects and of the null.
    public let scale: TestDescription.Scale
    /// Whether there can be a null other than no effect.
    public let takesNull: Bool
    /// How often the test may look.
    public let looks: Looks
    /// What the numbers rest on, in words that an answer can carry.
    public let basis: String
    /// The most sessions of an arm that can be planned; nil if there is no limit.
    public let greatestArm: Int?
    private let make: @Sendable (DesignBaseline, Double, RejectionRule) -> (any PlannedTest)?

    init(
      _ name: String, _ need: Need, _ scale: TestDescription.Scale, takesNull: Bool = true,
      looks: Looks = .any, greatestArm: Int? = nil, _ basis: String,
      _ make: @escaping @Sendable (DesignBaseline, Double, RejectionRule) -> (any PlannedTest)?
    ) {
      self.name = name
      self.need = need
      self.scale = scale
      self.takesNull = takesNull
      self.looks = looks
      self.greatestArm = greatestArm
      self.basis = basis
      self.make = make
    }

    /// Whether the test may be looked at as a rule says.
    public func allows(_ rule: RejectionRule) -> Bool {
      switch (looks, rule) {
      case (.any, _), (.once, .once), (.always, .once), (.always, .alwaysValid): true
      default: false
      }
    }

    /// Plans the test.
    ///
    /// - Parameters:
    ///   - baseline: What is known of the control.
    ///   - null: The effect under the null hypothesis; nil is no effect.
    ///   - rule: When the test rejects; one that ``allows(_:)`` admits.
    /// - Returns: The test before there are data.
    /// - Throws: `fixedNull` if the test has one null only; `invalidValue` if the baseline (arm 0) or
    ///   the offer's mean under the null (arm 1) is none that there can be.
    public func planned(
      _ baseline: DesignBaseline, null: Double? = nil, rule: RejectionRule = .once()
    ) throws(InferenceError) -> any PlannedTest {
      precondition(allows(rule), "a test looks as often as it may")
      guard takesNull || null == nil || null == scale.noEffect else {
        throw .fixedNull(test: name)
      }
      let null = null ?? scale.noEffect
      try check(baseline, null: null)
      guard let test = make(baseline, null, rule) else {
        throw .invalidValue(arm: 0, value: baseline.controlMean ?? 0)
      }
      return test
    }

    private func check(_ baseline: DesignBaseline, null: Double) throws(InferenceError) {
      switch baseline {
      case .rate(let rate):
        guard 0 < rate, rate < 1 else { throw .invalidValue(arm: 0, value: rate) }
        let offer = baseline.offerMean(effect: null, on: scale) ?? 0
        guard 0 < offer, offer < 1 else { throw .invalidValue(arm: 1, value: offer) }
      case .mean(let mean, let control, let offer):
        for (arm, deviation) in [control, offer].enumerated() {
          guard deviation > 0, deviation.isFinite else {
            throw .invalidValue(arm: arm, value: deviation)
          }
        }
        guard null.isFinite else { throw .invalidValue(arm: 1, value: null) }
        guard scale == .relativeLift else { return }
        guard let mean, mean > 0, mean.isFinite else {
          throw .invalidValue(arm: 0, value: mean ?? 0)
        }
        guard null > -1 else { throw .invalidValue(arm: 1, value: null) }
      case .events(let share):
        guard 0 < share, share <= 1 else { throw .invalidValue(arm: 0, value: share) }
        guard null > 0, null.isFinite else { throw .invalidValue(arm: 1, value: null) }
      }
    }
  }

  /// Every test that can be planned.
  public static let all: [Entry] = shares + tables + means + survival

  /// The names, each once, in the order of the list: one name may stand for a test of shares and for
  /// its like of means.
  public static let names: [String] = {
    var names: [String] = []
    for entry in all where !names.contains(entry.name) { names.append(entry.name) }
    return names
  }()

  /// The test of a name that needs what is known.
  public static func entry(_ name: String, knowing baseline: DesignBaseline) -> Entry? {
    all.first { $0.name == name && $0.need == baseline.need }
  }
}

extension DesignBaseline {
  /// What tests these numbers are enough for.
  public var need: DesignCatalogue.Entry.Need {
    switch self {
    case .rate: .rate
    case .mean: .moments
    case .events: .events
    }
  }
}
