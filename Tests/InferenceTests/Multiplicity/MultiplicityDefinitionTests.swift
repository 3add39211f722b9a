import Inference
import Probability
import Testing

/// Procedures held to their definitions, spelled out without a thought for speed.
@Suite struct MultiplicityDefinitionTests {
  /// P-values of which some are small and some are tied.
  static func sample(_ index: UInt64, count: Int) -> [Double] {
    var philox = Philox(StreamKey(seed: 4, purpose: .world, index: index))
    return (0..<count).map { _ in
      let u = philox.uniform()
      return (u * u * u * 200).rounded(.up) / 200
    }
  }

  /// Hommel's: a question is answered at α if every subset with it is, by Simes.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func hommelIsTheClosureOfSimes(_ index: UInt64) throws {
    let p = Self.sample(index, count: 7)
    let adjusted = Multiplicity.hommel(p)
    for i in p.indices {
      var greatest = 0.0
      for set in 0..<(1 << p.count) where set & (1 << i) != 0 {
        let sorted = p.indices.filter { set & (1 << $0) != 0 }.map { p[$0] }.sorted()
        let simes = sorted.indices.map { Double(sorted.count) * sorted[$0] / Double($0 + 1) }
        greatest = max(greatest, simes.reduce(1) { min($0, $1) })
      }
      #expect(abs(try #require(adjusted[i]) - greatest) < 1e-15)
    }
  }

  /// The two stages, run at one level.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func twoStagesRejectWhatTheyAdjust(_ index: UInt64) throws {
    let p = Self.sample(index, count: 9)
    let adjusted = Multiplicity.twoStageBenjaminiHochberg(p)
    let stage = try Multiplicity.benjaminiHochberg(p).map { try #require($0) }
    for q in [0.001, 0.01, 0.049, 0.0501, 0.101, 0.2003, 0.333, 0.5007, 0.9] {
      let first = q / (1 + q)
      let rejected = stage.count { $0 <= first }
      let second =
        rejected == p.count
        ? 1 : first * Double(p.count) / Double(p.count - rejected)
      for i in p.indices {
        let isRejected = rejected > 0 && stage[i] <= second
        #expect((try #require(adjusted[i]) <= q) == isRejected)
      }
    }
  }

  /// `π̂₀` by counting: one of five is above ½, so the factor is (1 + 1)/(5 · ½) = 0.8.
  @Test func storeyCountsTheGreatPValues() throws {
    let p = [0.001, 0.01, 0.02, 0.03, 0.9]
    let storey = try Multiplicity.storey(p).map { try #require($0) }
    let bh = try Multiplicity.benjaminiHochberg(p).map { try #require($0) }
    for i in 0..<4 { #expect(abs(storey[i] - 0.8 * bh[i]) < 1e-15) }
    #expect(storey[4] == 1)
  }

  /// Intervals at the levels given exclude a null exactly when the adjusted p-value is below α.
  @Test(arguments: Multiplicity.allCases)
  func levelsAgreeWithAdjustedPValues(_ method: Multiplicity) throws {
    var rejections = 0
    for index in 0..<200 as Range<UInt64> {
      let p: [Double?] = Self.sample(index, count: 11) + [nil]
      for alpha in [0.0107, 0.0503, 0.1009, 0.3001] {
        let adjusted = method.adjust(p)
        let levels = method.intervalLevels(for: p, level: 1 - alpha)
        #expect(levels[11] == nil)
        for i in 0..<11 {
          let isRejected = try #require(adjusted[i]) < alpha
          // The interval that inverts a test excludes the null when p < 1 − level.
          #expect(isRejected == (try #require(p[i]) < 1 - (try #require(levels[i]))))
          rejections += isRejected ? 1 : 0
        }
      }
    }
    #expect(rejections > 100)
  }

  /// The share of runs with any false rejection when no question has an effect: 20,000 runs of eight
  /// independent p-values, the same for every method. Monte Carlo error 0.0015 each.
  @Test func familyWiseErrorUnderTheGlobalNull() {
    let (runs, alpha) = (20_000, 0.05)
    var errors: [Multiplicity: Int] = [:]
    for run in 0..<runs {
      var philox = Philox(StreamKey(seed: 5, purpose: .world, index: UInt64(run)))
      let p: [Double?] = (0..<8).map { _ in philox.uniform() }
      for method in Multiplicity.allCases {
        let any = method.adjust(p).contains { $0.map { $0 < alpha } ?? false }
        errors[method, default: 0] += any ? 1 : 0
      }
    }
    for method in Multiplicity.allCases where method != .unadjusted {
      let rate = Double(errors[method, default: 0]) / Double(runs)
      #expect(rate < alpha + 4 * 0.0015, "\(method)")
      #expect(rate > (method == .benjaminiYekutieli ? 0.012 : 0.04), "\(method)")
    }
    // The control that must fail: eight questions unadjusted err with probability 1 − 0.95⁸ = 0.337.
    #expect(abs(Double(errors[.unadjusted, default: 0]) / Double(runs) - 0.3366) < 4 * 0.0034)
  }
}
