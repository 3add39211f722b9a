internal import ArgumentParser
internal import Foundation
internal import Probability

/// Times the incomplete beta function and its inverse over arrays of points and shapes.
struct Special: AsyncParsableCommand {
  @Argument(help: "The number of points.")
  var points: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  private typealias Values = @Sendable (_ x: [Double], _ a: [Double], _ b: [Double]) -> [Double]

  /// The least and the greatest shape of a group; `Rivals/measure.py` has the same.
  private static let groups: [(name: String, shapes: ClosedRange<Double>?)] = [
    ("posterior", nil), ("small", 0.5...5), ("medium", 5...100), ("large", 100...2000),
    ("very large", 1e4...1e6),
  ]

  func run() async throws {
    for (name, shapes) in Self.groups {
      let (a, b) = self.shapes(shapes)
      let share = fractions(of: 5)
      let x = zip(zip(a, b), share).map { Self.point($0.0, $0.1, $1) }
      try await time("betainc, " + name, { RegularizedBeta.lower($0, $1, $2) }, x, a, b)
      try await time(
        "betaincinv, " + name, { RegularizedBeta.inverseLower($0, $1, $2) }, share, a, b)
    }
  }

  private func time(
    _ name: String, _ values: Values, _ x: [Double], _ a: [Double], _ b: [Double]
  ) async throws {
    var stopwatch = Stopwatch()
    var results: [Double] = []
    for _ in 0..<repeats {
      results = []
      results = await stopwatch.time { values(x, a, b) }
    }
    try Measurement(
      name: name, units: points, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: (0..<1_000).map { results[$0 * (points / 1_000)] }
    ).print()
  }

  /// The fractional parts of the multiples of a square root.
  private func fractions(of square: Double) -> [Double] {
    (1...points).map { (Double($0) * square.squareRoot()).truncatingRemainder(dividingBy: 1) }
  }

  /// The shapes of a group: posteriors of 1 to 2,000 sessions where no range is given.
  private func shapes(_ range: ClosedRange<Double>?) -> (a: [Double], b: [Double]) {
    let (u, v) = (fractions(of: 2), fractions(of: 3))
    if let range {
      let width = range.upperBound - range.lowerBound
      return (
        u.map { range.lowerBound + width * ($0 * $0 * $0) },
        v.map { range.lowerBound + width * ($0 * $0 * $0) }
      )
    }
    let sessions = u.map { 1 + (2_000 * $0).rounded(.down) }
    let saved = zip(sessions, v).map { ($0 * (0.05 + 0.55 * $1)).rounded(.down) }
    return (saved.map { 1 + $0 }, zip(sessions, saved).map { 1 + ($0 - $1) })
  }

  /// A point within three standard deviations of the mean.
  private static func point(_ a: Double, _ b: Double, _ share: Double) -> Double {
    let mean = a / (a + b)
    let x = mean + 6 * (share - 0.5) * (mean * (1 - mean) / (a + b + 1)).squareRoot()
    return min(max(x, mean / 8), 1 - (1 - mean) / 8)
  }
}
