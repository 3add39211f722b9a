import Bandits
import Inference
import LinearAlgebra
import Probability
import TestSupport
import Testing

/// Logistic regressions of saved sessions on features, against Reference/contextual.py.
@Suite struct LogisticPolicyTests {
  let sessions: ContextualSessions
  let features = ContextualSessions.features
  let prior = CoefficientPrior(featureCount: 4, variance: 2)

  init() throws { sessions = try ContextualSessions() }

  func thompson(refitGrowth: Double?) -> LogisticThompson {
    var policy = LogisticThompson(
      armCount: 3, features: features, prior: prior, refitGrowth: refitGrowth)
    sessions.teach(&policy)
    return policy
  }

  // scikit-learn's modes and statsmodels' Hessians.
  @Test func theModeAndTheCurvatureThere() {
    let policy = thompson(refitGrowth: 0)
    let expected = sessions.reference.modes
    for arm in 0..<3 {
      let found = policy.coefficients(of: Arm(arm))
      #expect(ContextualSessions.distance(found, expected.means[arm]) < 1e-12)
      let precision = policy.precision(of: Arm(arm))
      for row in 0..<4 {
        for column in 0..<4 {
          #expect(abs(precision[row, column] - expected.hessians[arm][row][column]) < 1e-11)
        }
      }
      // The law of the score is that of xᵀβ for β ~ N(β̂, H⁻¹), by a factor of its own.
      let factor = Cholesky(precision)
      for cell in 0..<6 {
        let x = Array(features.row(Context(cell: cell)))
        let half = factor?.solveLower(x) ?? []
        let variance = half.reduce(0) { $0 + $1 * $1 }
        let law = policy.logOdds(of: Arm(arm), in: Context(cell: cell))
        #expect(relativeError(law.variance, variance) < 1e-12)
      }
    }
  }

  // bayesianbandits.
  @Test func sessionBySessionWithoutRefits() {
    let policy = thompson(refitGrowth: nil)
    for arm in 0..<3 {
      let found = policy.coefficients(of: Arm(arm))
      #expect(ContextualSessions.distance(found, sessions.reference.sequential[arm]) < 1e-10)
    }
  }

