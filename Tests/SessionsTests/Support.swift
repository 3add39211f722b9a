import Foundation
import Sessions

/// A file that lives as long as the test holds it.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8], name: String = "log.csv") throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    path = file.path
  }

  convenience init(_ text: String, name: String = "log.csv") throws {
    try self.init(Array(text.utf8), name: name)
  }

  deinit {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Reads a text as a file of a name.
func read(
  _ text: String, _ schema: Schema, name: String = "log.csv",
  change: (inout SessionReader) -> Void = { _ in }
) throws -> SessionTable {
  let file = try TemporaryFile(text, name: name)
  var reader = SessionReader(schema: schema)
  change(&reader)
  return try reader.read(file.path)
}

/// The error that reading a text ends with, if it does.
func failure(
  _ text: String, _ schema: Schema, name: String = "log.csv",
  change: (inout SessionReader) -> Void = { _ in }
) -> SessionError? {
  do {
    _ = try read(text, schema, name: name, change: change)
    return nil
  } catch {
    return error as? SessionError
  }
}

/// Decodes a schema from its written form.
func schema(_ json: String) throws -> Schema {
  try JSONDecoder().decode(Schema.self, from: Data(json.utf8))
}

extension SessionTable {
  /// Every row as text, all roles in one line: what two tables are compared by.
  var rowTexts: [String] {
    chunks.flatMap { chunk in
      (0..<chunk.rowCount).map { row in
        var parts = [sessions[chunk.sessions[row]], customers[chunk.customers[row]]]
        parts.append(arms[Int(chunk.arms[row])])
        if let times = chunk.times { parts.append("\(times[row])") }
        if let propensities = chunk.propensities { parts.append("\(propensities[row])") }
        if let codes = chunk.reasons { parts.append(codes[row] < 0 ? "–" : reasons[codes[row]]) }
        if let codes = chunk.intents { parts.append(codes[row] < 0 ? "–" : intents[codes[row]]) }
        if let texts = chunk.reasonTexts { parts.append(texts[row]) }
        if let outcomes = chunk.outcomes { parts.append("\(outcomes[row])") }
        if let column = chunk.canceledAt { parts.append("\(column[row], default: "–")") }
        if let column = chunk.lastSeenAt { parts.append("\(column[row], default: "–")") }
        if let rewards = chunk.rewards { parts.append("\(rewards[row])") }
        if let column = chunk.mrr { parts.append("\(column[row], default: "–")") }
        if let column = chunk.offerCosts { parts.append("\(column[row], default: "–")") }
        for (index, covariate) in chunk.covariates.enumerated() {
          switch covariate {
          case .category(let codes):
            parts.append(codes[row] < 0 ? "–" : covariates[index].levels[codes[row]])
          case .number(let column): parts.append("\(column[row], default: "–")")
          }
        }
        return parts.joined(separator: "|")
      }
    }
  }

  /// All rewards, in row order.
  var allRewards: [Double] { chunks.flatMap { $0.rewards ?? [] } }
}
