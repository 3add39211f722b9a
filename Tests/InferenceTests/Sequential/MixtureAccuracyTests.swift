import Foundation
import Inference
import Testing

/// Mixtures against their defining integrals at 40 digits (`Reference/sequential.py`), from an
/// intrinsic time of 1e-6 to one of 1e12.
@Suite struct MixtureAccuracyTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let sides: TestSides?
    let rho, s, v, value: Double
    let scale, below, above: Double?

    var testDescription: String { "\(kind) \(rho) \(s) \(v)" }

    func mixture() throws -> any MixtureMartingale {
      switch kind {
      case "normal": NormalMixture(rho: rho, sides: try #require(sides))
      case "gammaExponential": GammaExponentialMixture(rho: rho, scale: try #require(scale))
      case "gammaPoisson": GammaPoissonMixture(rho: rho, scale: try #require(scale))
      default:
        BetaBinomialMixture(
          below: try #require(below), above: try #require(above), precision: rho,
          sides: try #require(sides))
      }
    }
  }

  static let rows = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "sequential.json"))
    return try JSONDecoder().decode([Row].self, from: data)
  }

  @Test(arguments: try rows.get())
  func logEValues(_ row: Row) throws {
    let computed = try row.mixture().logEValue(sum: row.s, variance: row.v)
    #expect(abs(computed - row.value) <= 1e-12 * max(1, abs(row.value)), "\(computed)")
  }

  /// The bound is where the mixture is 1/α, also where that is far away.
  @Test(arguments: try rows.get())
  func boundsInvertTheMixture(_ row: Row) throws {
    let mixture = try row.mixture()
    for alpha in [0.2, 0.05, 1e-3, 1e-100] {
      let bound = mixture.bound(variance: row.v, alpha: alpha)
      #expect(bound > 0 && bound.isFinite)
      guard bound < mixture.greatestSum(variance: row.v) else { continue }
      let value = mixture.logEValue(sum: bound, variance: row.v)
      #expect(abs(value / -log(alpha) - 1) < 1e-11)
    }
  }

  /// mpmath 1.3: −W₋₁(−α²/e) − 1.
  @Test(arguments: [
    (0.05, 8.211968062068254), (0.01, 11.75637122249542), (0.5, 2.6926345288896958),
    (1e-300, 1388.7879622657834),
  ])
  func lambertTuning(alpha: Double, ratio: Double) {
    #expect(abs(MixtureTuning.exact.ratio(alpha: alpha) / ratio - 1) < 1e-14)
  }

  @Test(arguments: [0.2, 0.05, 1e-3])
  func theExactTuningIsLowest(alpha: Double) {
    let best = NormalMixture(tunedFor: 100, alpha: alpha)
    let lowest = best.bound(variance: 100, alpha: alpha)
    for factor in [0.9, 0.999, 1.001, 1.1] {
      let other = NormalMixture(rho: best.rho * factor)
      #expect(other.bound(variance: 100, alpha: alpha) > lowest)
    }
    let near = NormalMixture(tunedFor: 100, alpha: alpha, tuning: .approximate)
    #expect(near.bound(variance: 100, alpha: alpha) / lowest - 1 < 2e-3)
  }

  @Test func theClosedFormLiesJustAboveTheOneSidedBound() {
    let mixture = NormalMixture(tunedFor: 100, sides: .one)
    for v in [1e-6, 1, 100, 1e4, 1e12] {
      for alpha in [0.2, 0.05, 1e-6] {
        let exact = mixture.bound(variance: v, alpha: alpha)
        let closed = mixture.closedFormOneSidedBound(variance: v, alpha: alpha)
        #expect(exact <= closed && closed < 1.15 * exact)
      }
    }
  }

  /// A gamma mixture with a short tail is a normal one.
  @Test func gammaMixturesTendToTheNormalOne() {
    let normal = NormalMixture(rho: 40, sides: .one).logEValue(sum: 30, variance: 100)
    let exponential = GammaExponentialMixture(rho: 40, scale: 1e-5)
    let poisson = GammaPoissonMixture(rho: 40, scale: 1e-5)
    #expect(abs(exponential.logEValue(sum: 30, variance: 100) - normal) < 1e-4)
    #expect(abs(poisson.logEValue(sum: 30, variance: 100) - normal) < 1e-4)
  }

  /// ζ(1.4), mpmath 1.3, by way of the boundary's own formula at its start.
  @Test func theStitchedBoundaryAtItsStart() {
    let boundary = StitchedBoundary(start: 1)
    let zeta = 3.105547277977581
    let l = 1.4 * log(log(2)) + log(zeta / pow(log(2), 1.4)) + log(20)
    let k1 = (pow(2, 0.25) + pow(2, -0.25)) / 2.0.squareRoot()
    #expect(abs(boundary.bound(variance: 1, alpha: 0.05) / (k1 * l.squareRoot()) - 1) < 1e-14)
    #expect(boundary.bound(variance: 0.5, alpha: 0.05) == boundary.bound(variance: 1, alpha: 0.05))
  }
}
