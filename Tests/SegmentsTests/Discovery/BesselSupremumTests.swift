import Foundation
import Segments
import TestSupport
import Testing

/// The law of the supremum of a squared tied-down Bessel process.
@Suite struct BesselSupremumTests {
  struct Reference: Decodable {
    let x, lambda, p: Double
    let parameters: Int
  }

  /// Laplace transforms inverted by Talbot's contour with 96 digits, by bessel_supremum.py: from 1 to
  /// 12 parameters, p-values from 1 down to 1e-33.
  @Test func theLawIsThatOfItsTransform() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let rows = try JSONDecoder().decode(
      [Reference].self, from: Data(contentsOf: folder.appending(path: "bessel_supremum.json")))
    #expect(rows.count == 120)
    for row in rows {
      let p = BesselSupremum(parameters: row.parameters, lambda: row.lambda).survival(row.x)
      #expect(relativeError(p, row.p) < 1e-11, "\(row)")
    }
  }

  // Andrews (2003, Econometrica 71, 395–397), table 1: critical values of sup LM at 10, 5 and 1 %,
  // read on 15…85 % of the sessions, for one and two parameters. He simulated them on a grid, which
  // misses a part of the supremum, so that the exact p-values lie above his levels, by less than an eighth.
  static let critical: [(k: Int, values: [Double])] = [
    (1, [7.12, 8.68, 12.16]), (2, [10.00, 11.72, 15.56]),
  ]

  @Test(arguments: critical)
  func simulatedLevelsLieALittleBelow(_ row: (k: Int, values: [Double])) {
    let law = BesselSupremum(parameters: row.k, lambda: (0.85 / 0.15) * (0.85 / 0.15))
    for (x, level) in zip(row.values, [0.1, 0.05, 0.01]) {
      let p = law.survival(x)
      #expect(p > level && p < 1.125 * level)
    }
  }

  /// A survival function falls from 1 to 0, also across the point from which its first order stands; it
  /// rises with the range and with the parameters.
  @Test(arguments: [1, 2, 5, 20])
  func survivalFalls(parameters: Int) {
    let law = BesselSupremum(parameters: parameters, lambda: 81)
    #expect(law.survival(0) == 1 && law.survival(1e-9) == 1)
    var last = 1.0
    for x in stride(from: 0.25, through: 1_200, by: 12.25) {
      let p = law.survival(x)
      #expect(p >= 0 && p <= last)
      #expect(p >= BesselSupremum(parameters: parameters, lambda: 1.3).survival(x))
      #expect(p <= BesselSupremum(parameters: parameters + 1, lambda: 81).survival(x))
      last = p
    }
    #expect(last < 1e-200 && law.survival(1e300) == 0)
    let (inner, outer) = (law.survival(999.999), law.survival(1_000.001))
    #expect(outer < inner && outer > 0.95 * inner)
  }
}
