/// A window that slides over the text: always the whole of the record at hand, never the file.
///
/// The bytes may be changed in place, and a newline stands behind the last of them, so that a
/// scan for the end of a field needs no bound. A window that must be filled again for the same
/// record doubles, so that looking at the record again from its start costs linear time in all.
final class ByteWindow {
  /// The first byte of the buffer.
  private(set) var base: UnsafeMutablePointer<UInt8>
  /// Where the record at hand begins.
  var start = 0
  /// The end of the bytes read.
  private(set) var end = 0
  /// Whether the text has no bytes behind `end`.
  private(set) var atEnd = false

  private let source: ByteSource
  private let blockSize: Int
  private let limit: Int
  private var capacity: Int
  /// Room behind the end for the newline, and for reading eight bytes at a time.
  private static let padding = 16

  /// Opens a window, with the text's first four bytes at least.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - blockSize: The bytes to read at a time.
  ///   - limit: The bytes of the longest record that may be.
  /// - Throws: An error if the file cannot be read.
  init(_ source: ByteSource, blockSize: Int, limit: Int) throws(SessionError) {
    self.source = source
    self.blockSize = blockSize
    self.limit = limit
    capacity = blockSize
    base = .allocate(capacity: capacity + Self.padding)
    base.initialize(repeating: 0, count: capacity + Self.padding)
    while end < 4, !atEnd { try fill() }
  }

  deinit { base.deallocate() }

  /// The bytes from the record at hand on.
  var held: Int { end - start }

  /// Reads on; bytes before `start` are given up.
  func fill() throws(SessionError) {
    let kept = held
    let wanted = max(blockSize, min(kept, limit + 1 - kept))
    if kept + wanted > capacity { grow(to: max(kept + wanted, min(2 * capacity, limit))) }
    if start > 0 {
      base.update(from: base + start, count: kept)
      (start, end) = (0, kept)
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(start: base + end, count: wanted))
    end += count
    atEnd = count == 0
    base[end] = UInt8(ascii: "\n")
  }

  private func grow(to newCapacity: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity + Self.padding)
    larger.initialize(repeating: 0, count: newCapacity + Self.padding)
    larger.update(from: base, count: end)
    base.deallocate()
    base = larger
    capacity = newCapacity
  }
}
