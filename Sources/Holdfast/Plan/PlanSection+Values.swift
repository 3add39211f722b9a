internal import Sessions
internal import Yams

/// The values of a plan that are more than a word or a number.
extension PlanSection {
  /// A share from 0 to 1.
  mutating func share(_ key: String, default fallback: Double) -> Double {
    number(key, default: fallback, expected: "a number from 0 to 1") { (0...1).contains($0) }
  }

  /// A number above zero.
  mutating func positive(_ key: String, default fallback: Double) -> Double {
    number(key, default: fallback, expected: "a number above 0") { $0 > 0 }
  }

  /// The word true or false.
  mutating func flag(_ key: String, default fallback: Bool) -> Bool {
    guard let node = node(key) else { return fallback }
    if let flag = ["true": true, "false": false][node.plainText ?? ""] { return flag }
    report(key, at: node, "expected true or false")
    return fallback
  }

  /// One of a few words, or none.
  mutating func optionalWord<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, _: Word.Type
  ) -> Word? {
    guard node(key) != nil, let first = Word.allCases.first else { return nil }
    return word(key, default: first)
  }

  /// A whole number that there need not be.
  mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    node(key) == nil ? nil : integer(key, in: range, default: range.lowerBound)
  }

  /// The months of revenue that a saved session is worth, where margins are asked for.
  mutating func netMarginMonths(_ key: String) -> Double? {
    section(key) { section in
      section.requiredNumber("months", expected: "a number of months above 0") { $0 > 0 }
    } ?? nil
  }

  /// A list of whole numbers; a single one stands for a list of one.
  mutating func integers(
    _ key: String, in range: ClosedRange<Int>, default fallback: [Int]
  ) -> [Int] {
    guard let node = node(key) else { return fallback }
    let items = node.sequence.map(Array.init) ?? [node]
    let values = items.map { item in item.plainText.flatMap { Int($0) } }
    guard values.allSatisfy({ $0.map(range.contains) ?? false }) else {
      report(
        key, at: node,
        "expected whole numbers from \(range.lowerBound) to \(range.upperBound)")
      return fallback
    }
    return values.compactMap(\.self)
  }

  /// A number that the section cannot do without.
  mutating func requiredNumber(
    _ key: String, expected: String, where isAllowed: (Double) -> Bool
  ) -> Double? {
    guard node(key, required: true) != nil else { return nil }
    let value = number(key, default: .infinity, expected: expected, where: isAllowed)
    return value.isFinite ? value : nil
  }

  /// An instant as RFC 3339, in microseconds since 1970 UTC.
  mutating func instant(_ key: String) -> Int64? {
    guard let text = string(key) else { return nil }
    if let instant = Instant.microseconds(text) { return instant }
    report(
      key, at: node(key), "'\(text)' is no instant; expected one like 2026-01-31T00:00:00Z")
    return nil
  }

  /// The path of a file to read: relative to a folder, perhaps behind a variable `${NAME}`.
  mutating func inputPath(
    _ key: String, in folder: String, _ environment: [String: String], required: Bool = false
  ) -> String? {
    guard let text = string(key, required: required) else { return nil }
    guard text.hasPrefix("${"), let end = text.firstIndex(of: "}") else {
      return Path.resolve(text, in: folder)
    }
    let name = String(text[text.index(text.startIndex, offsetBy: 2)..<end])
    guard let value = environment[name], !value.isEmpty else {
      report(key, at: node(key), "the environment variable \(name) is not set; it names a folder")
      return nil
    }
    return value + text[text.index(after: end)...]
  }

  /// The name of a folder to write: it may not leave the current folder.
  mutating func outputFolder(_ key: String, default fallback: String) -> String {
    guard let text = string(key) else { return fallback }
    guard !Path.escapes(text) else {
      report(
        key, at: node(key),
        "'\(text)' leaves the current folder; expected a relative path without '..' or '~' "
          + "(the option --output may name any folder)")
      return fallback
    }
    return text
  }

  /// The mapping of columns to roles: written here, or the path of its file.
  mutating func schema(
    _ key: String, in folder: String, _ environment: [String: String]
  ) -> Schema? {
    guard let node = node(key, required: true) else { return nil }
    var source = node
    if node.scalar != nil {
      guard let path = inputPath(key, in: folder, environment) else { return nil }
      do throws(PlanError) {
        let file = try PlanFile(path)
        guard file.duplicates.isEmpty else {
          throw PlanError(file: path, problems: file.duplicates)
        }
        source = .mapping(file.mapping)
      } catch {
        for problem in error.problems {
          report(key, at: node, "in \(path): \(problem)")
        }
        return nil
      }
    }
    do {
      let schema = try YAMLDecoder().decode(Schema.self, from: source)
      for problem in schema.problems + schema.numberProblems { report(key, at: node, problem) }
      return schema
    } catch let error as DecodingError {
      // A key that stands twice has been reported as such.
      if !DuplicateKeys.isMarked(in: error.summary) { report(key, at: node, error.summary) }
    } catch {
      report(key, at: node, "\(error)")
    }
    return nil
  }

  /// The list of policies.
  mutating func policies(
    _ key: String, in folder: String, _ environment: [String: String]
  ) -> [PolicyPlan]? {
    guard let node = node(key) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, "expected a list of policies")
      return nil
    }
    let words = PolicyPlan.words.map(\.0) + LearnerPlan.names.filter { $0 != "uniform" }
    let expected =
      "expected one of \(words.joined(separator: ", ")), or a mapping: always, epsilon-greedy, table, "
      + "or a learning policy with its settings"
    return items.enumerated().compactMap { index, item -> PolicyPlan? in
      let name = "\(key)[\(index)]"
      if let word = item.scalar?.string {
        if let policy = PolicyPlan.words.first(where: { $0.0 == word })?.1 { return policy }
        if LearnerPlan.isNamed(by: item) { return learner(item, named: name).map { .learner($0) } }
        report(key, at: item, "'\(word)' is not a policy; \(expected)")
        return nil
      }
      guard let mapping = item.mapping else {
        report(key, at: item, expected)
        return nil
      }
      if let policy = policyOnLog(mapping, named: name, in: folder, environment) { return policy }
      guard LearnerPlan.isNamed(by: item) else {
        report(key, at: item, expected)
        return nil
      }
      return learner(item, named: name).map { .learner($0) }
    }
  }

  /// A policy that does not learn from a replay, if a mapping names one.
  private mutating func policyOnLog(
    _ mapping: Node.Mapping, named name: String, in folder: String,
    _ environment: [String: String]
  ) -> PolicyPlan? {
    let isOnLog = ["always", "epsilon-greedy"].contains { mapping[Node($0)] != nil }
    // A table has a file, or probabilities written in the plan.
    let table = mapping[Node("table")]?.mapping
    guard isOnLog || table.map({ $0[Node("probabilities")] == nil }) ?? false else { return nil }
    return section(mapping, named: name) { section -> PolicyPlan? in
      if let arm = section.string("always") { return .always(arm) }
      if section.keys.contains("epsilon-greedy") {
        return .epsilonGreedy(section.share("epsilon-greedy", default: 0.1))
      }
      return section.section("table") { section -> PolicyPlan? in
        guard let name = section.string("name", required: true),
          let file = section.inputPath("file", in: folder, environment, required: true)
        else { return nil }
        return .table(name: name, file: file)
      } ?? nil
    }
  }
}

extension DecodingError {
  /// The key and what was expected there.
  fileprivate var summary: String {
    let context =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context
      @unknown default: DecodingError.Context(codingPath: [], debugDescription: "not understood")
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
  }
}
