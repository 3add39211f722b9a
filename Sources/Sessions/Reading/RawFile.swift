#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The bytes of a file or of standard input, hashed and counted as they are read.
final class RawFile {
  /// The path; "-" is standard input.
  let path: String
  /// The size at the start of a file that has one.
  let size: Int?
  /// The bytes read so far.
  private(set) var bytesRead = 0
  private var hash = SHA256()
  private let descriptor: Int32
  private let start: stat

  /// Opens a file.
  init(_ path: String) throws(SessionError) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code: ReadCode = errno == ENOENT || errno == ENOTDIR ? .noSuchFile : .notReadable
      throw SessionError(file: path, code: code, sentence: Self.reason())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let sentence = Self.reason()
      if path != "-" { close(descriptor) }
      throw SessionError(file: path, code: .notReadable, sentence: sentence)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      if path != "-" { close(descriptor) }
      throw SessionError(file: path, code: .notReadable, sentence: "this is a directory")
    }
    start = status
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  deinit { if path != "-" { close(descriptor) } }

  /// Reads up to as many bytes as there is room for; zero at the end only.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SessionError) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 {
        hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytesRead += count
        return count
      }
      guard errno == EINTR else {
        throw SessionError(file: path, code: .readFailed, sentence: Self.reason())
      }
    }
  }

  /// The SHA-256 of all bytes read.
  var sha256: String { hash.hexDigest() }

  /// Refuses a file that was written to while it was read.
  func checkUnchanged() throws(SessionError) {
    var status = stat()
    guard let size, fstat(descriptor, &status) == 0 else { return }
    #if canImport(Glibc)
      let touched =
        status.st_mtim.tv_sec != start.st_mtim.tv_sec
        || status.st_mtim.tv_nsec != start.st_mtim.tv_nsec
    #else
      let touched =
        status.st_mtimespec.tv_sec != start.st_mtimespec.tv_sec
        || status.st_mtimespec.tv_nsec != start.st_mtimespec.tv_nsec
    #endif
    if touched || Int(status.st_size) != size {
      throw SessionError(
        file: path, code: .inputChanged, sentence: "the file was changed while it was read")
    }
  }

  /// The system's words for the error at hand.
  private static func reason() -> String {
    strerror(errno).map { String(cString: $0) } ?? "unknown"
  }
}
