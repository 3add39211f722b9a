import Segments
import TestSupport
import Testing

@Suite struct ArmContrastTests {
  /// Sessions of two arms inside and outside a segment, from their counts.
  static func log(_ cells: [(saved: Int, sessions: Int)]) throws -> (SegmentData, [Bool]) {
    var (arms, rewards, inside) = ([Int32](), [Double](), [Bool]())
    for (index, cell) in cells.enumerated() {
      arms += Array(repeating: index % 2 == 0 ? 1 : 0, count: cell.sessions)
      rewards += (0..<cell.sessions).map { $0 < cell.saved ? 1 : 0 }
      inside += Array(repeating: index < 2, count: cell.sessions)
    }
    let data = try SegmentData(
      arms: arms, armNames: ["none", "mail"], rewards: rewards, covariates: [],
      units: (0..<UInt64(arms.count)).map { $0 })
    return (data, inside)
  }

  // Hillstrom's visits, women's mail against none, women's customers against the others. The
  // counts are those of the log; z in Python doubles from p(1 − p)/(n − 1), the HC2 variance of the
  // saturated regression.
  @Test func hillstromsInteractionHasItsKnownError() throws {
    let (data, inside) = try Self.log([
      (2_171, 11_765), (1_300, 11_668), (1_067, 9_622), (962, 9_638),
    ])
    let contrast = try #require(
      ArmContrast(
        of: data, inside: inside, arm: 1, baseline: 0, customers: CustomerIndex(data.units)))
    let interaction = contrast.inside - contrast.outside
    #expect(relativeError(contrast.inside, 0.07311454855041033) < 1e-12)
    #expect(relativeError(contrast.outside, 0.011078467244666393) < 1e-12)
    #expect(
      relativeError(interaction / contrast.variances.interaction.squareRoot(), 9.706356023475522)
        < 1e-10)
    #expect(
      relativeError(
        contrast.variances.interaction, contrast.variances.inside + contrast.variances.outside)
        < 1e-12)
  }

  /// A customer seen on both sides of a rule ties the two effects together.
  @Test func aCustomerOnBothSidesLinksTheEffects() throws {
    let (data, inside) = try Self.log([(30, 100), (20, 100), (30, 100), (20, 100)])
    let customers = CustomerIndex((0..<400).map { UInt64($0 % 200) })
    let contrast = try #require(
      ArmContrast(of: data, inside: inside, arm: 1, baseline: 0, customers: customers))
    // Every residual inside meets its equal outside, and their difference is nothing.
    #expect(contrast.variances.interaction < 1e-30)
    #expect(relativeError(contrast.variances.inside, 0.3 * 0.7 / 99 + 0.2 * 0.8 / 99) < 1e-12)
  }
}
