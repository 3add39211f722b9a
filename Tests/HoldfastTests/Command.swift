import Foundation
import Testing

/// The command `holdfast` as users run it: a process of its own.
struct Command {
  /// How a command ended, and what it said.
  struct Result {
    let code: Int32
    let output: String
    let error: String
  }

  /// The folder in which the command runs; output goes to files beside it.
  let folder: TemporaryFolder
  /// The variables that are set besides those of the tests.
  var environment: [String: String] = [:]
  private let streams: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    streams = try TemporaryFolder()
  }

  /// The executable, which is built beside the bundle of the tests.
  static let executable = Bundle.module.bundleURL.deletingLastPathComponent()
    .appending(path: "holdfast")

  /// Starts the command; its output goes to files.
  func start(_ arguments: [String], input: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment) { _, own in own }
    process.currentDirectoryURL = URL(filePath: folder.path)
    for name in ["output", "error"] { try streams.write("", to: name) }
    process.standardOutput = FileHandle(forWritingAtPath: "\(streams.path)/output")
    process.standardError = FileHandle(forWritingAtPath: "\(streams.path)/error")
    process.standardInput = input ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the command to its end.
  func run(_ arguments: [String], input: String? = nil) throws -> Result {
    let pipe = input.map { _ in Pipe() }
    let process = try start(arguments, input: pipe)
    if let pipe, let input {
      try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try pipe.fileHandleForWriting.close()
    }
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: try streams.text("output"),
      error: try streams.text("error"))
  }

  /// Runs the command to its end.
  func run(_ arguments: String..., input: String? = nil) throws -> Result {
    try run(arguments, input: input)
  }
}
