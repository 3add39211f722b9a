/// The text of a log, decompressed if its first bytes say gzip.
final class ByteSource {
  /// The file behind the text.
  let file: RawFile
  private let gzip: GzipStream?
  /// The first bytes of a plain file, read to see what it is.
  private var head: ArraySlice<UInt8>

  /// Opens a file and looks at its first bytes.
  init(_ path: String, blockSize: Int) throws(SessionError) {
    file = try RawFile(path)
    let first = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
    defer { first.deallocate() }
    var known = 0
    while known < first.count {
      let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: first[known...]))
      if count == 0 { break }
      known += count
    }
    let magic = Array(first[..<known])
    let isGzip = magic.starts(with: [0x1F, 0x8B])
    gzip = isGzip ? try GzipStream(file, head: magic, blockSize: blockSize) : nil
    head = isGzip ? [] : magic[...]
  }

  /// Reads up to as many bytes of text as there is room for; zero at the end only.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SessionError) -> Int {
    if let gzip { return try gzip.read(into: buffer) }
    if !head.isEmpty {
      let count = min(head.count, buffer.count)
      buffer.copyBytes(from: head.prefix(count))
      head = head.dropFirst(count)
      return count
    }
    return try file.read(into: buffer)
  }
}
