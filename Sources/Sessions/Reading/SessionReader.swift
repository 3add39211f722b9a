/// Reads a log of sessions, CSV or JSON Lines, plain or gzip, into a table.
///
/// The file is streamed a block at a time in memory bounded by the row limit; what grows is only
/// the table. Time is linear in the bytes of the file.
public struct SessionReader: Sendable {
  /// How rows are written.
  public enum Format: String, CaseIterable, Codable, Hashable, Sendable {
    /// Comma-separated values with a header, as RFC 4180 has them.
    case csv
    /// One JSON object a line.
    case jsonLines = "jsonl"
  }

  /// How far a reader has come.
  public struct Progress: Hashable, Sendable {
    /// The bytes read, before decompression.
    public let bytes: Int
    /// The bytes of the file, or `nil` where they cannot be known ahead.
    public let totalBytes: Int?
    /// The rows met.
    public let rows: Int
  }

  /// Which column plays which role.
  public let schema: Schema
  /// The sizes beyond which input is refused.
  public var limits: ReadLimits
  /// How rows are written; `nil` tells by the file's name.
  public var format: Format?
  /// The bytes read at a time.
  public var blockSize = 1 << 18

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - schema: Which column plays which role.
  ///   - limits: The sizes beyond which input is refused.
  ///   - format: How rows are written; `nil` tells by the name: JSON Lines for ".jsonl", ".ndjson"
  ///     and ".json", with or without ".gz", and CSV for all else.
  public init(schema: Schema, limits: ReadLimits = ReadLimits(), format: Format? = nil) {
    self.schema = schema
    self.limits = limits
    self.format = format
  }
}
