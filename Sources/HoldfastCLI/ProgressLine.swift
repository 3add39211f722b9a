#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Holdfast
internal import Sessions

/// A line on the terminal that says how far a run is. Nothing is shown elsewhere, or if quiet.
struct ProgressLine: Sendable {
  private let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && Console.isTerminal }

  /// Shows a stage of a run.
  func show(_ stage: Run.Stage) {
    switch stage {
    case .reading(let progress):
      show(
        "reading \(progress.rows) rows",
        share: progress.totalBytes.map { Double(progress.bytes) / Double(max(1, $0)) })
    case .encoding: show("encoding")
    case .lift: show("comparing arms")
    case .proofs: show("putting the comparisons to the proof")
    case .diagnostics: show("checking the experiment")
    case .policies: show("valuing policies")
    case .segments: show("searching segments")
    case .recommendations: show("recommending")
    }
  }

  /// Shows a stage of a simulation.
  func show(_ stage: SimulationStudy.Stage) {
    switch stage {
    case .fitting(let stage): show(stage)
    case .simulating(let policy, let share): show("simulating \(policy)", share: share)
    case .judging(let policy, let share): show("waiting for the verdict of \(policy)", share: share)
    }
  }

  /// Shows a text, with a bar where the end is known.
  func show(_ text: String, share: Double? = nil) {
    guard isShown else { return }
    let bar = share.map { share in
      let full = Int((20 * min(1, max(0, share))).rounded())
      return String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full) + " "
    }
    write("\r\u{1B}[K\(bar ?? "")\(text)")
  }

  /// Clears the line.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { Console.write(text, to: STDERR_FILENO) }
}
