/// A field of a row: where its bytes lie in the window, and what the source says they are.
struct Field {
  /// What kind of value a field holds.
  enum Kind: UInt8 {
    /// A field of a CSV row, whose kind only its role can tell.
    case text
    case string
    case number
    case boolean
    case null
    /// An array or an object.
    case composite
    /// A key that the object does not have.
    case absent
  }

  var bytes: UnsafeBufferPointer<UInt8>
  var kind: Kind
  /// Whether the bytes still have their doubled quotes.
  var isEscaped = false

  /// A field that the row does not have.
  static var absent: Field {
    Field(bytes: UnsafeBufferPointer(start: nil, count: 0), kind: .absent)
  }
}

/// A row as the tokenizer leaves it; valid until the window is filled again.
struct RawRow {
  /// The fields: by column of a CSV file, by known key of a JSON Lines file.
  var fields: [Field] = []
  /// How many fields there were, although no more than the limit are kept.
  var fieldCount = 0
  /// The physical line on which the row starts.
  var line = 0
  /// Whether the row ends with the file, without a newline.
  var endsFile = false
  /// What an inspection of its text has found.
  var findings: TextHygiene.Findings = []
}

/// What a tokenizer has come upon.
enum Step {
  /// A row with its fields.
  case row
  /// A line without a field.
  case blank
  /// A row whose frame is broken, with the column in which it breaks, if it is known.
  case refused(ReadCode, column: Int?)
  /// The end of the text.
  case end
}

/// What splits a text into rows: one for each format.
protocol RowTokenizer {
  /// The physical line on which the next row starts.
  var line: Int { get }
  /// The columns met that were not known at the start, so that no row has a field for them.
  var strangers: [String] { get }

  /// Takes the next row from a window.
  ///
  /// - Throws: An error if what follows in the text cannot be trusted.
  mutating func next(_ window: ByteWindow, into row: inout RawRow) throws(SessionError) -> Step
}
