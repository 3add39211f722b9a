#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Splits comma-separated text into rows and fields, as RFC 4180 has it and no laxer.
///
/// Rows end in LF or CRLF. A quoted field holds commas, newlines and doubled quotes; nothing may
/// stand behind its closing quote, and no quote inside a field that does not begin with one.
/// A row with a broken frame is given up to the end of its line. Every byte is looked at a fixed
/// number of times.
struct CSVTokenizer: RowTokenizer {
  /// The file's path, for errors.
  let path: String
  let limits: ReadLimits
  /// The physical line on which the next row starts.
  private(set) var line = 1
  /// The number of fields that every row must have, once the header is known.
  var columnCount: Int?

  /// A header names every column there is.
  var strangers: [String] { [] }

  init(path: String, limits: ReadLimits) {
    self.path = path
    self.limits = limits
  }

  mutating func next(
    _ window: ByteWindow, into row: inout RawRow
  ) throws(SessionError) -> Step {
    while true {
      if let step = try scan(window, into: &row) { return step }
      if window.held > limits.rowBytes { throw tooLong(window) }
      try window.fill()
    }
  }

  /// Takes the next row, or `nil` if the window does not hold the whole of it.
  private mutating func scan(
    _ window: ByteWindow, into row: inout RawRow
  ) throws(SessionError) -> Step? {
    let (base, end) = (window.base, window.end)
    var cursor = window.start
    if cursor == end { return window.atEnd ? .end : nil }
    row.fields.removeAll(keepingCapacity: true)
    row.fieldCount = 0
    row.line = line
    row.endsFile = false
    row.findings = []
    var hasQuotes = false
    var largest = (size: 0, column: 0)

    while true {
      var field: Field
      if base[cursor] == quote, cursor < end {
        hasQuotes = true
        guard let closing = closingQuote(window, from: cursor + 1) else {
          if window.atEnd { throw unterminated(window, openedAt: cursor) }
          return nil
        }
        field = Field(bytes: slice(base, cursor + 1, closing.index), kind: .text)
        field.isEscaped = closing.sawDoubled
        cursor = closing.index + 1
        if cursor == end, !window.atEnd { return nil }
        switch base[cursor] {
        case comma, newline: break
        case carriageReturn where cursor + 1 == end && !window.atEnd: return nil
        case carriageReturn where cursor + 1 < end && base[cursor + 1] == newline: break
        default: return refuse(window, .textAfterQuote, column: row.fieldCount, from: cursor)
        }
      } else {
        let fieldStart = cursor
        cursor = fieldEnd(base, from: cursor)
        switch base[cursor] {
        case newline where cursor == end && !window.atEnd: return nil
        case carriageReturn where cursor + 1 == end && !window.atEnd: return nil
        case carriageReturn where cursor + 1 == end || base[cursor + 1] != newline:
          return refuse(window, .bareCarriageReturn, column: row.fieldCount, from: cursor)
        case quote: return refuse(window, .quoteInField, column: row.fieldCount, from: cursor)
        default: field = Field(bytes: slice(base, fieldStart, cursor), kind: .text)
        }
      }
      if field.bytes.count > largest.size { largest = (field.bytes.count, row.fieldCount) }
      if row.fieldCount <= limits.columns { row.fields.append(field) }
      row.fieldCount += 1
      if base[cursor] == comma, cursor < end {
        cursor += 1
      } else {
        break
      }
    }

    let record = slice(base, window.start, cursor)
    if base[cursor] == carriageReturn { cursor += 1 }
    row.endsFile = cursor == end
    let lines = hasQuotes ? 1 + count(newline, in: record) : 1
    line += lines
    window.start = min(cursor + 1, end)
    if record.isEmpty { return .blank }
    if record.count > limits.rowBytes { throw tooLong(line: row.line, largest.size) }
    if largest.size > limits.fieldBytes {
      return .refused(.fieldTooLarge, column: largest.column)
    }
    if !TextHygiene.isPlain(UnsafeRawBufferPointer(record)) {
      row.findings = TextHygiene.inspect(record)
      if row.findings.contains(.nul) { return .refused(.nulByte, column: column(of: row, .nul)) }
      if row.findings.contains(.invalid) {
        return .refused(.invalidUTF8, column: column(of: row, .invalid))
      }
    }
    if let columnCount, row.fieldCount != columnCount {
      return .refused(.fieldCount, column: nil)
    }
    if hasQuotes { undouble(&row, base: base) }
    return .row
  }

