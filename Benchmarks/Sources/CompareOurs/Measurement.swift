internal import Foundation

/// One peer's time in one case: a line of JSON, as the rivals print it too.
struct Measurement: Encodable {
  /// `read`, `thompson`, `contextual`, `logistic`, `categorical`, or the law that was drawn from.
  let name: String
  var peer = "holdfast"
  /// The rows, decisions or fits that the time was spent on.
  let units: Int
  /// The least CPU time of a run, over all threads of the process, in seconds.
  let cpu: Double
  /// The least wall time of a run, in seconds.
  let wall: Double
  /// What was computed, for comparison with the other peers.
  let answers: [Double]
  /// What a reader of the table should know.
  var note = ""

  enum CodingKeys: String, CodingKey {
    case name = "case"
    case peer, units, cpu, wall, answers, note
  }

  func print() throws {
    Swift.print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
  }
}

/// The least time that some work took, of several runs.
struct Stopwatch {
  private(set) var cpu = Double.infinity
  private(set) var wall = Double.infinity

  /// Runs the work and keeps its time if it is the least so far.
  mutating func time<Result>(_ work: () async throws -> Result) async rethrows -> Result {
    let (cpuStart, wallStart) = (Self.read(CLOCK_PROCESS_CPUTIME_ID), Self.read(CLOCK_MONOTONIC))
    let result = try await work()
    cpu = min(cpu, Self.read(CLOCK_PROCESS_CPUTIME_ID) - cpuStart)
    wall = min(wall, Self.read(CLOCK_MONOTONIC) - wallStart)
    return result
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
