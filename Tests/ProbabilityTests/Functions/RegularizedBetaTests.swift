import Foundation
import Probability
import TestSupport
import Testing

/// Tails and quantiles of the beta distribution over all shapes, alone and in arrays.
///
/// The references, `Reference/incomplete_beta.json`, are by mpmath 1.3.0 at 50 digits.
struct RegularizedBetaTests {
  struct Case: Decodable {
    let a: Double
    let b: Double
    let x: Double
    let lower: Double
    let upper: Double
    /// Where the smaller tail, rounded to a double, is reached.
    let point: Double

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      a = try row.decode(Double.self)
      b = try row.decode(Double.self)
      x = try row.decode(Double.self)
      lower = try row.decode(Double.self)
      upper = try row.decode(Double.self)
      point = try row.decode(Double.self)
    }

    var tail: Double { min(lower, upper) }
    /// The tolerance of `ReferenceValueTests` for tail probabilities.
    var tolerance: Double { 0x1p-52 * (64 - 4 * log(tail) + (a + b).squareRoot() / 8) }
  }

  static let cases = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    return try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("incomplete_beta.json")))
  }

  @Test func tailsAndPointsAreRightOverAllShapes() throws {
    var errors: [Double] = []
    for row in try Self.cases.get() {
      let function = RegularizedBeta(row.a, row.b)
      let isLower = row.lower <= row.upper
      let tail = isLower ? function.lower(row.x) : function.upper(row.x)
      errors.append(relativeError(tail, row.tail))
      #expect(errors[errors.count - 1] < row.tolerance, "\(row)")
      let other = isLower ? function.upper(row.x) : function.lower(row.x)
      #expect(relativeError(other, max(row.lower, row.upper)) < 8e-15, "\(row)")
      let logTail = isLower ? function.logLower(row.x) : function.logUpper(row.x)
      #expect(abs(logTail - log(row.tail)) < row.tolerance, "\(row)")
      // ln x moves by tail/mass times the tail's relative error.
      let point = isLower ? function.inverseLower(row.tail) : function.inverseUpper(row.tail)
      #expect(relativeError(point, row.point) < 1e-15 + row.tolerance * slack(row), "\(row)")
    }
    errors.sort()
    #expect(errors[errors.count / 2] < 1e-15)
  }

  /// The change of ln x with the logarithm of the smaller tail.
  private func slack(_ row: Case) -> Double {
    let function = RegularizedBeta(row.a, row.b)
    let density = BetaDistribution(alpha: row.a, beta: row.b).logDensity(row.x) + log(row.x)
    let isLower = row.lower <= row.upper
    return exp((isLower ? function.logLower(row.x) : function.logUpper(row.x)) - density)
  }

  @Test func arraysHoldTheBitsOfSingleValuesAtEveryLevel() throws {
    let rows = try Self.cases.get()
    let (a, b, x) = (rows.map(\.a), rows.map(\.b), rows.map(\.x))
    let p = rows.indices.map { (Double($0) + 0.5) / Double(rows.count) }
    let functions = rows.map { RegularizedBeta($0.a, $0.b) }
    for level in VectorKernels.levels {
      VectorKernels.use(level)
      #expect(RegularizedBeta.lower(x, a, b) == rows.indices.map { functions[$0].lower(x[$0]) })
      #expect(RegularizedBeta.upper(x, a, b) == rows.indices.map { functions[$0].upper(x[$0]) })
      #expect(
        RegularizedBeta.inverseLower(p, a, b)
          == rows.indices.map { functions[$0].inverseLower(p[$0]) })
      #expect(
        RegularizedBeta.inverseUpper(p, a, b)
          == rows.indices.map { functions[$0].inverseUpper(p[$0]) })
    }
  }

  @Test func everyKernelGivesTheSameBits() throws {
    let rows = try Self.cases.get()
    let (a, b, x) = (rows.map(\.a), rows.map(\.b), rows.map(\.x))
    let results = VectorKernels.levels.map { level in
      VectorKernels.use(level)
      return RegularizedBeta.lower(x, a, b)
        + RegularizedBeta.inverseUpper(rows.map(\.tail), a, b)
    }
    for result in results { #expect(result == results[0]) }
  }

  @Test(arguments: [(0.3, 0.7), (0.5, 5), (2, 8), (12, 40), (300, 900), (1e4, 1e6)])
  func onePairOfShapesServesManyPoints(a: Double, b: Double) {
    let function = RegularizedBeta(a, b)
    for count in [0, 1, 7, 8, 9, 256, 257, 1_000] {
      let p = (0..<count).map { (Double($0) + 0.5) / Double(count) }
      let x = function.inverseLower(p)
      #expect(x == p.map { function.inverseLower($0) })
      #expect(function.inverseUpper(p) == p.map { function.inverseUpper($0) })
      #expect(function.lower(x) == x.map { function.lower($0) })
      #expect(function.upper(x) == x.map { function.upper($0) })
      for (p, back) in zip(p, function.lower(x)) { #expect(relativeError(back, p) < 1e-11) }
    }
  }

  // I_x(a, b) = 1 − I_y(b, a), and at a half of equal shapes each tail is a half.
  @Test(arguments: [0.5, 0.9, 1, 1.9, 2, 7.5, 19.9, 20, 55.5, 1e3, 1e7])
  func equalShapesAreSymmetric(shape: Double) {
    let function = RegularizedBeta(shape, shape)
    #expect(abs(function.lower(0.5) - 0.5) < 2e-15)
    #expect(abs(function.inverseLower(0.5) - 0.5) < 2e-15)
    for x in [0.125, 0.25, 0.375, 0.46875] { #expect(function.lower(x) == function.upper(1 - x)) }
  }

  // Both sides of the border between the fraction and the expansion.
  @Test(arguments: [20.0, 37.5, 1e3])
  func methodsMeetWhereTheyPart(shape: Double) {
    let other = 2.5 * shape
    let (below, above) = (
      RegularizedBeta(shape.nextDown, other), RegularizedBeta(shape.nextUp, other)
    )
    for score in stride(from: -8.0, through: 8, by: 0.25) {
      let odds = log(shape / other) + score * (1 / shape + 1 / other).squareRoot()
      let x = 1 / (1 + exp(-odds))
      #expect(relativeError(below.lower(x), above.lower(x)) < 1e-13)
      #expect(relativeError(below.upper(x), above.upper(x)) < 1e-13)
    }
  }

  @Test func endsOfTheIntervalAreExact() {
    let function = RegularizedBeta(3, 40)
    #expect(function.lower([0, 1, -1, 2]) == [0, 1, 0, 1])
    #expect(function.upper([0, 1, -1, 2]) == [1, 0, 1, 0])
    #expect(function.inverseLower([0, 1]) == [0, 1])
    #expect(function.inverseUpper([0, 1]) == [1, 0])
  }
}
