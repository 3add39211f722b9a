/// A JSON value whose members keep their order.
///
/// Results are compared byte by byte, and people read them: so keys stand in the order in which the
/// rows name them, which the encoders at hand do not offer (see the note *JSON in a fixed order*).
package indirect enum JSONValue {
  case field(FieldValue)
  case array([JSONValue])
  case object([(String, JSONValue)])

  package static func text(_ text: String) -> JSONValue { .field(.text(text)) }
  package static func number(_ number: Double) -> JSONValue { .field(.number(number)) }
  package static func integer(_ integer: Int) -> JSONValue { .field(.integer(integer)) }

  /// The members of a row.
  init<Row: FlatRow>(_ row: Row) {
    self = .object(Row.columns.map { ($0.name, .field($0.value(row))) })
  }

  /// The text, two spaces a level, with a line end.
  package var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private func write(to text: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .field(.text(let string)): Self.write(string, to: &text)
    case .field(.number(let number)): text += "\(number)"
    case .field(.integer(let integer)): text += "\(integer)"
    case .field(.missing): text += "null"
    case .field(.texts(let texts)):
      JSONValue.array(texts.map { .field(.text($0)) }).write(to: &text, indent: indent)
    case .array(let elements):
      Self.write(elements.map { (nil, $0) }, between: "[", and: "]", to: &text, inner, indent)
    case .object(let members):
      Self.write(
        members.map { ($0.0, $0.1) }, between: "{", and: "}", to: &text, inner, indent)
    }
  }

  private static func write(
    _ members: [(String?, JSONValue)], between open: String, and close: String,
    to text: inout String, _ inner: String, _ indent: String
  ) {
    guard !members.isEmpty else {
      text += open + close
      return
    }
    text += open
    for (index, (key, value)) in members.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + inner
      if let key {
        write(key, to: &text)
        text += ": "
      }
      value.write(to: &text, indent: inner)
    }
    text += "\n" + indent + close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
