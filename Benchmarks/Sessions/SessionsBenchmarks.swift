import Benchmark
import BenchmarkCases
import Foundation
import Sessions

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

  // The log is gzip here, as the command writes it.
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "holdfast-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
  Benchmark(
    "Reading a cancel log of 100,000 sessions",
    closure: { benchmark in
      let reader = SessionReader(schema: try CancelLogCase.schema())
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        blackHole(try reader.read(folder.appending(path: "sessions.csv.gz").path()))
      }
    },
    setup: { try CancelLogCase.write(sessions: 100_000, to: folder.path()) },
    teardown: { try FileManager.default.removeItem(at: folder) })
}
