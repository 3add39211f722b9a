/// The level of each row of a category, in the narrowest whole numbers that hold them.
///
/// Levels are counted from zero. A row of no level has the code after the last one, so that a table with
/// one place more serves every row without a question.
enum LevelCodes: Hashable, Sendable {
  case bytes([UInt8])
  case words([UInt16])
  case wide([UInt32])

  /// Keeps codes, of which those below zero stand for no level.
  init(_ codes: [Int32], levelCount: Int) {
    let none = UInt32(levelCount)
    if levelCount <= Int(UInt8.max) {
      self = .bytes(codes.map { $0 < 0 ? UInt8(none) : UInt8($0) })
    } else if levelCount <= Int(UInt16.max) {
      self = .words(codes.map { $0 < 0 ? UInt16(none) : UInt16($0) })
    } else {
      self = .wide(codes.map { $0 < 0 ? none : UInt32($0) })
    }
  }

  var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .words(let codes): codes.count
    case .wide(let codes): codes.count
    }
  }

  subscript(row: Int) -> Int {
    switch self {
    case .bytes(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    case .wide(let codes): Int(codes[row])
    }
  }

  /// Writes the codes of some rows as words; there are fewer than 65,536 levels.
  func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt16>) {
    switch self {
    case .bytes(let codes):
      codes.withUnsafeBufferPointer { codes in
        for index in 0..<rows.count { target[index] = UInt16(codes[rows.lowerBound + index]) }
      }
    case .words(let codes):
      codes.withUnsafeBufferPointer { codes in
        for index in 0..<rows.count { target[index] = codes[rows.lowerBound + index] }
      }
    case .wide: preconditionFailure("a Gram matrix of more than 65,535 columns has no room")
    }
  }

  /// Adds to each row's number that of its level.
  func add(
    _ numbers: UnsafePointer<Double>, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .bytes(let codes): Self.add(numbers, codes, rows, to: sums)
    case .words(let codes): Self.add(numbers, codes, rows, to: sums)
    case .wide(let codes): Self.add(numbers, codes, rows, to: sums)
    }
  }

  /// Adds each row's number to that of its level.
  func collect(
    _ numbers: UnsafePointer<Double>, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .bytes(let codes): Self.collect(numbers, codes, rows, to: sums)
    case .words(let codes): Self.collect(numbers, codes, rows, to: sums)
    case .wide(let codes): Self.collect(numbers, codes, rows, to: sums)
    }
  }

  @inline(__always)
  private static func add(
    _ numbers: UnsafePointer<Double>, _ codes: [some FixedWidthInteger], _ rows: Range<Int>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    codes.withUnsafeBufferPointer { codes in
      for index in 0..<rows.count { sums[index] += numbers[Int(codes[rows.lowerBound + index])] }
    }
  }

  @inline(__always)
  private static func collect(
    _ numbers: UnsafePointer<Double>, _ codes: [some FixedWidthInteger], _ rows: Range<Int>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    codes.withUnsafeBufferPointer { codes in
      for index in 0..<rows.count { sums[Int(codes[rows.lowerBound + index])] += numbers[index] }
    }
  }
}
