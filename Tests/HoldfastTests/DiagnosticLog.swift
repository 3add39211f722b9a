import Holdfast
import Probability

/// A made log of an experiment over six weeks, sound or broken in one known way.
struct DiagnosticLog {
  /// What is wrong with the experiment.
  enum Fault: String, CaseIterable {
    /// Nothing: an offer that saves eight points more, everywhere and always.
    case none
    /// One browser loses a third of the offer's sessions.
    case lostSessions
    /// From the fourth week on the offer loses a sixth of its sessions.
    case lateLoss
    /// The offer's effect fades from 30 points to none.
    case fading
    /// The offer works on weekends only.
    case weekend
    /// One browser is shown the offer more often, and saves more whatever is shown.
    case confounded
  }

  let fault: Fault
  var seed: UInt64 = 1
  var sessions = 12_000

  /// The log as CSV lines, the header apart.
  var lines: [String] {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    return (0..<sessions).compactMap { index in
      let minute = rng.index(below: 42 * 1_440)
      let (day, isOld) = (minute / 1_440, rng.index(below: 5) == 0)
      let country = ["DE", "FR", "US"][rng.index(below: 3)]
      let shown = fault == .confounded ? (isOld ? 0.8 : 0.4) : 0.5
      let (isOffer, isLost) = (rng.uniform() < shown, rng.uniform())
      let isSaved = rng.uniform() < probability(day, isOld: isOld, isOffer: isOffer)
      let loss =
        switch fault {
        case .lostSessions where isOld && isOffer: 1.0 / 3
        case .lateLoss where day >= 21 && isOffer: 1.0 / 6
        default: 0.0
        }
      guard isLost >= loss else { return nil }
      return "s\(index),c\(index),\(time(minute)),\(isOffer ? "offer" : "none"),"
        + "\(isOld ? "old" : "new"),\(country),\(isSaved ? 1 : 0)\n"
    }
  }

  private func probability(_ day: Int, isOld: Bool, isOffer: Bool) -> Double {
    // The level has a season and a weekend of its own, which are no effect of the offer.
    let isWeekend = day % 7 >= 5
    let base = 0.3 + 0.05 * Double(day) / 42 + (isWeekend ? 0.03 : 0)
    guard fault != .confounded else { return base + (isOld ? 0.35 : 0) - (isOffer ? 0.08 : 0) }
    guard isOffer else { return base }
    return switch fault {
    case .fading: base + 0.3 * (1 - Double(day) / 41)
    case .weekend: base + (isWeekend ? 0.3 : 0)
    default: base + 0.08
    }
  }

  /// The instant of a minute since Monday, 5 January 2026.
  private func time(_ minute: Int) -> String {
    let day = minute / 1_440 + 5
    let (month, date) = day <= 31 ? (1, day) : (2, day - 31)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2026-\(two(month))-\(two(date))T\(two(minute / 60 % 24)):\(two(minute % 60)):00Z"
  }

  static let header = "session,customer,time,offer,browser,country,kept\n"

  /// Writes the log and a plan for it, and returns the plan.
  func plan(
    in folder: TemporaryFolder, _ lines: [String]? = nil, more: String = ""
  ) throws -> RunPlan {
    try folder.write(Self.header + (lines ?? self.lines).joined(), to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        session: session
        customer: customer
        time: time
        arm: offer
        reward: {column: kept, minimum: 0, maximum: 1}
        covariates: {browser: category, country: category}
      baseline: none
      experiment: {allocation: {none: 0.5, offer: 0.5}}

      """ + more, to: "plan.yaml")
    return try RunPlan(contentsOf: file, environment: [:])
  }

  /// The checks of the log.
  func rows(_ lines: [String]? = nil, more: String = "") throws -> [DiagnosticRow] {
    let folder = try TemporaryFolder()
    return try Run(plan(in: folder, lines, more: more)).diagnostics().rows
  }
}