  /// Refits now and then leave little of what the order of the sessions does to the mode.
  @Test func refitsKeepCloseToTheMode() {
    func distance(_ refitGrowth: Double?) -> Double {
      let policy = thompson(refitGrowth: refitGrowth)
      return (0..<3).reduce(0) { worst, arm in
        max(
          worst,
          ContextualSessions.distance(
            policy.coefficients(of: Arm(arm)), sessions.reference.modes.means[arm]))
      }
    }
    #expect(distance(0.1) < 0.02)
    #expect(distance(nil) > 3 * distance(0.1))
    var policy = thompson(refitGrowth: nil)
    policy.refit(Arm(1))
    #expect(
      ContextualSessions.distance(
        policy.coefficients(of: Arm(1)), sessions.reference.modes.means[1]) < 1e-12)
  }

  /// The distance of beliefs from their modes, `√((β − β̂)ᵀH(β − β̂))`, greatest of ten arms by twenty features.
  // Reference/contextual_drift.py, NumPy 2.4.6.
  @Test(
    arguments: [
      (500, nil, 0.4330218597158832), (2_000, nil, 1.3248537385100376),
      (2_000, 0.1, 0.3910944876073568), (10_000, nil, 1.966596572056926),
      (10_000, 0.1, 0.2049458482062087),
    ] as [(Int, Double?, Double)])
  func theDriftOfSequentialBeliefs(_ count: Int, _ refitGrowth: Double?, _ expected: Double) throws
  {
    func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
    let features = try ContextFeatures(
      rows: (0..<251).map { cell in
        [1] + (1..<20).map { 2 * fraction(Double(cell * 20 + $0) * 2.0.squareRoot()) - 1 }
      })
    var policy = LogisticThompson(
      armCount: 10, features: features, prior: CoefficientPrior(featureCount: 20, variance: 1),
      refitGrowth: refitGrowth)
    for index in 0..<count {
      let (cell, arm) = (index * 7 % 251, index % 10)
      let rate = 0.15 + 0.02 * Double(arm) + 0.1 * features.values[cell * 20 + 1]
      let saved = fraction(Double(index + 1) * 3.0.squareRoot()) < rate
      policy.learn(Arm(arm), reward: saved ? 1 : 0, in: Context(cell: cell))
    }
    var greatest = 0.0
    for arm in (0..<10).map(Arm.init) {
      let before = policy.coefficients(of: arm)
      policy.refit(arm)
      let away = zip(before, policy.coefficients(of: arm)).map { $0 - $1 }
      let precision = policy.precision(of: arm)
      var square = 0.0
      for row in 0..<20 {
        for column in 0..<20 { square += away[row] * precision[row, column] * away[column] }
      }
      greatest = max(greatest, square.squareRoot())
    }
    #expect(relativeError(greatest, expected) < 1e-8)
  }

  /// Tallies suffice: sessions at once, or one by one in any order, end at one mode.
  @Test func aBatchIsItsSessions() {
    var batch = LogisticThompson(armCount: 3, features: features, prior: prior, refitGrowth: 0)
    var single = batch
    for (cell, saved, lost) in [(0, 3.0, 5.0), (4, 0.0, 6.0), (5, 7.0, 1.0)] {
      batch.learn(Arm(1), successes: saved, failures: lost, in: Context(cell: cell))
    }
    for (cell, saved, lost) in [(5, 7, 1), (0, 3, 5), (4, 0, 6)] {
      for _ in 0..<lost { single.learn(Arm(1), reward: 0, in: Context(cell: cell)) }
      for _ in 0..<saved { single.learn(Arm(1), reward: 1, in: Context(cell: cell)) }
    }
    #expect(
      ContextualSessions.distance(batch.coefficients(of: Arm(1)), single.coefficients(of: Arm(1)))
        < 1e-12)
  }

  // Algorithm 3 of Chapelle and Li by NumPy; obp for the means after a first batch.
  @Test(arguments: [1, 20])
  func theDiagonalForm(_ batchSize: Int) {
    var policy = DiagonalLogisticThompson(
      armCount: 3, features: features, prior: prior, batchSize: batchSize)
    sessions.teach(&policy)
    let reference = sessions.reference
    let expected = batchSize == 1 ? reference.diagonal1 : reference.diagonal20
    for arm in 0..<3 {
      let (means, precisions) = (
        policy.coefficients(of: Arm(arm)), policy.precisions(of: Arm(arm))
      )
      #expect(ContextualSessions.distance(means, expected.means[arm]) < 1e-11)
      #expect(ContextualSessions.distance(precisions, expected.precisions[arm]) < 1e-11)
    }
  }

  // obp stops its minimiser at about 1e-5.
  @Test func oneBatchAsByObp() {
    var policy = DiagonalLogisticThompson(
      armCount: 3, features: features, prior: prior, batchSize: 120)
    sessions.teach(&policy)
    for arm in 0..<3 {
      let found = policy.coefficients(of: Arm(arm))
      #expect(
        ContextualSessions.distance(found, sessions.reference.obp.logisticMeans[arm]) < 1e-4)
    }
  }

  /// Drawing whole vectors of coefficients by a Cholesky factor chooses as drawing the scores alone does.
  @Test func aWholeVectorChoosesByTheSameLaw() {
    let policy = thompson(refitGrowth: 0.1)
    let factors = (0..<3).map { lowerFactor(policy.precision(of: Arm($0))) }
    let draws = 40_000
    for cell in [1, 4] {
      let x = Array(features.row(Context(cell: cell)))
      var rng = Philox(StreamKey(seed: 9, purpose: .posterior, index: UInt64(cell)))
      var (whole, scores) = ([0.0, 0, 0], [0.0, 0, 0])
      for _ in 0..<draws {
        var best = (arm: 0, score: -Double.infinity)
        for arm in 0..<3 {
          // β = β̂ + L⁻ᵀz.
          var z = (0..<4).map { _ in StandardNormal.draw(using: &rng) }
          for row in (0..<4).reversed() {
            for later in row + 1..<4 { z[row] -= factors[arm][later][row] * z[later] }
            z[row] /= factors[arm][row][row]
          }
          var score = 0.0
          for (index, mode) in policy.coefficients(of: Arm(arm)).enumerated() {
            score += x[index] * (mode + z[index])
          }
          if score > best.score { best = (arm, score) }
        }
        whole[best.arm] += 1
        scores[policy.choose(in: Context(cell: cell), using: &rng).index] += 1
      }
      for (arm, p) in policy.propensities(in: Context(cell: cell)).enumerated() {
        let error = (p * (1 - p) / Double(draws)).squareRoot()
        #expect(abs(whole[arm] / Double(draws) - p) < 4 * error + 1e-12)
        #expect(abs(scores[arm] / Double(draws) - p) < 4 * error + 1e-12)
      }
    }
  }

  /// The rows of the factor `L` of a matrix `LLᵀ`.
  private func lowerFactor(_ matrix: Matrix) -> [[Double]] {
    var rows = Array(repeating: Array(repeating: 0.0, count: 4), count: 4)
    for row in 0..<4 {
      for column in 0...row {
        var rest = matrix[row, column]
        for earlier in 0..<column { rest -= rows[row][earlier] * rows[column][earlier] }
        rows[row][column] = row == column ? rest.squareRoot() : rest / rows[column][column]
      }
    }
    return rows
  }

  /// Log-odds far out, and rewards that leave nothing to doubt, stay numbers.
  @Test func extremesStayNumbers() throws {
    let features = try ContextFeatures(rows: [[1, 1e8], [1, -1e8], [1, 1e-8]])
    var full = LogisticThompson(
      armCount: 2, features: features, prior: CoefficientPrior(featureCount: 2, variance: 1e6))
    var diagonal = DiagonalLogisticThompson(
      armCount: 2, features: features, prior: CoefficientPrior(featureCount: 2, variance: 1e6))
    for step in 0..<200 {
      let context = Context(cell: step % 3)
      full.learn(Arm(step % 2), reward: Double(step % 2), in: context)
      diagonal.learn(Arm(step % 2), reward: Double(step % 2), in: context)
    }
    full.learn(Arm(0), successes: 1e12, failures: 0, in: Context(cell: 1))
    for cell in 0..<3 {
      for propensities in [
        full.propensities(in: Context(cell: cell)), diagonal.propensities(in: Context(cell: cell)),
      ] {
        #expect(propensities.allSatisfy { 0 <= $0 && $0 <= 1 })
        #expect(abs(propensities.reduce(0, +) - 1) < 1e-12)
      }
    }
  }
}
