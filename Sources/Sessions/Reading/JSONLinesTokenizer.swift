#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Splits JSON Lines into rows: one object a line, one field a known key.
///
/// A key that stands twice in an object, a nesting too deep and an object with too many keys
/// cost the row. Keys that no role knows are scanned like the rest, and counted.
struct JSONLinesTokenizer: RowTokenizer {
  /// The file's path, for errors.
  let path: String
  let limits: ReadLimits
  /// The physical line on which the next row starts.
  private(set) var line = 1
  /// Every key met, the known ones first.
  private var keys = KeyDictionary()
  private var knownCount = 0
  /// The row, by its number, in which each key was last met.
  private var lastRow: [Int] = []
  private var rowNumber = 0
  private var sawObject = false

  /// Creates a tokenizer whose rows have a field for each of the keys known.
  init(path: String, limits: ReadLimits, known: [String]) {
    self.path = path
    self.limits = limits
    for key in known { _ = keys.intern(key) }
    knownCount = keys.count
    lastRow = Array(repeating: 0, count: keys.count)
  }

  var strangers: [String] { Array(keys.texts.dropFirst(knownCount)) }

  /// The keys of the text's first object, in their order; none if it is broken.
  static func firstKeys(_ window: ByteWindow, limits: ReadLimits) throws(SessionError) -> [String] {
    while !window.atEnd, window.held <= limits.rowBytes, firstLine(window) == nil {
      try window.fill()
    }
    guard let line = firstLine(window) else { return [] }
    // The scanner undoes escapes in place, and the line is still to be read: so it gets a copy.
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: line.count + 1)
    defer { copy.deallocate() }
    copy.initialize(repeating: 0)
    for (index, byte) in line.enumerated() { copy[index] = byte }
    var tokenizer = JSONLinesTokenizer(path: "", limits: limits, known: [])
    var row = RawRow()
    let text = UnsafeMutableBufferPointer(rebasing: copy[..<line.count])
    guard (try? tokenizer.object(text, into: &row)) != nil else { return [] }
    return tokenizer.keys.texts
  }

  private static func firstLine(_ window: ByteWindow) -> UnsafeBufferPointer<UInt8>? {
    let text = UnsafeBufferPointer(start: window.base + window.start, count: window.held)
    guard let first = text.firstIndex(where: { !isSpace($0) }) else { return nil }
    let end = text[first...].firstIndex(of: newline)
    return end.map { UnsafeBufferPointer(rebasing: text[first..<$0]) }
      ?? (window.atEnd ? UnsafeBufferPointer(rebasing: text[first...]) : nil)
  }

  mutating func next(
    _ window: ByteWindow, into row: inout RawRow
  ) throws(SessionError) -> Step {
    while true {
      if window.held > 0 {
        let start = UnsafeMutablePointer(window.base + window.start)
        if let found = memchr(start, Int32(newline), window.held) {
          let length = found.assumingMemoryBound(to: UInt8.self) - start
          return try take(window, length, endsFile: false, into: &row)
        }
        if window.atEnd { return try take(window, window.held, endsFile: true, into: &row) }
      } else if window.atEnd {
        return .end
      }
      if window.held > limits.rowBytes { throw tooLong() }
      try window.fill()
    }
  }

  /// Takes a line as a row.
  private mutating func take(
    _ window: ByteWindow, _ length: Int, endsFile: Bool, into row: inout RawRow
  ) throws(SessionError) -> Step {
    let text = UnsafeMutableBufferPointer(start: window.base + window.start, count: length)
    row.line = line
    row.endsFile = endsFile
    row.findings = []
    if length > limits.rowBytes { throw tooLong() }
    window.start += endsFile ? length : length + 1
    line += 1
    if text.allSatisfy(isSpace) { return .blank }

    let bytes = UnsafeBufferPointer(text)
    if !TextHygiene.isPlain(UnsafeRawBufferPointer(bytes)) {
      row.findings = TextHygiene.inspect(bytes)
      if row.findings.contains(.nul) { return .refused(.nulByte, column: nil) }
      if row.findings.contains(.invalid) { return .refused(.invalidUTF8, column: nil) }
    }
    do throws(JSONScanner.Fault) {
      try object(text, into: &row)
    } catch {
      switch error {
      case .unfinished where !sawObject && !endsFile:
        throw SessionError(
          file: path, line: row.line, code: .notJSONLines,
          sentence: "the first object does not end on its line; JSON Lines has one object a line")
      case .malformed, .unfinished: return .refused(.badJSON, column: nil)
      case .tooDeep: return .refused(.tooDeep, column: nil)
      case .nul: return .refused(.nulByte, column: nil)
      case .notObject: return .refused(.notObject, column: nil)
      case .tooManyKeys: return .refused(.tooManyKeys, column: nil)
      case .duplicateKey(let column): return .refused(.duplicateKey, column: column)
      case .fieldTooLarge(let column): return .refused(.fieldTooLarge, column: column)
      }
    }
    sawObject = true
    if keys.count > 16 * limits.columns {
      throw SessionError(
        file: path, line: row.line, code: .tooManyColumns,
        sentence: "the objects up to here have more than \(16 * limits.columns) different keys")
    }
    return .row
  }

  /// Takes the object that a line is.
  private mutating func object(
    _ text: UnsafeMutableBufferPointer<UInt8>, into row: inout RawRow
  ) throws(JSONScanner.Fault) {
    guard let base = text.baseAddress else { throw .unfinished }
    row.fields.removeAll(keepingCapacity: true)
    for _ in 0..<knownCount { row.fields.append(.absent) }
    rowNumber += 1
    var scanner = JSONScanner(base, count: text.count, depth: limits.depth)
    if scanner.peek() == UInt8(ascii: "{") {
      try members(&scanner, into: &row)
    } else {
      _ = try scanner.value(depth: 0)
    }
    guard scanner.peek() == nil else { throw .malformed }
    guard text.first(where: { !isSpace($0) }) == UInt8(ascii: "{") else { throw .notObject }
    if scanner.sawControl { row.findings.insert(.control) }
  }

  /// Takes the members of an object, each known one into its field.
  private mutating func members(
    _ scanner: inout JSONScanner, into row: inout RawRow
  ) throws(JSONScanner.Fault) {
    try scanner.expect(UInt8(ascii: "{"))
    if try scanner.take(UInt8(ascii: "}")) { return }
    var count = 0
    repeat {
      count += 1
      guard count <= limits.keys else { throw .tooManyKeys }
      let key = Int(keys.intern(try scanner.string()))
      if key == lastRow.count { lastRow.append(0) }
      let column = key < knownCount ? key : nil
      guard lastRow[key] != rowNumber else { throw .duplicateKey(column: column) }
      lastRow[key] = rowNumber
      try scanner.expect(UInt8(ascii: ":"))
      let field = try scanner.value(depth: 1)
      guard field.bytes.count <= limits.fieldBytes else { throw .fieldTooLarge(column: column) }
      if key < knownCount { row.fields[key] = field }
    } while try scanner.take(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "}"))
  }

  private func tooLong() -> SessionError {
    SessionError(
      file: path, line: line, code: .rowTooLarge,
      sentence: "the line is longer than \(limits.rowBytes) bytes")
  }
}

private let newline = UInt8(ascii: "\n")

private func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == newline
}