  // MARK: Fields

  /// The end of an unquoted field: the next comma, quote, newline or carriage return.
  ///
  /// All four lie below 0x2D, and hardly anything else in a field does; so eight bytes at a
  /// time are asked whether any does.
  @inline(__always)
  private func fieldEnd(_ base: UnsafeMutablePointer<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawPointer(base)
    var index = start
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let low = (word &- 0x2D &* ones) & ~word & highs
      if low == 0 {
        index += 8
        continue
      }
      // The lowest marked byte is truly below; a borrow may have marked others above it.
      index += low.trailingZeroBitCount >> 3
      switch base[index] {
      case comma, newline, carriageReturn, quote: return index
      default: index += 1
      }
    }
  }

  /// The quote that closes a field, and whether doubled ones came before it.
  private func closingQuote(
    _ window: ByteWindow, from start: Int
  ) -> (index: Int, sawDoubled: Bool)? {
    let (base, end) = (window.base, window.end)
    var index = start
    var sawDoubled = false
    while index < end, let found = memchr(base + index, Int32(quote), end - index) {
      let at = found.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(base)
      if at + 1 == end { return window.atEnd ? (at, sawDoubled) : nil }
      guard base[at + 1] == quote else { return (at, sawDoubled) }
      sawDoubled = true
      index = at + 2
    }
    return nil
  }

  /// Makes one quote of two, in place: the text only becomes shorter.
  private func undouble(_ row: inout RawRow, base: UnsafeMutablePointer<UInt8>) {
    for index in row.fields.indices where row.fields[index].isEscaped {
      guard let start = row.fields[index].bytes.baseAddress else { continue }
      let text = UnsafeMutablePointer(mutating: start)
      var (from, to) = (0, 0)
      while from < row.fields[index].bytes.count {
        text[to] = text[from]
        from += text[from] == quote ? 2 : 1
        to += 1
      }
      row.fields[index].bytes = UnsafeBufferPointer(start: start, count: to)
    }
  }

  /// The first column in which something was found.
  private func column(of row: RawRow, _ finding: TextHygiene.Findings) -> Int? {
    row.fields.firstIndex { TextHygiene.inspect($0.bytes).contains(finding) }
  }

  // MARK: Broken frames

  /// Gives up the row to the end of its line.
  private mutating func refuse(
    _ window: ByteWindow, _ code: ReadCode, column: Int, from cursor: Int
  ) -> Step? {
    let (base, end) = (window.base, window.end)
    var next = end
    if let found = memchr(base + cursor, Int32(newline), end - cursor) {
      next = found.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(base) + 1
    } else if !window.atEnd {
      return nil
    }
    let given = slice(base, window.start, next)
    line += max(count(newline, in: given), 1)
    window.start = next
    return .refused(code, column: column)
  }

  private func unterminated(_ window: ByteWindow, openedAt cursor: Int) -> SessionError {
    let before = slice(window.base, window.start, cursor)
    return SessionError(
      file: path, line: line + count(newline, in: before), code: .unterminatedQuote,
      sentence: "the quote opened here is never closed")
  }

  private func tooLong(_ window: ByteWindow) -> SessionError {
    var (longest, current) = (0, 0)
    for byte in slice(window.base, window.start, window.end) {
      current = byte == comma ? 0 : current + 1
      longest = max(longest, current)
    }
    return tooLong(line: line, longest)
  }

  private func tooLong(line: Int, _ largestField: Int) -> SessionError {
    let isField = largestField > limits.fieldBytes
    return SessionError(
      file: path, line: line, code: isField ? .fieldTooLarge : .rowTooLarge,
      sentence: "a row that starts here is longer than \(limits.rowBytes) bytes; "
        + "a quote may be left open")
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

@inline(__always)
private func slice(
  _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ end: Int
) -> UnsafeBufferPointer<UInt8> {
  UnsafeBufferPointer(start: base + start, count: end - start)
}

private func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var count = 0
  for other in bytes where other == byte { count += 1 }
  return count
}
