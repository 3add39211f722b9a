internal import ArgumentParser
internal import Foundation
internal import Segments

/// The logs of the power study as files, for peers.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the logs of the power study as CSV, with the truth beside.",
    discussion: """
      One file a log, SESSIONS-SEED.csv: the arm (0 or 1), the reward, the covariates, and for each true segment \
      whether the session lies in it. truth.json says which covariates make true segments.
      """)

  @OptionGroup var options: StudyOptions

  @Argument(help: "A folder; it is made if missing.")
  var folder: String

  @Option(help: "The number of logs of a size.")
  var replications = 20

  @Option(parsing: .upToNextOption, help: "The numbers of sessions of a log.")
  var sessions = [2_500, 5_000, 10_000, 20_000, 40_000]

  func run() throws {
    let world = HiddenSegmentWorld()
    let root = URL(filePath: folder)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let truth = Truth(
      covariates: world.trueCovariates, segments: world.segments.map(\.description),
      sessions: sessions, replications: replications, seed: options.seed)
    try JSONEncoder().encode(truth).write(to: root.appending(path: "truth.json"))
    for count in sessions {
      for index in 0..<replications {
        let seed = options.seed &+ UInt64(index)
        let data = try world.log(sessions: count, seed: seed)
        try Self.csv(data, try world.segments.map { try $0.contains(data) })
          .write(
            to: root.appending(path: "\(count)-\(seed).csv"), atomically: true, encoding: .utf8)
      }
    }
  }

  /// What the files were made of.
  private struct Truth: Encodable {
    let covariates: [String]
    let segments: [String]
    let sessions: [Int]
    let replications: Int
    let seed: UInt64
  }

  private static func csv(_ data: SegmentData, _ truths: [[Bool]]) -> String {
    var names = ["arm", "reward"]
    names += data.covariates.map(\.name)
    names += truths.indices.map { "segment_\($0 + 1)" }
    var text = names.joined(separator: ",") + "\n"
    for row in data.arms.indices {
      text += "\(data.arms[row]),\(Int(data.rewards[row]))"
      for covariate in data.covariates {
        switch covariate.column {
        case .category(let codes, let levels): text += ",\(levels[Int(codes[row])])"
        case .number(let values, _): text += ",\(values[row])"
        }
      }
      for truth in truths { text += truth[row] ? ",1" : ",0" }
      text += "\n"
    }
    return text
  }
}
