internal import ArgumentParser
internal import Holdfast
internal import Sessions

/// How a command ends when it cannot do its work: one clear line a problem, and an exit code of
/// sysexits.
enum Failure {
  /// Runs a command's work, and turns its errors into messages and exit codes.
  static func reporting(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch let error as PlanError {
      throw stop(error.isFileMissing ? 66 : 78, "\(error)")
    } catch let error as RunError {
      throw stop(error.exitCode, "\(error)")
    } catch let error as SessionError {
      throw stop(error.exitCode, "\(error)")
    }
  }

  private static func stop(_ code: Int32, _ message: String) -> ExitCode {
    Console.error("holdfast: " + message)
    return ExitCode(code)
  }
}

extension RunError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unknownColumn, .unknownArm, .unfitPolicy, .noMetric: 78
    case .noSessions, .tooLarge, .tooManyRejects, .badTable: 65
    case .cannotWrite: 74
    }
  }
}

extension SessionError {
  fileprivate var exitCode: Int32 {
    switch code {
    case .noSuchFile: 66
    case .notReadable, .readFailed: 74
    default: 65
    }
  }
}
