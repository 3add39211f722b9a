/// A strict scanner of one line of JSON, without recursion and without copies.
///
/// RFC 8259 to the letter: no comments, no trailing commas, no bare control characters, no lone
/// surrogates, nothing behind the value.
struct JSONScanner {
  /// Why a line is no row.
  enum Fault: Error {
    /// The line breaks the grammar.
    case malformed
    /// The line ends before its value does.
    case unfinished
    /// A value is nested more deeply than the limit.
    case tooDeep
    /// A string names the character U+0000.
    case nul
    /// The line is a value, but no object.
    case notObject
    /// The object has more keys than the limit.
    case tooManyKeys
    /// The object has a key twice.
    case duplicateKey(column: Int?)
    /// A value is longer than the limit.
    case fieldTooLarge(column: Int?)
  }

  private let base: UnsafeMutablePointer<UInt8>
  private let end: Int
  let depthLimit: Int
  /// The byte at hand.
  var index = 0
  /// Whether an escape spelt a control character.
  private(set) var sawControl = false

  init(_ base: UnsafeMutablePointer<UInt8>, count: Int, depth: Int) {
    self.base = base
    end = count
    depthLimit = min(depth, UInt64.bitWidth)
  }

  /// The byte at hand behind white space, or `nil` at the end.
  mutating func peek() -> UInt8? {
    while index < end {
      switch base[index] {
      case 0x20, 0x09, 0x0D: index += 1
      default: return base[index]
      }
    }
    return nil
  }

  /// Takes a byte that must come next, behind white space.
  mutating func expect(_ byte: UInt8) throws(Fault) {
    guard let next = peek() else { throw .unfinished }
    guard next == byte else { throw .malformed }
    index += 1
  }

  /// Takes a byte if it comes next, behind white space.
  mutating func take(_ byte: UInt8) throws(Fault) -> Bool {
    guard let next = peek() else { throw .unfinished }
    if next == byte { index += 1 }
    return next == byte
  }

  /// Takes a value of any kind; strings without their quotes and escapes.
  ///
  /// - Parameter depth: How many arrays and objects lie around the value.
  /// - Returns: The value's bytes and kind.
  /// - Throws: A fault if no whole value stands here.
  mutating func value(depth: Int) throws(Fault) -> Field {
    guard let first = peek() else { throw .unfinished }
    let start = index
    switch first {
    case UInt8(ascii: "\""):
      return Field(bytes: try string(), kind: .string)
    case UInt8(ascii: "t"):
      try word("true")
      return Field(bytes: bytes(from: start), kind: .boolean)
    case UInt8(ascii: "f"):
      try word("false")
      return Field(bytes: bytes(from: start), kind: .boolean)
    case UInt8(ascii: "n"):
      try word("null")
      return Field(bytes: bytes(from: start), kind: .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
      return Field(bytes: bytes(from: start), kind: .number)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      try skipComposite(depth: depth)
      return Field(bytes: bytes(from: start), kind: .composite)
    default: throw .malformed
    }
  }

  private func bytes(from start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + start, count: index - start)
  }

  // MARK: Scalars

  /// Takes a string, and undoes its escapes in place: the text only becomes shorter.
  mutating func string() throws(Fault) -> UnsafeBufferPointer<UInt8> {
    try expect(UInt8(ascii: "\""))
    let start = index
    var write = index
    while index < end {
      let byte = base[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return UnsafeBufferPointer(start: base + start, count: write - start)
      case UInt8(ascii: "\\"):
        index += 1
        try escape(&write)
      case 0..<0x20: throw .malformed
      default:
        base[write] = byte
        write += 1
        index += 1
      }
    }
    throw .unfinished
  }

  private mutating func escape(_ write: inout Int) throws(Fault) {
    guard index < end else { throw .unfinished }
    let letter = base[index]
    index += 1
    let plain: UInt8
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = letter
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"):
      let scalar = try escapedScalar()
      if scalar.value == 0 { throw .nul }
      if scalar.properties.generalCategory == .control { sawControl = true }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        base[write] = byte
        write += 1
      }
      return
    default: throw .malformed
    }
    if plain == 0x08 || plain == 0x0C { sawControl = true }
    base[write] = plain
    write += 1
  }

  /// The scalar that `u` and four digits spell, or two of them as a surrogate pair.
  private mutating func escapedScalar() throws(Fault) -> Unicode.Scalar {
    let high = try hexQuad()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(high)) else { throw .malformed }
    guard index + 2 <= end else { throw .unfinished }
    guard base[index] == UInt8(ascii: "\\"), base[index + 1] == UInt8(ascii: "u") else {
      throw .malformed
    }
    index += 2
    let low = try hexQuad()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + low & 0x3FF)
    else { throw .malformed }
    return scalar
  }

  private mutating func hexQuad() throws(Fault) -> UInt32 {
    guard index + 4 <= end else { throw .unfinished }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = base[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw .malformed
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private mutating func word(_ text: StaticString) throws(Fault) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard index < end else { throw .unfinished }
      guard base[index] == text.utf8Start[offset] else { throw .malformed }
      index += 1
    }
  }

  /// Takes `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  private mutating func number() throws(Fault) {
    if base[index] == UInt8(ascii: "-") { index += 1 }
    let whole = try digits()
    if whole > 1, base[index - whole] == UInt8(ascii: "0") { throw .malformed }
    if index < end, base[index] == UInt8(ascii: ".") {
      index += 1
      _ = try digits()
    }
    if index < end, base[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < end, base[index] == UInt8(ascii: "+") || base[index] == UInt8(ascii: "-") {
        index += 1
      }
      _ = try digits()
    }
  }

  /// Takes one digit or more.
  private mutating func digits() throws(Fault) -> Int {
    let start = index
    while index < end, base[index] &- UInt8(ascii: "0") <= 9 { index += 1 }
    if index > start { return index - start }
    throw index == end ? .unfinished : .malformed
  }
}
