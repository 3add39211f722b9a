import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct MaturingThompsonTests {
  @Test func openWindowsAddUpToKaplanMeier() throws {
    var table = LifeTable()
    table.add(duration: 3, events: 4)
    table.add(duration: 5, censored: 6)
    table.add(duration: 9, events: 5)
    table.add(duration: 12, censored: 7)
    table.add(duration: 20, events: 2)
    table.add(duration: 30, censored: 16)
    var policy = MaturingThompson(armCount: 1, window: 30)
    policy.learn(asOf: [table])
    let posterior = policy.posteriors(in: Context())[0]
    let curve = try KaplanMeier(table)
    let survival = curve.survival(at: 30)
    // Efron: the share of what is filled in is the estimate itself; its size is Greenwood's.
    let size = posterior.alpha + posterior.beta - 2
    #expect(relativeError((posterior.alpha - 1) / size, survival) < 1e-13)
    let error = curve.standardError(at: 30)
    #expect(relativeError(size, survival * (1 - survival) / (error * error)) < 1e-13)
    #expect(size < 40)
  }

  @Test func closedWindowsAreCounted() {
    var table = LifeTable()
    table.add(duration: 4, events: 3)
    table.add(duration: 30, censored: 5)
    // Losses after the window are saves.
    table.add(duration: 40, events: 2)
    var policy = MaturingThompson(armCount: 1, window: 30)
    policy.learn(asOf: [table])
    let posterior = policy.posteriors(in: Context())[0]
    #expect(relativeError(posterior.alpha, 8) < 1e-14)
    #expect(relativeError(posterior.beta, 4) < 1e-14)
    // The tables of a later day replace those of an earlier one; single outcomes stay.
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(asOf: [LifeTable()])
    #expect(policy.posteriors(in: Context())[0] == BetaDistribution(alpha: 2, beta: 1))
  }

  @Test func beforeTheFirstLossAgesCount() {
    var table = LifeTable()
    table.add(duration: 3, censored: 10)
    table.add(duration: 6, censored: 10)
    var policy = MaturingThompson(armCount: 1, window: 30)
    policy.learn(asOf: [table])
    #expect(relativeError(policy.posteriors(in: Context())[0].alpha, 1 + 3) < 1e-14)
  }

  @Test func wrappersPassTheTablesOn() {
    var table = LifeTable()
    table.add(duration: 4, events: 3)
    table.add(duration: 30, censored: 5)
    var base = MaturingThompson(armCount: 2, window: 30)
    var (floored, topTwo) = (Floored(base, floor: 0.1), TopTwo(base))
    base.learn(asOf: [table, LifeTable()])
    floored.learn(asOf: [table, LifeTable()])
    topTwo.learn(asOf: [table, LifeTable()])
    #expect(floored.base == base && topTwo.base == base)
  }

  /// In a world of several cells a policy without any has the sessions of all of them together.
  @Test func withoutCellsTheTablesOfAllAreTakenTogether() {
    var (first, second) = (LifeTable(), LifeTable())
    first.add(duration: 2, events: 3)
    first.add(duration: 30, censored: 8)
    second.add(duration: 5, events: 1)
    second.add(duration: 12, censored: 4)
    var policy = MaturingThompson(armCount: 2, window: 30)
    var whole = policy
    policy.learn(asOf: [first, LifeTable(), second, first])
    whole.learn(asOf: [LifeTable(merging: [first, second]), first])
    #expect(policy == whole)
    #expect(policy.posteriors(in: Context(cell: 1)) == whole.posteriors(in: Context()))
  }

  @Test func noCellsSessionsAreLost() {
    var (young, old) = (LifeTable(), LifeTable())
    young.add(duration: 2, censored: 8)
    old.add(duration: 1, events: 6)
    old.add(duration: 30, censored: 18)
    var policy = MaturingThompson(armCount: 1, cellCount: 2, window: 30)
    policy.learn(asOf: [young, old])
    // Ŝ(30) = 26/32 of 32 at risk, which eight have passed: their share is 1.
    let cells = (0..<2).map { policy.posteriors(in: Context(cell: $0))[0] }
    #expect(cells[0].beta == 1)
    #expect(cells[0].alpha > 1)
    #expect(cells[1].beta > 1)
  }
}

/// Three ways to learn of saves that take thirty days, in one world.
///
/// Arm 0 loses few, at once; arm 1 loses many, late; arm 2 loses at an even pace. Thirty sessions a day.
@Suite struct MaturingRegretTests {
  struct Session {
    let arm: Int
    let day: Double
    let loss: Double
  }

  /// The days from a session to its loss; infinite if it is saved.
  func loss(of arm: Int, _ uniform: Double) -> Double {
    let (rate, from, to) = [(0.25, 0.0, 3.0), (0.5, 4, 12), (0.4, 0, 30)][arm]
    return uniform < rate ? from + (to - from) * uniform / rate : .infinity
  }

  enum Method { case maturing, openIsSaved, waiting }

  /// The saves given away in ninety days.
  func regret(_ method: Method, seed: UInt64) -> Double {
    var choices = Philox(StreamKey(seed: seed, purpose: .policy))
    var customers = Philox(StreamKey(seed: seed, purpose: .world))
    var sessions: [Session] = []
    var regret = 0.0
    for day in 0..<90 {
      let now = Double(day)
      var maturing = MaturingThompson(armCount: 3, window: 30)
      var tables = [LifeTable(), LifeTable(), LifeTable()]
      var plain = ThompsonSampling(armCount: 3)
      for session in sessions {
        let age = min(now - session.day, 30)
        let isLost = session.loss <= age
        switch method {
        case .maturing:
          tables[session.arm].add(
            duration: min(session.loss, age), events: isLost ? 1 : 0, censored: isLost ? 0 : 1)
        case .openIsSaved:
          plain.learn(Arm(session.arm), reward: isLost ? 0 : 1, in: Context())
        case .waiting:
          if age >= 30 { plain.learn(Arm(session.arm), reward: isLost ? 0 : 1, in: Context()) }
        }
      }
      maturing.learn(asOf: tables)
      for _ in 0..<30 {
        let arm =
          method == .maturing
          ? maturing.choose(in: Context(), using: &choices)
          : plain.choose(in: Context(), using: &choices)
        sessions.append(
          Session(arm: arm.index, day: now, loss: loss(of: arm.index, customers.uniform())))
        regret += [0, 0.25, 0.15][arm.index]
      }
    }
    return regret
  }

  @Test func weighingOpenWindowsBeatsBothOthers() {
    func moments(_ method: Method) -> Moments {
      Moments((0..<40).map { regret(method, seed: UInt64($0)) })
    }
    let (maturing, saved, waiting) = (
      moments(.maturing), moments(.openIsSaved), moments(.waiting)
    )
    for other in [saved, waiting] {
      #expect(
        maturing.mean + 3 * maturing.standardError < other.mean - 3 * other.standardError,
        "\(maturing.mean) against \(saved.mean) and \(waiting.mean)")
    }
  }
}
