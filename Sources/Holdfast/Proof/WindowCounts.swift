internal import Inference

/// How the sessions of each arm stand: saved, lost, or with a window still open.
struct WindowCounts {
  /// The counts by arm; nil where the metric is not `saved` or an arm has no session.
  private let bounds: [SaveBounds?]
  /// The tallies of the sessions that count; nil where the metric is not a share.
  let tallies: [Tally]?
  /// The latest session whose window is open.
  private let lastOpen: Int64?

  /// Counts the sessions of the experiment.
  init(_ log: EncodedLog) {
    let arms = log.arms.levels.count
    var (saved, lost) = (Array(repeating: 0, count: arms), Array(repeating: 0, count: arms))
    var open = saved
    var lastOpen: Int64?
    for (row, watch) in (log.watches ?? []).enumerated() where log.isExperiment[row] {
      guard let watch else { continue }
      let arm = Int(log.arms.codes[row])
      if watch.isLost {
        lost[arm] += 1
      } else if log.rewards[row] == 1 {
        saved[arm] += 1
      } else {
        open[arm] += 1
        lastOpen = max(lastOpen ?? .min, log.times?[row] ?? .min)
      }
    }
    bounds = (0..<arms).map { try? SaveBounds(saved: saved[$0], lost: lost[$0], open: open[$0]) }
    self.lastOpen = lastOpen
    let summaries = ArmSummary.byArm(log, rows: log.rows(experimentOnly: true)) {
      log.rewards[$0]
    }
    tallies = summaries.allSatisfy(\.isBinary) ? summaries.map(\.tally) : nil
  }

  /// How far the windows behind a row have closed, and what the open ones can still do.
  func maturity(_ row: LiftRow, _ log: EncodedLog, plan: RunPlan) -> [ProofItem] {
    guard plan.metric == .saved, let arm = log.arms.levels.firstIndex(of: row.arm),
      let offer = bounds[arm], let control = bounds[0]
    else {
      return [ProofItem(.maturity, .stated, "the metric has no window to wait for")]
    }
    let (open, all) = (offer.open + control.open, offer.total + control.total)
    let window = Int64(plan.windowDays) * 86_400_000_000
    let date = lastOpen.map { "; the last window closes at \(Instant.text($0 + window))" } ?? ""
    var items = [
      ProofItem(
        .maturity, .stated, setting: "\(plan.windowDays) days",
        value: 1 - Double(open) / Double(all),
        "of \(all) sessions of the two arms \(open) have a window still open"
          + (open > 0 ? date : ""))
    ]
    if open > 0, row.metric == plan.metric.rawValue {
      let range = SaveBounds.differenceInterval(offer, control, level: plan.level)
      items.append(
        ProofItem(
          .openWindows, .stated, interval: range, level: plan.level,
          "the interval of the difference of shares, were every open window lost in one arm and "
            + "saved in the other"))
    }
    return items
  }
}

extension SaveBounds {
  /// The number of sessions.
  fileprivate var total: Int { saved + lost + open }
}
