import Inference
import Probability

/// Regret of Thompson sampling over ten items that come and go: at each step one of them is replaced with
/// probability 1/1000, and a new item has a rate drawn from Beta(4, 4).
///
/// A delay δ reads in two ways: the policy learns after every δ steps, or each reward δ − 1 steps late. Rewards
/// of an item that has gone are not learnt.
enum TableOne {
  static func run(replications: Int) async {
    print("delay,reading,replications,regret,standard_error")
    for delay in [1, 3, 10, 32, 100, 316, 1_000] {
      for isBatch in delay == 1 ? [true] : [true, false] {
        let regrets = await withTaskGroup(of: (Int, Double).self) { group in
          for index in 0..<replications {
            group.addTask { (index, ItemWorld(index).regret(delay: delay, isBatch: isBatch)) }
          }
          var regrets = Array(repeating: 0.0, count: replications)
          for await (index, regret) in group { regrets[index] = regret }
          return Moments(regrets)
        }
        print(
          "\(delay),\(isBatch ? "batch" : "late"),\(replications),\(regrets.mean),"
            + "\(regrets.standardError)")
      }
    }
  }
}

/// One replication.
private struct ItemWorld {
  private var customers: Philox
  private let choices: Philox
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

  init(_ index: Int) {
    customers = Philox(StreamKey(seed: 2011, purpose: .world, index: UInt64(index)))
    choices = Philox(StreamKey(seed: 2011, purpose: .policy, index: UInt64(index)))
    rates = []
    for _ in 0..<10 { rates.append(newcomers.draw(using: &customers)) }
  }

  func regret(delay: Int, isBatch: Bool, steps: Int = 1_000_000) -> Double {
    var world = self
    return world.run(delay, isBatch, steps)
  }

  private mutating func run(_ delay: Int, _ isBatch: Bool, _ steps: Int) -> Double {
    var ring = [Reward?](repeating: nil, count: delay)
    var (regret, draws) = (0.0, choices)
    for step in 1...steps {
      if customers.uniform() < 1e-3 { replace(customers.index(below: 10), at: step) }
      let item = BetaSampler.greatestDraw(of: items.span, using: &draws)
      let best = rates.reduce(0, max)
      regret += best - rates[item]
      ring[step % delay] = Reward(
        item: item, birth: births[item], value: customers.uniform() < rates[item] ? 1 : 0)
      if isBatch {
        if step % delay == 0 { for place in 0..<delay { learn(ring[place]) } }
      } else {
        learn(ring[(step + 1) % delay])
      }
    }
    return regret
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
