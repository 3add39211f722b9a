internal import ArgumentParser
internal import Inference

/// Times rows of lift: Newcombe's interval, the pooled z test and the relative lift on the log scale.
struct Lift: AsyncParsableCommand {
  @Argument(help: "The number of rows.")
  var rows: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let cells = (0..<rows).map { row in
      (
        offer: Tally(successes: 100 + row * 37 % 101, trials: 1_000 + row * 17 % 503),
        control: Tally(successes: 90 + row * 29 % 97, trials: 1_000 + row * 13 % 401)
      )
    }
    var stopwatch = Stopwatch()
    var answers: [Double] = []
    for _ in 0..<repeats {
      answers = try await stopwatch.time {
        var sums = [0.0, 0, 0, 0, 0]
        for (offer, control) in cells {
          let newcombe = NewcombeInterval(level: 0.95).difference(offer, control)
          let pooled = try PooledZTest(offer: offer, control: control)
          let lift = try LogRatioTest(offer: offer, control: control).interval()
          sums[0] += newcombe.lower
          sums[1] += newcombe.upper
          sums[2] += pooled.pValue()
          sums[3] += lift.lower
          sums[4] += lift.upper
        }
        return sums.map { $0 / Double(rows) }
      }
    }
    try Measurement(
      name: "lift", units: rows, cpu: stopwatch.cpu, wall: stopwatch.wall, answers: answers
    ).print()
  }
}
