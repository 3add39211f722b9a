import Foundation
import TestSupport
import Testing

/// The table `Reference/accuracy.md`: our errors on the reference cases beside those of others.
///
/// It is written anew where HOLDFAST_WRITE_ACCURACY names a file:
///
///     HOLDFAST_WRITE_ACCURACY=$PWD/Tests/ProbabilityTests/Reference/accuracy.md \
///       swift test -c release --filter AccuracyTable
struct AccuracyTableTests {
  /// How another implementation does on the whole pack of cases.
  struct Peer: Decodable {
    let passed: Int
    let run: Int
    let worst: Double
    let wrong: Int

    var cell: String {
      let misses = wrong > 0 ? ", \(wrong) wrong" : ""
      return "\(passed)/\(run), \(scientific(worst))\(misses)"
    }
  }

  private struct Peers: Decodable {
    let functions: [String: [String: Row]]

    /// A peer, or the number of cases.
    enum Row: Decodable {
      case peer(Peer)
      case count

      init(from decoder: any Decoder) throws {
        self = (try? Peer(from: decoder)).map(Row.peer) ?? .count
      }
    }

    func cell(_ function: String, _ maker: String) -> String {
      guard case .peer(let peer) = functions[function]?[maker] else { return "–" }
      return peer.cell
    }
  }

  @Test func tableIsWritten() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let peers = try JSONDecoder().decode(
      Peers.self, from: Data(contentsOf: folder.appendingPathComponent("peers.json")))
    let table = try ReferenceValueTests.table.get()
    var lines = [
      "# Relative error per function",
      "",
      "Ours on the cases of `special_functions.json`, written by `AccuracyTableTests`. The others on the",
      "pack of 730 cases that those belong to: cases passed of those run, the largest relative error",
      "among answers less than half wrong, and the number of those that are at least half wrong",
      "(SciPy 1.17.1; R 4.2.2 with mvtnorm 1.1-3; Boost 1.74 in long double and in double).",
      "",
      "| function | cases | passed | median | largest | SciPy | R | Boost, long double | Boost, double |",
      "|---|---|---|---|---|---|---|---|---|",
    ]
    for function in ReferenceValueTests.functions.keys.sorted() {
      let evaluate = try #require(ReferenceValueTests.functions[function])
      let cases = table.cases(of: function)
      let errors = cases.map { relativeError(evaluate($0.arguments), $0.expected) }
      let passed = zip(cases, errors).filter { $0.tolerance >= $1 }.count
      #expect(passed == cases.count, "\(function)")
      let sorted = errors.sorted()
      let others = ["scipy", "R", "boost", "boostnp"].map { peers.cell(function, $0) }
      lines.append(
        "| \(function) | \(cases.count) | \(passed) | \(scientific(sorted[sorted.count / 2])) | "
          + "\(scientific(sorted[sorted.count - 1])) | " + others.joined(separator: " | ") + " |")
    }
    if let path = ProcessInfo.processInfo.environment["HOLDFAST_WRITE_ACCURACY"] {
      try (lines.joined(separator: "\n") + "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
    }
  }
}

private func scientific(_ value: Double) -> String {
  value == 0 ? "0" : String(format: "%.1e", value)
}
