internal import ArgumentParser
internal import Inference

/// Times exact unconditional tests of two proportions.
struct Exact: AsyncParsableCommand {
  @Argument(help: "The sessions of an arm.")
  var sessions: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    for (suffix, size) in [(", half", sessions / 2), ("", sessions)] {
      let offer = Tally(successes: size * 12 / 100, trials: size)
      let control = Tally(successes: size * 17 / 100, trials: size)
      let boschloo = try BoschlooTest(offer: offer, control: control)
      let barnard = try BarnardTest(offer: offer, control: control)
      for (name, test) in [("boschloo", boschloo as any HypothesisTest), ("barnard", barnard)] {
        var stopwatch = Stopwatch()
        var p = 0.0
        for _ in 0..<repeats { p = await stopwatch.time { test.pValue(.twoSided) } }
        try Measurement(
          name: name + suffix, units: 1, cpu: stopwatch.cpu, wall: stopwatch.wall, answers: [p],
          note: "\(size) v \(size)"
        ).print()
      }
    }
  }
}
