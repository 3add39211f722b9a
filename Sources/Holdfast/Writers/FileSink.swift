#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Sessions

/// A new file that takes text a piece at a time, compressed on the way if asked for.
///
/// A failure is remembered and told once, at ``finish()``: a full disk needs no check a line.
public struct FileSink: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var compressor: GzipCompressor?
  private var failure: String?

  /// Creates the file; it may not exist yet.
  init(creating path: String, compressed: Bool) throws(RunError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, SystemError.last) }
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
    if failure == nil, fsync(descriptor) != 0 { failure = SystemError.last }
    if close(descriptor) != 0, failure == nil { failure = SystemError.last }
    if let failure { throw .cannotWrite(path: path, failure) }
  }

  private static let bufferSize = 1 << 18

  private mutating func flush(finish: Bool) {
    let descriptor = descriptor
    var failure = failure
    buffer.withUnsafeBufferPointer { bytes in
      if compressor == nil {
        failure = failure ?? Self.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
      } else {
        compressor?.compress(bytes, finish: finish) {
          failure = failure ?? Self.writeAll($0, to: descriptor)
        }
      }
    }
    self.failure = failure
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes every byte; nil, or what went wrong.
  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return SystemError.last }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return nil
  }
}

/// The operating system's last word.
enum SystemError {
  /// The sentence of the last failed call on this thread.
  static var last: String { String(cString: strerror(errno)) }
}
