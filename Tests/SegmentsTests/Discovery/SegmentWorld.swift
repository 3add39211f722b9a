import Probability
import Segments

/// A made log of which the truth is known: two plans, five regions, a tenure with gaps.
struct SegmentWorld {
  /// The chance of being saved without an offer.
  var base = 0.3
  /// What the discount adds on the annual plan.
  var effectOnAnnual = 0.1
  /// What it adds on every other.
  var effectElsewhere = 0.1

  /// The only region in which the effect on the annual plan differs; nil if it does everywhere.
  var region: Int32?

  static let regions = ["north", "south", "east", "west", "islands"]

  func log(sessions: Int, seed: UInt64) throws -> SegmentData {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (arms, rewards, units) = ([Int32](), [Double](), [UInt64]())
    var (plans, regions) = ([Int32](), [Int32]())
    var (tenures, known) = ([Double](), [Bool]())
    for row in 0..<sessions {
      units.append(rng.next())
      arms.append(Int32(rng.index(below: 2)))
      plans.append(Int32(rng.index(below: 2)))
      regions.append(Int32(rng.index(below: 5)))
      tenures.append(Double(rng.index(below: 1_000)))
      known.append(rng.uniform() < 0.9)
      let isAffected = plans[row] == 1 && regions[row] == region ?? regions[row]
      let effect = isAffected ? effectOnAnnual : effectElsewhere
      rewards.append(rng.uniform() < base + (arms[row] == 1 ? effect : 0) ? 1 : 0)
    }
    return try SegmentData(
      arms: arms, armNames: ["none", "discount"], rewards: rewards,
      covariates: [
        Covariate(name: "plan", column: .category(codes: plans, levels: ["monthly", "annual"])),
        Covariate(name: "region", column: .category(codes: regions, levels: Self.regions)),
        Covariate(name: "tenure", column: .number(values: tenures, isPresent: known)),
      ],
      units: units)
  }
}
