import Foundation
import Inference
import Testing

/// One case of `Reference/lift.json`.
struct LiftCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Inputs: Decodable, Sendable {
    var x: Int?, n: Int?
    var x1: Int?, n1: Int?, x2: Int?, n2: Int?
    var level: Double?
    var p: [Double?]?
    var observed: [Int]?, weights: [Double]?
    var a: [Double]?, b: [Double]?
    var control: Sums?, treatment: Sums?
  }

  struct Sums: Decodable, Sendable {
    let n: Int
    let sum: Double
    let sum_squares: Double

    var moments: Moments {
      let mean = sum / Double(n)
      return Moments(
        count: n, mean: mean, sumOfSquaredDeviations: sum_squares - sum * mean)
    }
  }

  struct Expected: Decodable, Sendable {
    var lower: Double?, upper: Double?
    var wilson: [Double]?
    var z: Double?, p: Double?
    var lift: Double?, log: [Double]?
    var t: Double?, df: Double?, ci_a_minus_b: [Double]?
    var diff: Double?, ci: [Double]?, se: Double?
    var chi2: Double?
    var holm: [Double?]?, BH: [Double?]?
  }

  /// An absolute tolerance, a relative one, or one for each end of an interval.
  struct Tolerance: Decodable, Sendable {
    var absolute = 0.0, rel = 0.0
    var lower: Double?, upper: Double?

    enum CodingKeys: CodingKey { case rel, lower, upper }

    init(from decoder: any Decoder) throws {
      if let number = try? decoder.singleValueContainer().decode(Double.self) {
        absolute = number
        return
      }
      let keyed = try decoder.container(keyedBy: CodingKeys.self)
      rel = try keyed.decodeIfPresent(Double.self, forKey: .rel) ?? 0
      lower = try keyed.decodeIfPresent(Double.self, forKey: .lower)
      upper = try keyed.decodeIfPresent(Double.self, forKey: .upper)
    }

    func admits(_ computed: Double, _ expected: Double) -> Bool {
      abs(computed - expected) <= absolute + rel * abs(expected)
    }
  }

  let id: String
  let function: String
  let inputs: Inputs
  let expected: Expected
  let tolerance: Tolerance

  var testDescription: String { id }

  /// The arm whose figures the case names first.
  var first: Tally { Tally(successes: inputs.x1 ?? 0, trials: inputs.n1 ?? 0) }
  /// The arm whose figures the case names second.
  var second: Tally { Tally(successes: inputs.x2 ?? 0, trials: inputs.n2 ?? 0) }

  /// The cases of a function.
  static func cases(of function: String) throws -> [LiftCase] {
    try all.get().filter { $0.function == function }
  }

  private static let all = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "lift.json"))
    return try JSONDecoder().decode([LiftCase].self, from: data)
  }
}
