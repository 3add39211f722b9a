extension ReadCode {
  /// What the code means, and what can be done about it.
  public var sentence: String {
    switch self {
    case .noSuchFile: "there is no such file"
    case .notReadable: "the file cannot be opened"
    case .readFailed: "the file cannot be read to its end"
    case .inputChanged: "the file was changed while it was read"
    case .emptyFile: "the file has no header and no row"
    case .encodingUTF16: "the text is UTF-16 or UTF-32; export it as UTF-8"
    case .unsupportedParquet: "Parquet is not read; export CSV or JSON Lines"
    case .gzipCorrupt: "the gzip data are damaged"
    case .gzipTruncated: "the gzip file ends before its data do"
    case .missingColumn: "a column that has a role is not in the header"
    case .duplicateColumn: "two columns have the same name"
    case .tooManyColumns: "there are more columns than the limit"
    case .tooManyDistinct: "a column has more distinct values than the limit"
    case .unterminatedQuote: "a quote is opened and never closed"
    case .notJSONLines: "JSON Lines has one whole object a line"
    case .fieldTooLarge: "a field is longer than the limit"
    case .rowTooLarge: "a row is longer than the limit; a quote may be left open"
    case .fieldCount: "the row has more or fewer fields than the header"
    case .textAfterQuote:
      "text stands behind a closing quote; a quote inside a field is written twice"
    case .quoteInField: "a quote stands inside a field that does not begin with one"
    case .bareCarriageReturn: "a carriage return stands without a newline behind it"
    case .nulByte: "the row has a NUL byte; the file may have been cut off and zero-filled"
    case .invalidUTF8:
      "the bytes are not UTF-8; this looks like Latin-1 or Windows-1252: export it as UTF-8"
    case .badJSON: "the line is not valid JSON"
    case .notObject: "the line is JSON, but not an object"
    case .duplicateKey: "the object has a key twice"
    case .tooDeep: "values are nested more deeply than the limit"
    case .tooManyKeys: "the object has more keys than the limit"
    case .emptyID: "a key is empty"
    case .emptyOffer: "a factor of the arm is empty"
    case .missingValue: "a value is missing that may not be"
    case .badType: "the JSON value has another type than its role"
    case .badNumber: "this is not a finite decimal number"
    case .badInteger: "this is not a whole number"
    case .outOfRange: "the number lies outside its bounds"
    case .badPropensity: "a propensity is a number above 0 and at most 1"
    case .badTimestamp: "this is not an instant of the format that the schema names"
    case .badOutcome: "the schema does not say what this outcome means"
    case .conflictingDuplicate: "two rows say different things of one session"
    }
  }
}

extension WarningCode {
  /// What the code means.
  public var sentence: String {
    switch self {
    case .blankLines: "blank lines were skipped"
    case .noRows: "there is no session"
    case .unknownColumn: "columns have no role"
    case .controlCharacters: "fields hold control characters"
    case .suspiciousID: "keys hold invisible characters or outer spaces"
    case .extremeWeight: "propensities lie below one in a million"
    case .exactDuplicate: "rows repeat an earlier row, and count once"
    case .crossoverCustomers: "customers met several arms: their sessions are not independent"
    case .noContrast: "every session has the same arm"
    case .underflow: "numbers are too small for a double, and were read as zero"
    case .timestampOutOfRange: "instants lie before 1990 or after 2099"
    case .outOfOrder: "rows are earlier than the row before them"
    case .outcomeBeforeExposure: "cancels lie before their sessions"
    case .cutOff: "the last row is short and has no newline: the file was cut off"
    }
  }
}
