import Foundation
import Probability

/// Ten items that come and go: at each step one of them is replaced with probability 1/1000, and a new item has
/// a rate drawn from Beta(4, 4).
///
/// Rewards of an item that has gone are not learnt.
///
/// Reference: Chapelle and Li (2011), *NIPS* 24, table 1.
struct ItemWorld {
  /// How an item is chosen.
  enum Rule: String, CaseIterable {
    case thompson, ucb
  }

  /// The two readings of a delay δ: the policy learns after every δ steps, or each reward δ − 1 steps late.
  enum Reading: String, CaseIterable {
    case batch, late
  }

  private let rule: Rule
  private var customers: Philox
  private var choices: Philox
  private var rates: [Double]
  private var births = Array(repeating: 0, count: 10)
  private var items = Array(repeating: BetaSampler(.uniform), count: 10)
  private let newcomers = BetaSampler(BetaDistribution(alpha: 4, beta: 4))

  /// A reward that the policy may learn, of an item born at a step.
  private struct Reward {
    let item: Int
    let birth: Int
    let value: Double
  }

  /// Creates a replication.
  init(_ rule: Rule, index: Int) {
    self.rule = rule
    customers = Philox(StreamKey(seed: 2011, purpose: .world, index: UInt64(index)))
    choices = Philox(StreamKey(seed: 2011, purpose: .policy, index: UInt64(index)))
    rates = []
    for _ in 0..<10 { rates.append(newcomers.draw(using: &customers)) }
  }

  /// The regret of a million steps.
  func regret(delay: Int, _ reading: Reading, steps: Int = 1_000_000) -> Double {
    var world = self
    return world.run(delay, reading, steps)
  }

  private mutating func run(_ delay: Int, _ reading: Reading, _ steps: Int) -> Double {
    var ring = [Reward?](repeating: nil, count: delay)
    var regret = 0.0
    for step in 1...steps {
      if customers.uniform() < 1e-3 { replace(customers.index(below: 10), at: step) }
      let item = choose(at: step)
      let best = rates.reduce(0, max)
      regret += best - rates[item]
      ring[step % delay] = Reward(
        item: item, birth: births[item], value: customers.uniform() < rates[item] ? 1 : 0)
      switch reading {
      case .batch: if step % delay == 0 { for place in 0..<delay { learn(ring[place]) } }
      case .late: learn(ring[(step + 1) % delay])
      }
    }
    return regret
  }

  private mutating func choose(at step: Int) -> Int {
    switch rule {
    case .thompson:
      let items = items
      return BetaSampler.greatestDraw(of: items.span, using: &choices)
    case .ucb:
      let logarithm = 0.5 * log(Double(step))
      var best = (item: 0, bound: -Double.infinity, ties: 1)
      for item in items.indices {
        let bound = bound(items[item].distribution, logarithm)
        if bound > best.bound {
          best = (item, bound, 1)
        } else if bound == best.bound {
          best.ties += 1
          if choices.index(below: best.ties) == 0 { best.item = item }
        }
      }
      return best.item
    }
  }

  /// The paper's bound, `k/m + √(2(k/m)L/m) + 2L/m`, from the counts behind a uniform prior.
  private func bound(_ posterior: BetaDistribution, _ logarithm: Double) -> Double {
    let (saved, count) = (posterior.alpha - 1, posterior.alpha + posterior.beta - 2)
    guard count > 0 else { return .infinity }
    let (mean, share) = (saved / count, logarithm / count)
    return mean + (2 * mean * share).squareRoot() + 2 * share
  }

  private mutating func replace(_ item: Int, at step: Int) {
    rates[item] = newcomers.draw(using: &customers)
    births[item] = step
    items[item] = BetaSampler(.uniform)
  }

  private mutating func learn(_ reward: Reward?) {
    guard let reward, births[reward.item] == reward.birth else { return }
    items[reward.item] = BetaSampler(
      items[reward.item].distribution.adding(successes: reward.value, failures: 1 - reward.value))
  }
}
