internal import Yams

/// A mapping of a plan file, read key by key.
///
/// Reading never stops at the first mistake: each is remembered with its place, and
/// ``finish()`` adds the keys that nobody asked for.
struct PlanSection {
  /// What was found wrong so far.
  private(set) var problems: [PlanProblem] = []
  private let mapping: Node.Mapping
  private let path: String
  private var asked: [String] = []

  init(_ mapping: Node.Mapping, path: String = "") {
    self.mapping = mapping
    self.path = path
  }

  /// Remembers a problem at a node, or at the section itself.
  mutating func report(_ key: String, at node: Node? = nil, _ message: String) {
    let mark = node?.mark ?? mapping.mark
    problems.append(
      PlanProblem(
        line: mark?.line ?? 0, column: mark?.column ?? 0, key: path + key, message: message))
  }

  /// Adds problems that were found elsewhere.
  mutating func add(_ problems: [PlanProblem]) { self.problems += problems }

  /// The place of a node, with the path of its key.
  func place(_ key: String, at node: Node?) -> PlanPlace {
    PlanPlace(path + key, node?.mark ?? mapping.mark)
  }

  /// The node under a key, if the key is there and not null.
  mutating func node(_ key: String, required: Bool = false) -> Node? {
    if !asked.contains(key) { asked.append(key) }
    guard let node = mapping[key], !node.isPlainNull else {
      if required { report(key, "this key is required") }
      return nil
    }
    return node
  }

  mutating func string(_ key: String, required: Bool = false) -> String? {
    guard let node = node(key, required: required) else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else {
      report(key, at: node, "expected text")
      return nil
    }
    return text
  }

  /// One of a few words.
  mutating func word<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, default fallback: Word
  ) -> Word {
    guard let node = node(key) else { return fallback }
    if let word = node.scalar.flatMap({ Word(rawValue: $0.string) }) { return word }
    let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
    report(key, at: node, "'\(node.summary)' is not allowed; expected one of: \(allowed)")
    return fallback
  }

  mutating func integer(
    _ key: String, in range: ClosedRange<Int>, default fallback: Int
  ) -> Int {
    guard let node = node(key) else { return fallback }
    if let text = node.plainText, let value = Int(text), range.contains(value) { return value }
    report(
      key, at: node,
      "'\(node.summary)' is not allowed; expected a whole number from \(range.lowerBound) "
        + "to \(range.upperBound)")
    return fallback
  }

  /// A finite number in an interval whose ends may be excluded by `where`.
  mutating func number(
    _ key: String, default fallback: Double, expected: String, where isAllowed: (Double) -> Bool
  ) -> Double {
    guard let node = node(key) else { return fallback }
    if let value = node.plainNumber, isAllowed(value) { return value }
    report(key, at: node, "'\(node.summary)' is not allowed; expected \(expected)")
    return fallback
  }

  /// A list of texts; a single text stands for a list of one.
  mutating func strings(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    if let text = node.scalar?.string { return [text] }
    guard let items = node.sequence, items.allSatisfy({ $0.scalar != nil }) else {
      report(key, at: node, "expected a text or a list of texts")
      return []
    }
    return items.compactMap { $0.scalar?.string }
  }

  /// A mapping below this one, read by `body`; its problems become this section's.
  mutating func section<Value>(
    _ key: String, _ body: (inout PlanSection) -> Value
  ) -> Value? {
    guard let node = node(key) else { return nil }
    guard let mapping = node.mapping else {
      report(key, at: node, "expected a mapping of keys to values")
      return nil
    }
    return section(mapping, named: key, body)
  }

  /// A mapping found elsewhere (an element of a list, say), read as a part of this section.
  mutating func section<Value>(
    _ mapping: Node.Mapping, named name: String, _ body: (inout PlanSection) -> Value
  ) -> Value {
    var section = PlanSection(mapping, path: path + name + ".")
    let value = body(&section)
    section.finish()
    problems += section.problems
    return value
  }

  /// The keys of this mapping, as written.
  var keys: [String] { mapping.keys.compactMap(\.scalar?.string) }

  /// Reports the keys that were never asked for.
  mutating func finish() {
    for key in mapping.keys {
      let name = key.scalar?.string ?? key.summary
      guard !asked.contains(name), !DuplicateKeys.isMarked(name) else { continue }
      report(name, at: key, "unknown key; allowed here: \(asked.joined(separator: ", "))")
    }
  }
}

extension Node {
  /// The text of a scalar that is not quoted: what may be read as a number.
  var plainText: String? {
    scalar.flatMap { $0.style == .plain ? $0.string : nil }
  }

  /// A finite decimal number; the words and hexadecimal forms that `Double` accepts are not.
  var plainNumber: Double? {
    guard let text = plainText,
      text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  fileprivate var isPlainNull: Bool { plainText.map { ["", "null", "~"].contains($0) } ?? false }

  /// What a message shows of a node.
  var summary: String {
    if let text = scalar?.string { return String(text.prefix(60)) }
    return sequence != nil ? "a list" : "a mapping"
  }
}
