import Bandits
import Inference
import Probability
import TestSupport
import Testing

/// Control, 10 off and 50 off a margin of 100, at saved rates of 30, 40 and 80 %.
///
/// A session brings 30, 36 or 40, and costs 0, 4 or 40 of discount. With 10 a session to spend, the best
/// is to show the second in five sixths and the third in one sixth of the sessions: 36⅔ a session.
@Suite struct BudgetedThompsonTests {
  let rates = [0.3, 0.4, 0.8]

  func terms(budget: Double, sessions: Int) -> BudgetedThompson.Terms {
    BudgetedThompson.Terms(
      margins: [100, 100, 100], costs: [0, 10, 50], budget: budget, sessions: sessions)
  }

  @Test func propensitiesAreThoseOfTheDraws() {
    var policy = BudgetedThompson(terms(budget: 1_000, sessions: 100))
    for step in 0..<30 {
      policy.learn(Arm(step % 3), reward: step % (4 - step % 3) == 0 ? 1 : 0, in: Context())
    }
    let propensities = policy.propensities(in: Context())
    #expect(abs(propensities.reduce(0, +) - 1) < 1e-12)
    var rng = Philox(StreamKey(seed: 4, purpose: .policy))
    var counts = [0.0, 0, 0]
    for _ in 0..<100_000 { counts[policy.choose(in: Context(), using: &rng).index] += 1 }
    for (count, p) in zip(counts, propensities) {
      #expect(p > 0.01)
      #expect(abs(count / 100_000 - p) <= 4 * (p * (1 - p) / 100_000).squareRoot())
    }
  }

  @Test func withoutCostsItIsThompsonSampling() {
    var policy = BudgetedThompson(
      BudgetedThompson.Terms(margins: [7, 7, 7], costs: [0, 0, 0], budget: 0, sessions: 1))
    var plain = ThompsonSampling(armCount: 3)
    for step in 0..<40 {
      policy.learn(Arm(step % 3), reward: step % 4 == 0 ? 1 : 0, in: Context())
      plain.learn(Arm(step % 3), reward: step % 4 == 0 ? 1 : 0, in: Context())
    }
    for (found, expected) in zip(
      policy.propensities(in: Context()), plain.propensities(in: Context()))
    {
      #expect(relativeError(found, expected) < 1e-12)
    }
  }

  @Test func anOfferThatTheBudgetDoesNotCoverIsNotShown() {
    var terms = terms(budget: 55, sessions: 100)
    var policy = BudgetedThompson(terms)
    #expect(policy.price(of: Arm(2)) == 50)
    policy.learn(Arm(1), reward: 1, in: Context())
    #expect(policy.price(of: Arm(2)) == nil)
    #expect(policy.propensities(in: Context())[2] == 0)
    // Two sessions at once: one is set aside for.
    terms.openSessions = 2
    #expect(BudgetedThompson(terms).price(of: Arm(2)) == nil)
    #expect(BudgetedThompson(terms).price(of: Arm(0)) == 100)
  }

  @Test func theCapHoldsWhenOutcomesAreLearntLate() {
    for seed in UInt64(0)..<20 {
      var terms = terms(budget: 6_000, sessions: 2_000)
      terms.openSessions = 50
      var policy = BudgetedThompson(terms)
      var choices = Philox(StreamKey(seed: seed, purpose: .policy))
      var customers = Philox(StreamKey(seed: seed, purpose: .world))
      for _ in 0..<40 {
        let batch = (0..<50).map { _ in policy.choose(in: Context(), using: &choices) }
        for arm in batch {
          let saved = customers.uniform() < rates[arm.index]
          policy.learn(arm, reward: saved ? 1 : 0, in: Context())
        }
      }
      #expect(policy.spent <= 6_000)
      #expect(policy.spent > 3_000)
    }
  }

  @Test func theCapHoldsAndTheMarginNearsTheBest() {
    var margins = Moments()
    for seed in UInt64(0)..<10 {
      var policy = BudgetedThompson(terms(budget: 200_000, sessions: 20_000))
      var choices = Philox(StreamKey(seed: seed, purpose: .policy))
      var customers = Philox(StreamKey(seed: seed, purpose: .world))
      var margin = 0.0
      for _ in 0..<20_000 {
        let arm = policy.choose(in: Context(), using: &choices)
        let reward = customers.uniform() < rates[arm.index] ? 1.0 : 0
        policy.learn(arm, reward: reward, in: Context())
        margin += reward * (100 - policy.terms.costs[arm.index])
      }
      #expect(policy.spent <= 200_000)
      margins.add(margin / 20_000)
    }
    // Between the best without the third arm, 36, and the best of all mixtures.
    #expect(margins.mean > 36.2)
    #expect(margins.mean < 36.667 + 3 * margins.standardError)
  }
}
