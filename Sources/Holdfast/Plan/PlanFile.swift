internal import FoundationEssentials
internal import Yams

/// A YAML or JSON file that holds one mapping.
struct PlanFile {
  /// The mapping at the root.
  let mapping: Node.Mapping
  /// The keys that stand twice in it.
  let duplicates: [PlanProblem]

  /// Reads a file.
  init(_ file: String) throws(PlanError) {
    func refused(_ message: String, line: Int = 0, column: Int = 0) -> PlanError {
      PlanError(
        file: file,
        problems: [PlanProblem(line: line, column: column, key: "", message: message)])
    }
    let text: String
    do {
      text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    } catch {
      let isMissing = !FileManager.default.fileExists(atPath: file)
      let message = isMissing ? "there is no such file" : "the file cannot be read as UTF-8 text"
      throw PlanError(
        file: file, problems: [PlanProblem(line: 0, column: 0, key: "", message: message)],
        isFileMissing: isMissing)
    }
    let composed: DuplicateKeys
    do {
      composed = try DuplicateKeys(composing: text)
    } catch let error as YamlError {
      let place = error.place
      throw refused(
        place.problem, line: place.mark?.line ?? 0, column: place.mark?.column ?? 0)
    } catch {
      throw refused("the file is not YAML or JSON")
    }
    guard let mapping = composed.root?.mapping else {
      throw refused("expected a mapping of keys to values")
    }
    self.mapping = mapping
    duplicates = composed.problems
  }
}

extension YamlError {
  /// What is wrong, and where.
  fileprivate var place: (problem: String, mark: Mark?) {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (problem, mark)
    default: ("the file is not YAML or JSON", nil)
    }
  }
}
