internal import CZlib

/// Compresses a stream of bytes to the gzip format (RFC 1952), a piece at a time.
///
/// The header carries neither a name nor a time, so that equal bytes make equal files.
package struct GzipCompressor: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private var output: [UInt8]

  /// Starts a stream at zlib's best compression.
  package init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = Array(repeating: 0, count: 1 << 16)
    let gzipWindow = 15 + 16
    let status = deflateInit2_(
      stream, Z_BEST_COMPRESSION, Z_DEFLATED, Int32(gzipWindow), 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib starts a stream unless memory is exhausted")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses a piece, and hands over what comes out; `finish` ends the stream.
  package mutating func compress(
    _ bytes: UnsafeBufferPointer<UInt8>, finish: Bool,
    emit: (UnsafeRawBufferPointer) -> Void
  ) {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    let space = output.count
    output.withUnsafeMutableBytes { output in
      repeat {
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(space)
        deflate(stream, finish ? Z_FINISH : Z_NO_FLUSH)
        let count = space - Int(stream.pointee.avail_out)
        emit(UnsafeRawBufferPointer(rebasing: output[..<count]))
      } while stream.pointee.avail_out == 0
    }
  }
}
