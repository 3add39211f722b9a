/// What plans need of file paths.
enum Path {
  /// The folder that holds a file.
  static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// A path as seen from a folder; absolute paths and `-` stay as they are.
  static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || path == "-" || folder == "." ? path : "\(folder)/\(path)"
  }

  /// Whether a path could name something outside the folder it is relative to.
  static func escapes(_ path: String) -> Bool {
    path.hasPrefix("/") || path.hasPrefix("~")
      || path.split(separator: "/", omittingEmptySubsequences: false).contains("..")
  }
}
