#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A folder of results that appears whole or not at all.
///
/// Files are written into a hidden folder beside the final one, each synced to the disk, and the
/// folder takes its final name last. An older folder of that name steps aside for the moment in
/// between and is removed behind it. A run that is killed leaves at most the hidden folders, which
/// the next run cleans up; a lock keeps two runs from writing one folder at a time.
public struct ResultsFolder: ~Copyable {
  private let path: String
  private let stage: String
  private let retired: String
  private let lock: Int32

  /// Opens the hidden folder.
  ///
  /// - Parameters:
  ///   - path: The final name.
  ///   - files: The names that files will have. An older folder is known as ours, and may be
  ///     replaced, if it holds the first of them and nothing else than these.
  /// - Throws: `cannotWrite` if the place is taken by something else, by another run, or not writable.
  public init(_ path: String, files: [String] = Findings.fileNames) throws(RunError) {
    let (path, name) = try Self.named(path)
    let parent = Path.folder(of: path)
    let stage = Path.resolve(".\(name).partial", in: parent)
    let retired = Path.resolve(".\(name).old", in: parent)
    try Self.makeFolders(parent)
    lock = try Self.locked(stage) { () throws(RunError) in
      try Self.recover(path, retired: retired)
      try Self.checkReplaceable(path, ours: files)
      Self.removeFiles(in: stage)
    }
    self.path = path
    self.stage = stage
    self.retired = retired
  }

  /// Refuses a place that is taken by something else, before work is done for it.
  ///
  /// - Throws: `cannotWrite`; what ``init(_:files:)`` would also find is told there.
  public static func check(
    _ path: String, files: [String] = Findings.fileNames
  ) throws(RunError) {
    try checkReplaceable(named(path).path, ours: files)
  }

  /// The path without slashes at its end, and the name that it ends in.
  private static func named(_ path: String) throws(RunError) -> (path: String, name: String) {
    var path = path
    while path.count > 1, path.last == "/" { path.removeLast() }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard !name.isEmpty, name != ".", name != ".." else {
      throw .cannotWrite(path: path, "this is not the name of a folder of results")
    }
    return (path, name)
  }

  deinit {
    // What has not got its final name was given up: no trace of it stays.
    if Self.isOpen(stage, as: lock) {
      Self.removeFiles(in: stage)
      rmdir(stage)
    }
    close(lock)
  }

  /// Writes one file whole, synced to the disk, compressed if asked for.
  public func write(
    _ name: String, compressed: Bool = false, _ body: (inout FileSink) -> Void
  ) throws(RunError) {
    precondition(!name.contains("/") && !name.hasPrefix("."), "a file name, not a path")
    var sink = try FileSink(creating: "\(stage)/\(name)", compressed: compressed)
    body(&sink)
    try sink.finish()
  }

  /// Gives the folder its final name.
  public consuming func finish() throws(RunError) {
    fsync(lock)
    let hadOlder = access(path, F_OK) == 0
    if hadOlder, rename(path, retired) != 0 {
      throw .cannotWrite(path: path, SystemCalls.lastError)
    }
    guard rename(stage, path) == 0 else {
      let message = SystemCalls.lastError
      if hadOlder { rename(retired, path) }
      throw .cannotWrite(path: path, message)
    }
    if hadOlder {
      Self.removeFiles(in: retired)
      rmdir(retired)
    }
    let parent = open(Path.folder(of: path), O_RDONLY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
  }

  /// Puts an older folder back if a run was killed between the two renames; else clears it away.
  private static func recover(_ path: String, retired: String) throws(RunError) {
    guard access(retired, F_OK) == 0 else { return }
    if access(path, F_OK) != 0 {
      guard rename(retired, path) == 0 else {
        throw .cannotWrite(path: path, SystemCalls.lastError)
      }
    } else {
      removeFiles(in: retired)
      rmdir(retired)
    }
  }

  /// A folder is replaced only if it is one of ours to which nobody added anything, or empty.
  private static func checkReplaceable(_ path: String, ours: [String]) throws(RunError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .cannotWrite(path: path, "something that is not a folder has this name")
    }
    let names = files(in: path)
    guard names.isEmpty || names.contains(ours[0]), names.allSatisfy(ours.contains) else {
      throw .cannotWrite(
        path: path, "this folder holds other files and is not replaced; choose another --output")
    }
  }

  /// Takes the lock on the hidden folder, and prepares the place while it is held.
  private static func locked(
    _ stage: String, _ prepare: () throws(RunError) -> Void
  ) throws(RunError) -> Int32 {
    guard mkdir(stage, 0o755) == 0 || errno == EEXIST else {
      throw .cannotWrite(path: stage, SystemCalls.lastError)
    }
    let descriptor = open(stage, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: stage, SystemCalls.lastError) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .cannotWrite(path: stage, "another run is writing this folder of results")
    }
    // A run that ended between opening and locking has taken the folder to its final name.
    guard isOpen(stage, as: descriptor) else {
      close(descriptor)
      throw .cannotWrite(path: stage, "another run has just written this folder of results")
    }
    do throws(RunError) {
      try prepare()
    } catch {
      rmdir(stage)
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Whether a path still names the folder behind a descriptor.
  private static func isOpen(_ path: String, as descriptor: Int32) -> Bool {
    var (named, opened) = (stat(), stat())
    return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
  }

  private static func makeFolders(_ path: String) throws(RunError) {
    guard access(path, F_OK) != 0 else { return }
    try makeFolders(Path.folder(of: path))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .cannotWrite(path: path, SystemCalls.lastError)
    }
  }

  /// The names of what lies in a folder; ours never has folders inside.
  private static func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func removeFiles(in folder: String) {
    for name in files(in: folder) { unlink("\(folder)/\(name)") }
  }
}
