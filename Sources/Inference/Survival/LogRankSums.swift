internal import LinearAlgebra

/// The sums behind every log-rank test of `k` arms, over one or more strata.
///
/// At each time of events, `d` of `n` sessions have it; of arm `j`, `dⱼ` of `nⱼ`. Given the margins,
/// `dⱼ` is hypergeometric with mean `d nⱼ/n` and covariance `v (nⱼ/n)(δⱼₗ − nₗ/n)`, where
/// `v = d (n − d)/(n − 1)`; with the weight `w` of the time,
///
///     Uⱼ = Σ w (dⱼ − d nⱼ/n)        Vⱼₗ = Σ w² v (nⱼ/n)(δⱼₗ − nₗ/n)
struct LogRankSums {
  /// The number of events of each arm.
  private(set) var observed: [Int]
  /// The number expected were all hazards alike, `Σ d nⱼ/n`.
  private(set) var expected: [Double]
  /// The scores `U`.
  private(set) var scores: [Double]
  /// The covariance `V` of the scores, both triangles.
  private(set) var covariance: Matrix
  /// `Σ w v (n₁/n)(1 − n₁/n)` of arm 1: the score that a log hazard ratio of one would bring.
  private(set) var slope = 0.0

  /// Sums over strata, each with the same arms in the same order.
  ///
  /// - Complexity: O(*k*²) for each distinct time of a stratum.
  init(strata: [[LifeTable]], weight: LogRankWeight) {
    let arms = strata.first?.count ?? 0
    precondition(strata.allSatisfy { $0.count == arms }, "every stratum has the same arms")
    observed = Array(repeating: 0, count: arms)
    expected = Array(repeating: 0, count: arms)
    scores = expected
    covariance = Matrix(rows: arms, columns: arms)
    for tables in strata { add(tables, weight) }
  }

  private mutating func add(_ tables: [LifeTable], _ weight: LogRankWeight) {
    var cursor = RiskSetCursor(tables)
    var (survival, petoSurvival) = (1.0, 1.0)
    while cursor.advance() {
      let total = cursor.events.reduce(0, +)
      guard total > 0 else { continue }
      let (n, d) = (Double(cursor.atRisk.reduce(0, +)), Double(total))
      petoSurvival *= 1 - d / (n + 1)
      let w = weight.value(
        atRisk: n, survivalBefore: survival, petoSurvival: petoSurvival)
      survival *= (n - d) / n
      let v = n > 1 ? d * (n - d) / (n - 1) : 0
      for arm in scores.indices {
        let share = Double(cursor.atRisk[arm]) / n
        observed[arm] += cursor.events[arm]
        expected[arm] += d * share
        scores[arm] += w * (Double(cursor.events[arm]) - d * share)
        for other in scores.indices where other != arm {
          let product = v * share * (Double(cursor.atRisk[other]) / n)
          covariance[arm, other] -= w * w * product
          covariance[arm, arm] += w * w * product
          if arm == 1 { slope += w * product }
        }
      }
    }
  }
}
