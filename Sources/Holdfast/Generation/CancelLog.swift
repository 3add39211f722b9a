internal import Probability

/// A synthetic log of cancel sessions drawn from a world, and the truth behind it.
public struct CancelLog: Sendable {
  /// The world.
  public let world: CancelWorld

  /// Prepares the log of a world.
  public init(_ world: CancelWorld) { self.world = world }

  /// Writes `sessions.csv.gz` and `truth.json` into one folder, which appears whole.
  ///
  /// - Complexity: O(sessions) time, O(1) memory.
  public func write(
    to folder: String, watch: (_ sessions: Int) -> Void = { _ in }
  ) throws(RunError) {
    let results = try ResultsFolder(folder, files: [Self.truthName, Self.logName])
    try results.write(Self.logName, compressed: true) { sink in
      sink.write(CSVWriter.line(Self.columns))
      for index in 0..<world.sessions {
        sink.write(CSVWriter.line(session(index)))
        if index & 0x3FFF == 0 { watch(index) }
      }
    }
    try results.write(Self.truthName) { $0.write(CancelTruth(world).json.text) }
    try results.finish()
  }

  /// The columns of the log.
  package static let columns = [
    "session_id", "customer_id", "started_at", "phase", "reason", "plan", "device", "tenure_days",
    "mrr", "offer", "placement", "propensity", "outcome", "offer_cost", "canceled_at",
  ]

  static let logName = "sessions.csv.gz"
  static let truthName = "truth.json"

  /// One session. It has a stream of its own, so that a log of more sessions over proportionally
  /// more days begins with the same sessions, but for cancels that the shorter log did not live to
  /// see; and one over the same days with the same customers.
  package func session(_ index: Int) -> [String] {
    var rng = Philox(
      StreamKey(seed: world.seed, purpose: .generation, index: UInt64(index)))
    let span = Int64(world.days) * Self.day
    let time =
      world.start
      + Self.wholeSeconds((Double(index) + rng.uniform()) / Double(world.sessions) * Double(span))
    let isExperiment = time < world.start + Int64(world.experimentDays) * Self.day
    let reason = Self.pick(world.reasons.map(\.share), &rng)
    let plan = Self.pick(world.plans.map(\.level.share), &rng)
    let tenure = Self.pick(world.tenures.map(\.level.share), &rng)
    let tenureDays = world.tenures[tenure].days
    let days = tenureDays.lowerBound + rng.index(below: tenureDays.count)
    let device = rng.uniform() < 0.6 ? "desktop" : "mobile"

    let propensities = world.propensities(reason, isExperiment: isExperiment)
    let choice = Self.pick(propensities, &rng)
    let arm = world.arms[choice]
    let offer = world.offers[arm.offer]
    let isDeflected = rng.uniform() < world.deflected(reason, plan, tenure, arm)
    let isLost = rng.uniform() < offer.recancel
    let waits = rng.uniform()

    // Whoever cancels again does so on any day of the window; a few others later, which counts for
    // nothing; what lies beyond the end of the log has not been seen.
    let window = Double(Int64(world.windowDays) * Self.day)
    let cancelsLater = rng.uniform() < 0.05
    let wait = isLost ? waits * window : window * (1 + waits)
    let canceledAt = isDeflected && (isLost || cancelsLater) ? time + Self.wholeSeconds(wait) : nil
    let seen = canceledAt.flatMap { $0 < world.start + span ? $0 : nil }
    return [
      "s" + Self.padded(index + 1), "c" + Self.padded(index + 1), Instant.text(time),
      isExperiment ? "calibration" : "targeted", world.reasons[reason].name,
      world.plans[plan].level.name, device, "\(days)", "\(world.plans[plan].mrr)", offer.name,
      world.placements[arm.placement].name, "\(propensities[choice])",
      isDeflected ? "kept" : "canceled", isDeflected ? "\(offer.cost)" : "0.0",
      seen.map { Instant.text($0) } ?? "",
    ]
  }

  private static let day: Int64 = 86_400_000_000

  /// A time cut to the second before it, in microseconds.
  private static func wholeSeconds(_ microseconds: Double) -> Int64 {
    Int64(microseconds / 1_000_000) * 1_000_000
  }

  /// The place of a level drawn with the probabilities given.
  private static func pick(_ shares: [Double], _ rng: inout Philox) -> Int {
    var rest = rng.uniform()
    for (place, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return place }
    }
    return shares.count - 1
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
