import Inference
import Testing

/// The type-I error of the exact tests, by enumeration of all tables at each nuisance value.
@Suite struct ExactSizeTests {
  typealias PValue = @Sendable (Tally, Tally) throws -> Double

  static let valid: [(String, PValue)] = [
    ("Fisher", { try fisher($0, $1, .minimumLikelihood) }),
    ("Fisher, central", { try fisher($0, $1, .central) }),
    ("Fisher, Blaker", { try fisher($0, $1, .blaker) }),
    ("Boschloo", { try BoschlooTest(offer: $0, control: $1).pValue() }),
    (
      "Boschloo, minimum likelihood",
      { try BoschlooTest(offer: $0, control: $1, rule: .minimumLikelihood).pValue() }
    ),
    (
      "Boschloo, Berger and Boos",
      { try BoschlooTest(offer: $0, control: $1, bergerBoos: 0.001).pValue() }
    ),
    ("Barnard", { try BarnardTest(offer: $0, control: $1).pValue() }),
    (
      "Barnard, unpooled", { try BarnardTest(offer: $0, control: $1, variance: .unpooled).pValue() }
    ),
    (
      "Barnard, Berger and Boos, one-sided",
      { try BarnardTest(offer: $0, control: $1, bergerBoos: 0.001).pValue(.greater) }
    ),
  ]

  private static func fisher(
    _ offer: Tally, _ control: Tally, _ rule: FisherExactTest.Rule
  ) throws -> Double {
    let sum = offer.successes + control.successes
    if sum == 0 || sum == offer.trials + control.trials { return 1 }
    return try FisherExactTest(offer: offer, control: control, rule: rule).pValue()
  }

  static let levels = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2]

  /// The greatest probability of `p ≤ α` over a grid of `π`, of each level, as a share of it.
  private static func greatestSizes(_ n1: Int, _ n0: Int, _ p: PValue) throws -> [Double] {
    let tables = try TwoByTwo.tables(n1, n0).map { (try p($0, $1), $0.successes, $1.successes) }
    var greatest = levels.map { _ in 0.0 }
    for step in 1...49 {
      let nuisance = Double(step) / 50
      let law1 = (0...n1).map { TwoByTwo.binomial(n1, $0, nuisance) }
      let law0 = (0...n0).map { TwoByTwo.binomial(n0, $0, nuisance) }
      for (index, level) in levels.enumerated() {
        var size = 0.0
        for (p, x1, x0) in tables where p <= level { size += law1[x1] * law0[x0] }
        greatest[index] = max(greatest[index], size / level)
      }
    }
    return greatest
  }

  @Test(arguments: valid.indices)
  func noExactTestRejectsMoreOftenThanItSays(_ index: Int) throws {
    let (name, p) = Self.valid[index]
    for n1 in 1...15 {
      for n0 in 1...15 where name.hasSuffix("one-sided") || n0 <= n1 {
        for (level, share) in zip(Self.levels, try Self.greatestSizes(n1, n0, p)) {
          #expect(share <= 1 + 1e-9, "\(name), \(n1) and \(n0) sessions at \(level)")
        }
      }
    }
  }

  /// The control: a test that is not exact has to be seen to exceed its level.
  @Test func midPIsSeenToExceedItsLevel() throws {
    var greatest = 0.0
    for n1 in 5...15 {
      let shares = try Self.greatestSizes(n1, n1) { try Self.fisher($0, $1, .midP) }
      greatest = max(greatest, shares.max() ?? 0)
    }
    #expect(greatest > 1.02)
  }

  /// Boschloo's test rejects whenever Fisher's does.
  @Test func boschlooIsNoLessPowerfulThanFisher() throws {
    for (offer, control) in TwoByTwo.all(upTo: 9) {
      let central = try Self.fisher(offer, control, .central)
      #expect(try BoschlooTest(offer: offer, control: control).pValue() <= central * (1 + 1e-10))
      let boschloo = try BoschlooTest(offer: offer, control: control, rule: .minimumLikelihood)
      let minlike = try Self.fisher(offer, control, .minimumLikelihood)
      #expect(boschloo.pValue() <= minlike * (1 + 1e-10))
    }
  }

  /// Chan and Zhang's interval covers at least as often as it says at any pair of proportions.
  @Test func chanZhangCovers() throws {
    let (n1, n0) = (6, 5)
    let intervals = TwoByTwo.tables(n1, n0).map { offer, control in
      (
        ChanZhangInterval(level: 0.9).difference(offer, control),
        AgrestiMinInterval(level: 0.9).difference(offer, control), offer.successes,
        control.successes
      )
    }
    for p1 in stride(from: 0.025, to: 1, by: 0.05) {
      for p0 in stride(from: 0.025, to: 1, by: 0.05) {
        var (chanZhang, agrestiMin) = (0.0, 0.0)
        for (central, joint, x1, x0) in intervals {
          let mass = TwoByTwo.binomial(n1, x1, p1) * TwoByTwo.binomial(n0, x0, p0)
          if central.contains(p1 - p0) { chanZhang += mass }
          if joint.contains(p1 - p0) { agrestiMin += mass }
        }
        #expect(chanZhang >= 0.9 - 1e-9 && agrestiMin >= 0.9 - 1e-9)
      }
    }
  }
}
