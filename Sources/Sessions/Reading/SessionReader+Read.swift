extension SessionReader {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file; "-" is standard input.
  ///   - progress: Called after each block.
  /// - Returns: The sessions, with the report of what was read.
  /// - Throws: ``SessionError`` if the file cannot be read as a whole. A row that is wrong in
  ///   itself is counted in the table's report, and whoever asked decides.
  public func read(
    _ path: String, progress: ((Progress) -> Void)? = nil
  ) throws(SessionError) -> SessionTable {
    let source = try ByteSource(path, blockSize: blockSize)
    let window = try ByteWindow(source, blockSize: blockSize, limit: limits.rowBytes)
    try skipMark(window, path)

    switch format ?? Self.format(ofName: path) {
    case .csv:
      var tokenizer = CSVTokenizer(path: path, limits: limits)
      let header = try CSVHeader(&tokenizer, window)
      try header.require(schema.requiredColumns)
      return try readRows(
        &tokenizer, window, of: source.file, columns: header.names, blanks: header.blanks,
        progress: progress)
    case .jsonLines:
      // Every key that a role needs has a field, whether or not the first object has the key.
      let first = try JSONLinesTokenizer.firstKeys(window, limits: limits)
      let required = schema.requiredColumns
      let names = required + first.filter { !required.contains($0) }
      var tokenizer = JSONLinesTokenizer(path: path, limits: limits, known: names)
      let table = try readRows(
        &tokenizer, window, of: source.file, columns: names, progress: progress)
      if table.report.rows > 0 { return table }
      throw SessionError(
        file: path, line: 1, code: .emptyFile, sentence: ReadCode.emptyFile.sentence)
    }
  }

  /// Reads the rows that a tokenizer finds.
  private func readRows(
    _ tokenizer: inout some RowTokenizer, _ window: ByteWindow, of file: RawFile,
    columns names: [String], blanks: [Int] = [], progress: ((Progress) -> Void)?
  ) throws(SessionError) -> SessionTable {
    let parser = RowParser(bindings: RoleBindings(schema, columns: names))
    var builder = TableBuilder(schema, parser: parser)
    for line in blanks { builder.report.warn(.blankLines, line: line) }
    for name in parser.bindings.unknown {
      builder.report.warn(.unknownColumn, line: 1, column: name)
    }
    var row = RawRow()
    var bytesShown = 0
    reading: while true {
      switch try tokenizer.next(window, into: &row) {
      case .row: builder.take(row)
      case .blank: builder.report.warn(.blankLines, line: row.line)
      case .refused(let code, let column): builder.refuse(row, code, column)
      case .end: break reading
      }
      guard file.bytesRead > bytesShown else { continue }
      bytesShown = file.bytesRead
      progress?(Progress(bytes: bytesShown, totalBytes: file.size, rows: builder.report.rows))
      guard builder.largestDictionary <= limits.distinctKeys else {
        throw SessionError(
          file: file.path, line: row.line, code: .tooManyDistinct,
          sentence: "a column has more than \(limits.distinctKeys) distinct values")
      }
    }
    try file.checkUnchanged()
    for name in tokenizer.strangers where !schema.ignore.contains(name) {
      builder.report.warn(.unknownColumn, column: name)
    }
    builder.report.lines = tokenizer.line - 1
    builder.report.bytes = file.bytesRead
    builder.report.sha256 = file.sha256
    return builder.finish()
  }

  /// How rows are written in a file of a name.
  static func format(ofName path: String) -> Format {
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    let isLines = [".jsonl", ".ndjson", ".json"].contains { name.hasSuffix($0) }
    return isLines ? .jsonLines : .csv
  }

  /// Skips the byte order mark of UTF-8, and refuses what is not text of our kind.
  private func skipMark(_ window: ByteWindow, _ path: String) throws(SessionError) {
    let magic = UnsafeBufferPointer(start: window.base, count: min(window.held, 4))
    if magic.elementsEqual("PAR1".utf8) {
      throw SessionError(
        file: path, code: .unsupportedParquet,
        sentence: "Parquet is not read; export CSV or JSON Lines")
    }
    if magic.starts(with: [0xFF, 0xFE]) || magic.starts(with: [0xFE, 0xFF])
      || magic.elementsEqual([0, 0, 0xFE, 0xFF])
    {
      throw SessionError(
        file: path, line: 1, code: .encodingUTF16,
        sentence: "the text is UTF-16 or UTF-32; export it as UTF-8")
    }
    if magic.starts(with: [0xEF, 0xBB, 0xBF]) { window.start += 3 }
  }
}
