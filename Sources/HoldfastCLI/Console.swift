#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Holdfast

/// Standard output and error: results on the one, all else on the other.
enum Console {
  /// Writes a result.
  static func output(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Writes a message line.
  static func error(_ line: String) {
    write(line + "\n", to: STDERR_FILENO)
  }

  /// Whether messages go to a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a text whole; a reader that has gone away ends the process, as in any pipe.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    _ = text.withUTF8 { SystemCalls.writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
  }
}
