#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Sessions

/// A new file that takes text a piece at a time, compressed on the way if asked for.
///
/// A failure is remembered and told once, at `finish()`: a full disk needs no check a line.
public struct FileSink: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var compressor: GzipCompressor?
  private var failure: String?

  /// Creates the file; it may not exist yet.
  init(creating path: String, compressed: Bool) throws(RunError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, SystemCalls.lastError) }
    self.path = path
    self.descriptor = descriptor
    compressor = compressed ? GzipCompressor() : nil
    buffer.reserveCapacity(Self.bufferSize + 4_096)
  }

  /// Adds text.
  public mutating func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { flush(finish: false) }
  }

  /// Writes what is left, syncs the file to the disk and closes it.
  consuming func finish() throws(RunError) {
    flush(finish: true)
    if failure == nil, fsync(descriptor) != 0 { failure = SystemCalls.lastError }
    if close(descriptor) != 0, failure == nil { failure = SystemCalls.lastError }
    if let failure { throw .cannotWrite(path: path, failure) }
  }

  private static let bufferSize = 1 << 18

  private mutating func flush(finish: Bool) {
    let descriptor = descriptor
    var failure = failure
    buffer.withUnsafeBufferPointer { bytes in
      if compressor == nil {
        failure = failure ?? SystemCalls.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
      } else {
        compressor?.compress(bytes, finish: finish) {
          failure = failure ?? SystemCalls.writeAll($0, to: descriptor)
        }
      }
    }
    self.failure = failure
    buffer.removeAll(keepingCapacity: true)
  }
}
