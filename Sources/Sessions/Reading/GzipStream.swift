internal import CZlib

/// Decompresses gzip as a stream, member after member.
///
/// Reference: RFC 1952, section 2.2: a gzip file is one or more members, each with its checksum.
final class GzipStream {
  private let file: RawFile
  private let input: UnsafeMutableRawBufferPointer
  /// zlib keeps a pointer back to its state, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var memberEnded = false
  private var inputEnded = false

  /// Begins behind some bytes of a file that were read already.
  init(_ file: RawFile, head: [UInt8], blockSize: Int) throws(SessionError) {
    self.file = file
    input = .allocate(byteCount: max(blockSize, head.count), alignment: 16)
    input.copyBytes(from: head)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_in = UInt32(head.count)
    // 15 bits of window; 16 more ask for a gzip wrapper.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw SessionError(file: file.path, code: .readFailed, sentence: "zlib could not start")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Decompresses up to as many bytes as there is room for; zero at the end only.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SessionError) -> Int {
    guard let target = buffer.baseAddress else { return 0 }
    let room = UInt32(clamping: buffer.count)
    stream.pointee.next_out = target.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_out = room
    while stream.pointee.avail_out == room {
      try refill()
      if memberEnded {
        // The file ends cleanly only between members.
        if stream.pointee.avail_in == 0 { return 0 }
        inflateReset(stream)
        memberEnded = false
      }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_STREAM_END: memberEnded = true
      case Z_BUF_ERROR where inputEnded:
        throw SessionError(
          file: file.path, code: .gzipTruncated, sentence: "the gzip file ends before its data do")
      case Z_BUF_ERROR: break
      default:
        throw SessionError(
          file: file.path, code: .gzipCorrupt,
          sentence: "the gzip data are damaged near byte "
            + "\(file.bytesRead - Int(stream.pointee.avail_in)) of the file")
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  /// Reads the next compressed bytes once all before are used up.
  private func refill() throws(SessionError) {
    guard stream.pointee.avail_in == 0, !inputEnded else { return }
    let count = try file.read(into: input)
    inputEnded = count == 0
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_in = UInt32(count)
  }
}
