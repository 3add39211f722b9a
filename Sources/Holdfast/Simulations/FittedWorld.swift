internal import Bandits
internal import Sessions

/// A world that the log of a run suggests.
///
/// Arms and cells are the log's; a cell arrives as often as it did, and its rates are the log's shrunken
/// means. Of a log with an experiment only the randomised sessions count: elsewhere arms went to whom they
/// went for a reason.
struct FittedWorld: Sendable {
  /// The world.
  let world: NamedWorld
  /// The chance of each day of the window that a customer who will be lost is lost then; nil where the
  /// log does not tell.
  let hazards: [Double]?
  /// The sessions of a day of the log, rounded; nil where it has no times.
  let sessionsPerDay: Int?
  /// The name of the log, and the SHA-256 of its bytes.
  let file: String
  let sha256: String

  /// Reads a log and fits a world to it.
  ///
  /// - Parameters:
  ///   - plan: The plan of the log.
  ///   - fail: Makes the error of a problem.
  ///   - watch: Called while the log is read.
  /// - Throws: What reading a log throws, and what `fail` makes of a log that no world fits.
  init(
    _ plan: RunPlan, _ fail: (String) -> PlanError, _ watch: @escaping (Run.Stage) -> Void
  ) throws {
    let table = try Run(plan).read(watch)
    let log = try EncodedLog(table, plan: plan)
    let rows = log.rows(experimentOnly: true)
    let isRandomised = plan.experiment?.column != nil
    let words = "\(rows.count) \(isRandomised ? "randomised sessions" : "sessions") of the log"
    guard !rows.isEmpty, !log.arms.levels.isEmpty else {
      throw RunError.noSessions(file: plan.sessions)
    }
    let decisions: DecisionLog
    do throws(OffPolicyError) {
      // The fit weighs no session, so that any propensity will do.
      decisions = try DecisionLog(
        arms: rows.map { log.arms.codes[$0] }, rewards: rows.compactMap { log.rewards[$0] },
        propensities: Array(repeating: 1, count: rows.count),
        cells: rows.map { log.cells.codes[$0] }, armCount: log.arms.levels.count,
        cellCount: log.cells.levels.count)
    } catch {
      throw fail(Refusal.sentence(error))
    }
    do throws(WorldError) {
      var named = NamedWorld(
        try BernoulliWorld(fittedTo: decisions, by: plan.cellRewardModel), arms: log.arms.levels,
        cells: log.cells.levels, windowDays: plan.windowDays,
        source: "rates estimated from \(words)")
      named.cellLevels = log.cellLevels.map { $0.map(Int.init) }
      world = named
    } catch {
      throw fail("the log's rewards are no numbers from 0 to 1, so that no share is saved")
    }
    hazards = Self.hazards(
      rows.filter { log.rewards[$0] == 0 }.compactMap { log.watches?[$0]?.days },
      window: plan.windowDays)
    sessionsPerDay = Self.traffic(log.times)
    file = plan.sessions.split(separator: "/").last.map(String.init) ?? plan.sessions
    sha256 = table.report.sha256
  }

  /// The hazards of the days on which sessions were lost; a cancel in the session is one of the first day.
  ///
  ///     h_d = n_d / (n_d + n_{d+1} + …)        n_d the losses on day d, of sessions whose window is closed
  static func hazards(_ lossDays: [Double], window: Int) -> [Double]? {
    guard !lossDays.isEmpty else { return nil }
    var losses = Array(repeating: 0, count: window)
    for days in lossDays {
      losses[min(max(Int(days.rounded(.up)), 1), window) - 1] += 1
    }
    var left = lossDays.count
    return losses.map { count in
      defer { left -= count }
      return left > 0 ? Double(count) / Double(left) : 0
    }
  }

  /// Sessions a day between the first and the last one, at least one.
  private static func traffic(_ times: [Int64]?) -> Int? {
    guard let first = times?.first, let last = times?.last, let count = times?.count else {
      return nil
    }
    let days = Double(last - first) / 86_400_000_000
    guard days >= 1 else { return nil }
    return max(1, Int((Double(count - 1) / days).rounded()))
  }
}
