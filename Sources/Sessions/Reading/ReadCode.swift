/// Why a row, or a whole file, was refused: one stable code for each cause.
public enum ReadCode: String, CaseIterable, Codable, Hashable, Sendable {
  // Whole files: nothing is read.
  case noSuchFile = "NO_SUCH_FILE"
  case notReadable = "NOT_READABLE"
  case readFailed = "READ_FAILED"
  case inputChanged = "INPUT_CHANGED"
  case emptyFile = "EMPTY_FILE"
  case encodingUTF16 = "ENCODING_UTF16"
  case unsupportedParquet = "UNSUPPORTED_PARQUET"
  case gzipCorrupt = "GZIP_CORRUPT"
  case gzipTruncated = "GZIP_TRUNCATED"
  case missingColumn = "MISSING_COLUMN"
  case duplicateColumn = "DUPLICATE_COLUMN"
  case tooManyColumns = "TOO_MANY_COLUMNS"
  case tooManyDistinct = "TOO_MANY_DISTINCT"
  case unterminatedQuote = "UNTERMINATED_QUOTE"
  case notJSONLines = "NOT_JSONL"

  // The frame of a row; the two sizes stop the file where a row passes the row limit.
  case fieldTooLarge = "FIELD_TOO_LARGE"
  case rowTooLarge = "ROW_TOO_LARGE"
  case fieldCount = "FIELD_COUNT"
  case textAfterQuote = "TEXT_AFTER_QUOTE"
  case quoteInField = "QUOTE_IN_FIELD"
  case bareCarriageReturn = "BARE_CR"
  case nulByte = "NUL_BYTE"
  case invalidUTF8 = "INVALID_UTF8"
  case badJSON = "BAD_JSON"
  case notObject = "NOT_OBJECT"
  case duplicateKey = "DUPLICATE_KEY"
  case tooDeep = "TOO_DEEP"
  case tooManyKeys = "TOO_MANY_KEYS"

  // The values of a row.
  case emptyID = "EMPTY_ID"
  case emptyOffer = "EMPTY_OFFER"
  case missingValue = "MISSING_VALUE"
  case badType = "BAD_TYPE"
  case badNumber = "BAD_NUMBER"
  case badInteger = "BAD_INTEGER"
  case outOfRange = "OUT_OF_RANGE"
  case badPropensity = "BAD_PROPENSITY"
  case badTimestamp = "BAD_TIMESTAMP"
  case badOutcome = "BAD_OUTCOME"
  case conflictingDuplicate = "CONFLICTING_DUPLICATE"
}

/// What is odd about a log that could be read all the same: one stable code for each cause.
public enum WarningCode: String, CaseIterable, Codable, Hashable, Sendable {
  /// Lines without a field, skipped.
  case blankLines = "BLANK_LINES"
  /// The file has no session.
  case noRows = "NO_ROWS"
  /// Columns without a role, left alone or kept as covariates.
  case unknownColumn = "UNKNOWN_COLUMN"
  /// Rows with control characters, or line and paragraph separators, inside a field.
  case controlCharacters = "CONTROL_CHARS"
  /// Keys with invisible characters, or with spaces at an end: easily two customers in one.
  case suspiciousID = "SUSPICIOUS_ID"
  /// Propensities below 10⁻⁶: one row may outweigh a million.
  case extremeWeight = "EXTREME_WEIGHT"
  /// Rows that repeat an earlier row in every role; each session counts once.
  case exactDuplicate = "DUPLICATE_EXACT"
  /// Customers who met more than one arm; their sessions are not independent units.
  case crossoverCustomers = "CROSSOVER_CUSTOMERS"
  /// Every session has the same arm: there is nothing to compare.
  case noContrast = "NO_CONTRAST"
  /// Numbers that are not zero as written, but are to a double.
  case underflow = "UNDERFLOW"
  /// Instants before 1990 or from 2100 on: a clock's default, more likely than a session.
  case timestampOutOfRange = "TIMESTAMP_OUT_OF_RANGE"
  /// Rows earlier than the row before them.
  case outOfOrder = "OUT_OF_ORDER"
  /// Cancels before the session that they should follow.
  case outcomeBeforeExposure = "OUTCOME_BEFORE_EXPOSURE"
  /// The last row is short and ends without a newline: the file was cut off.
  case cutOff = "NO_FINAL_NEWLINE_AND_SHORT_ROW"
}
