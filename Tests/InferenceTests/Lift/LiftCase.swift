import Foundation
import Inference
import Testing

/// One case of `Reference/lift.json`: inputs, and what another program or a table says of them.
struct LiftCase: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let function: String
  let inputs: JSONValue
  let expected: JSONValue
  private let tolerance: JSONValue

  var testDescription: String { id }

  /// The cases of some functions.
  static func cases(of functions: String...) throws -> [LiftCase] {
    try all.get().filter { functions.contains($0.function) }
  }

  /// Every case, in the order of the file.
  static let all = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "lift.json"))
    return try JSONDecoder().decode([LiftCase].self, from: data)
  }
}

extension LiftCase {
  /// Holds a number to the expected one of a name, within the case's own tolerance.
  func expect(
    _ computed: Double, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(computed, expected[name].number, name, sourceLocation)
  }

  /// Holds an interval to the expected pair of a name.
  func expect(
    _ computed: Interval, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect([computed.lower, computed.upper], name, sourceLocation: sourceLocation)
  }

  /// Holds an interval to the expected `lower` and `upper`.
  func expect(
    _ computed: Interval, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(computed.lower, "lower", sourceLocation: sourceLocation)
    try expect(computed.upper, "upper", sourceLocation: sourceLocation)
  }

  /// Holds numbers to the expected ones of a name, one by one.
  func expect(
    _ computed: [Double], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let wanted = try expected[name].numbers
    #expect(computed.count == wanted.count, sourceLocation: sourceLocation)
    for (own, other) in zip(computed, wanted) { try expect(own, other, name, sourceLocation) }
  }

  /// Holds numbers, of which some may be missing, to the expected ones of a name.
  func expect(
    _ computed: [Double?], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let wanted = try expected[name].optionalNumbers
    #expect(computed.map { $0 == nil } == wanted.map { $0 == nil }, sourceLocation: sourceLocation)
    for case (let own?, let other?) in zip(computed, wanted) {
      try expect(own, other, name, sourceLocation)
    }
  }

  private func expect(
    _ computed: Double, _ wanted: Double, _ name: String, _ sourceLocation: SourceLocation
  ) throws {
    #expect(
      abs(computed - wanted) <= (try allowance(of: name, at: wanted)),
      "\(id): \(name) is \(computed), not \(wanted)", sourceLocation: sourceLocation)
  }

  /// A tolerance is one absolute number, or a relative one under `rel`, or one for each name.
  private func allowance(of name: String, at wanted: Double) throws -> Double {
    if case .number(let absolute) = tolerance { return absolute }
    if case .number(let relative) = tolerance["rel"], expected["rel"] == .null {
      return relative * abs(wanted)
    }
    return try tolerance[name].number
  }
}

extension LiftCase {
  /// The arm whose figures the case names first, `x1` of `n1`.
  var first: Tally { get throws { try tally("x1", "n1") } }
  /// The arm whose figures the case names second, `x2` of `n2`.
  var second: Tally { get throws { try tally("x2", "n2") } }

  /// A tally of two inputs.
  func tally(_ successes: String, _ trials: String) throws -> Tally {
    Tally(successes: try inputs[successes].integer, trials: try inputs[trials].integer)
  }

  /// The moments of an arm given as `n`, `sum` and `sum_squares`.
  func moments(_ arm: String) throws -> Moments {
    let (n, sum) = (try inputs[arm]["n"].integer, try inputs[arm]["sum"].number)
    let mean = sum / Double(n)
    return Moments(
      count: n, mean: mean,
      sumOfSquaredDeviations: try inputs[arm]["sum_squares"].number - sum * mean)
  }
}
