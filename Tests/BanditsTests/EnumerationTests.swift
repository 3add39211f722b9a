import Bandits
import Testing

/// Expectations over every log that a tiny world can produce, summed exactly.
@Suite struct EnumerationTests {
  let world: BernoulliWorld
  let logging = ActionTable(cellCount: 2, armCount: 2, values: [0.7, 0.3, 0.2, 0.8])
  let target = ActionTable(cellCount: 2, armCount: 2, values: [0.1, 0.9, 0.6, 0.4])
  /// A model that is wrong everywhere: the doubly robust estimator must not mind.
  let model = ActionTable(cellCount: 2, armCount: 2, values: [0.9, 0.1, 0.3, 0.6])
  let sessions = 3

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 2, values: [0.3, 0.55, 0.8, 0.15]),
      weights: [0.35, 0.65])
  }

  /// One session: its probability, cell, arm and reward.
  typealias Session = (probability: Double, cell: Int, arm: Int, reward: Double)

  var outcomes: [Session] {
    var outcomes: [Session] = []
    for cell in 0..<2 {
      for arm in 0..<2 {
        let reached = world.shares[cell] * logging[cell, arm]
        let rate = world.rates[cell, arm]
        outcomes.append((reached * rate, cell, arm, 1))
        outcomes.append((reached * (1 - rate), cell, arm, 0))
      }
    }
    return outcomes
  }

  /// The mean of the estimate, of its square, and of the squared standard error, over all logs.
  ///
  /// A log in which all terms are equal has no standard error and is refused: its mean is the term.
  func expectation(
    of estimator: some OffPolicyEstimator, term: (Session) -> Double
  ) throws -> (value: Double, variance: Double, meanSquaredError: Double) {
    let outcomes = outcomes
    var (value, square, error) = (0.0, 0.0, 0.0)
    for first in outcomes {
      for second in outcomes {
        for third in outcomes {
          let rows = [first, second, third]
          let probability = rows.reduce(1) { $0 * $1.probability }
          let log = try DecisionLog(
            arms: rows.map { Int32($0.arm) }, rewards: rows.map(\.reward),
            propensities: rows.map { logging[$0.cell, $0.arm] },
            cells: rows.map { Int32($0.cell) }, armCount: 2, cellCount: 2)
          let found: (value: Double, squaredError: Double)
          do {
            let estimate = try estimator.estimate(target, on: log)
            found = (estimate.value, estimate.standardError * estimate.standardError)
          } catch OffPolicyError.noVariation {
            found = (term(first), 0)
          }
          value += probability * found.value
          square += probability * found.value * found.value
          error += probability * found.squaredError
        }
      }
    }
    return (value, square - value * value, error)
  }

  @Test func importanceSamplingIsUnbiasedAndSoIsItsVariance() throws {
    let found = try expectation(of: ImportanceSampling(floors: .none)) { session in
      target[session.cell, session.arm] / logging[session.cell, session.arm] * session.reward
    }
    #expect(abs(found.value - world.value(of: target)) < 1e-12)
    #expect(abs(found.variance - found.meanSquaredError) < 1e-12)
  }

  @Test func doublyRobustIsUnbiasedWithAWrongModel() throws {
    let estimator = DoublyRobust(model: RewardModel(model), floors: .none)
    let values = target.expectation(of: model)
    let found = try expectation(of: estimator) { session in
      let weight = target[session.cell, session.arm] / logging[session.cell, session.arm]
      return values[session.cell] + weight * (session.reward - model[session.cell, session.arm])
    }
    #expect(abs(found.value - world.value(of: target)) < 1e-12)
    #expect(abs(found.variance - found.meanSquaredError) < 1e-12)
  }

  @Test func theWrongModelItselfIsBiased() throws {
    // The control: the direct method must not pass the test above.
    let values = target.expectation(of: model)
    let found = try expectation(of: DirectMethod(model: RewardModel(model), floors: .none)) {
      values[$0.cell]
    }
    #expect(abs(found.value - world.value(of: target)) > 0.05)
  }
}
