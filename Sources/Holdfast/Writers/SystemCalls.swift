#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the library and its command need of the operating system's calls.
package enum SystemCalls {
  /// The sentence of the last failed call on this thread.
  static var lastError: String { String(cString: strerror(errno)) }

  /// Writes every byte to a file; nil, or what went wrong.
  @discardableResult
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return lastError }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return nil
  }
}
