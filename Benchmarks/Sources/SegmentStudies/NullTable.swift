internal import Foundation
internal import Inference
internal import Segments

/// What was found in logs that hold nothing to find.
struct NullCounts {
  let replications: Int
  /// The logs in which something was found.
  let alarms: Int
  /// The findings that were measured, and those whose interval of the interaction holds zero.
  let (findings, covering): (Int, Int)

  init(replications: Int, alarms: Int, findings: Int, covering: Int) {
    (self.replications, self.alarms) = (replications, alarms)
    (self.findings, self.covering) = (findings, covering)
  }

  init(_ study: FalseDiscoveryStudy) {
    self.init(
      replications: study.replications, alarms: study.alarms, findings: study.findings,
      covering: study.covering)
  }
}

/// Rates of false alarms with their intervals, printed as a Markdown table as they come.
struct NullTable {
  private(set) var failures = 0

  init(_ title: String) {
    print("\n### \(title)\n")
    print("| log | alarms | rate | 95 % Clopper–Pearson | intervals that hold the truth | |")
    print("|---|---|---|---|---|---|")
  }

  /// Prints a row. It fails if the rate is surely above the nominal one, by the 99.9 % interval; a control
  /// fails if it is not.
  mutating func add(_ what: String, _ counts: NullCounts, isControl: Bool = false) {
    let tally = Tally(successes: counts.alarms, trials: counts.replications)
    let interval = ClopperPearsonInterval(level: 0.95).proportion(tally)
    let isAbove = ClopperPearsonInterval(level: 0.999).proportion(tally).lower > 0.05
    if isAbove != isControl { failures += 1 }
    let verdict =
      isControl
      ? (isAbove ? "a control, which must exceed 5 %" : "**a control that keeps its level**")
      : (isAbove ? "**exceeds 5 %**" : "")
    let coverage =
      counts.findings > 0
      ? "\((Double(counts.covering) / Double(counts.findings)).percent) of \(counts.findings)" : ""
    let cells = [
      what, "\(counts.alarms) of \(counts.replications)", tally.proportion.percent,
      "\(interval.lower.percent) to \(interval.upper.percent)", coverage, verdict,
    ]
    print("| " + cells.joined(separator: " | ") + " |")
    fflush(nil)
  }

  /// Says why a row is missing.
  func note(_ text: String) { print("| \(text) | | | | | |") }
}
