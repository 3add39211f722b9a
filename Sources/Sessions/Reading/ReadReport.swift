/// What a reader read, counted: no row is lost or invented in silence.
///
///     rows = accepted + filtered + exact duplicates + rejected
public struct ReadReport: Hashable, Sendable {
  /// A row that was refused. It never holds the value: a log is about people.
  public struct Reject: Hashable, Sendable {
    /// The physical line on which the row starts, from 1.
    public let line: Int
    /// The name of the column, where one is to blame.
    public let column: String?
    /// The cause.
    public let code: ReadCode
  }

  /// A kind of oddity, and where it was met.
  public struct Warning: Hashable, Sendable {
    /// The kind.
    public let code: WarningCode
    /// How often it was met: in rows, lines, columns or customers, as the kind says.
    public internal(set) var count = 0
    /// The first lines it was met on, ascending.
    public internal(set) var lines: [Int] = []
    /// The first columns it was met in.
    public internal(set) var columns: [String] = []
  }

  /// How many rejects are kept one by one; all are counted.
  public static let rejectsKept = 10_000
  /// How many lines or columns a warning keeps.
  public static let placesKept = 8

  /// The rows met, header and blank lines apart.
  public internal(set) var rows = 0
  /// The rows in the table.
  public internal(set) var accepted = 0
  /// The rows that the schema's filter left out.
  public internal(set) var filtered = 0
  /// The rows that repeat an accepted row exactly.
  public internal(set) var exactDuplicates = 0
  /// The number of refused rows by cause.
  public internal(set) var rejectedByCode: [ReadCode: Int] = [:]
  /// The first refused rows, by line.
  public internal(set) var rejects: [Reject] = []
  /// The oddities met, in the order of ``WarningCode``.
  public internal(set) var warnings: [Warning] = []
  /// The physical lines of the file, header included.
  public internal(set) var lines = 0
  /// The bytes read, before decompression.
  public internal(set) var bytes = 0
  /// The SHA-256 of the bytes read, before decompression, in hexadecimal: what `sha256sum` says.
  public internal(set) var sha256 = ""

  /// Creates the report of nothing.
  public init() {}

  /// The number of refused rows.
  public var rejected: Int { rejectedByCode.values.reduce(0, +) }

  /// Whether more than a share of the rows was refused.
  ///
  /// - Parameter share: The greatest share that is tolerable, from 0 to 1; at 0 no row may fail.
  /// - Returns: Whether the run should stop before it writes anything.
  public func exceeds(maximumRejectedShare share: Double) -> Bool {
    precondition((0...1).contains(share), "a share lies in 0...1")
    return Double(rejected) > share * Double(rows)
  }

  /// The warning of a kind, if it was met.
  public func warning(_ code: WarningCode) -> Warning? { warnings.first { $0.code == code } }

  mutating func reject(line: Int, column: String?, code: ReadCode) {
    rejectedByCode[code, default: 0] += 1
    if rejects.count < Self.rejectsKept {
      rejects.append(Reject(line: line, column: column, code: code))
    }
  }

  mutating func warn(_ code: WarningCode, line: Int = 0, column: String? = nil, count: Int = 1) {
    let index: Int
    if let found = warnings.firstIndex(where: { $0.code == code }) {
      index = found
    } else {
      index = warnings.count
      warnings.append(Warning(code: code))
    }
    warnings[index].count += count
    if line > 0, warnings[index].lines.count < Self.placesKept {
      warnings[index].lines.append(line)
    }
    if let column, warnings[index].columns.count < Self.placesKept,
      !warnings[index].columns.contains(column)
    {
      warnings[index].columns.append(column)
    }
  }
}
