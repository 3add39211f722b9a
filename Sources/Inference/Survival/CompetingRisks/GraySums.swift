internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The scores of Gray's test in one stratum, and their covariance.
///
/// The score of arm `i` is a sum over arms `r` of martingale integrals, whose integrands at time `t` are
///
///     aᵢᵣ(t) + g(t)(cᵢᵣ(∞) − cᵢᵣ(t))     for events of the cause,    g = 1 − (1 − F̂(t))/Ŝᵣ(t)
///     h(t)(cᵢᵣ(∞) − cᵢᵣ(t))              for events of the others,   h = (1 − F̂(t))/Ŝᵣ(t)
///     aᵢᵣ = w hᵢ(δᵢᵣ − hᵣ/h)    hᵣ = nᵣ/Ŝᵣ(t−)    h = Σ hᵣ    cᵢᵣ(t) = Σ_{u ≤ t} aᵢᵣ dF̂/(1 − F̂(u−))
///
/// Their variance adds up over times and arms. As `c(∞)` is known only at the end, the integrands are
/// kept, and the sum is taken in a second pass.
///
/// Reference: Gray (1988), *Annals of Statistics* 16, 1141–1154, section 2; the form for ties is that
/// of Gray's cmprsk.
struct GraySums {
  private(set) var score: [Double]
  private(set) var covariance: Matrix

  /// The integrand of one kind of events in one arm at one time: `fixed + slope (c(∞) − c)`.
  private struct Integrand {
    let arm: Int
    let slope: Double
    let fixed: [Double]
    let compensator: [Double]
    /// The variance of the martingale's jump.
    let variance: Double
  }

  init(_ arms: [CompetingRiskTable], cause: Int, rho: Double) {
    let count = arms.count
    score = Array(repeating: 0, count: count)
    covariance = Matrix(rows: count, columns: count)
    // Own events of each arm, then those of other causes: one walk, in step.
    var cursor = RiskSetCursor(
      arms.map { $0.lifeTable(of: cause) } + arms.map { $0.lifeTable(exceptOf: cause) })
    let zero = Array(repeating: 0.0, count: count)
    var survival = Array(repeating: 1.0, count: count)
    var incidence = zero
    var pooled = 0.0
    var compensator = Array(repeating: zero, count: count)
    var integrands: [Integrand] = []
    while cursor.advance() {
      let own = cursor.events[..<count].reduce(0, +)
      guard cursor.events.contains(where: { $0 > 0 }) else { continue }
      let present = (0..<count).filter { cursor.atRisk[$0] > 0 }
      let before = survival
      var (risk, adjusted) = (zero, zero)
      for arm in present {
        let n = Double(cursor.atRisk[arm])
        risk[arm] = n / before[arm]
        adjusted[arm] = n * (1 - incidence[arm]) / before[arm]
        let d = cursor.events[arm]
        survival[arm] *= Double(cursor.atRisk[arm] - d - cursor.events[count + arm]) / n
        incidence[arm] += before[arm] * Double(d) / n
      }
      let (total, adjustedTotal) = (risk.reduce(0, +), adjusted.reduce(0, +))
      let d = Double(own)
      let weight = pow(1 - pooled, rho)
      let hazard = own > 0 ? d / (total * (1 - pooled)) : 0
      pooled += d / total
      for arm in present {
        // Column `arm` of a, and of c.
        let column = (0..<count).map { row in
          weight * risk[row] * ((row == arm ? 1 : 0) - risk[arm] / total)
        }
        for row in 0..<count { compensator[arm][row] += column[row] * hazard }
        let n = Double(cursor.atRisk[arm])
        if own > 0 {
          score[arm] += weight * (Double(cursor.events[arm]) - d * adjusted[arm] / adjustedTotal)
          let ties = own > 1 ? max(0, 1 - (d - 1) / (total * before[arm] - 1)) : 1
          integrands.append(
            Integrand(
              arm: arm, slope: survival[arm] > 0 ? 1 - (1 - pooled) / survival[arm] : 1,
              fixed: column, compensator: compensator[arm],
              variance: ties * before[arm] * d / (total * n)))
        }
        let others = Double(cursor.events[count + arm])
        if others > 0, survival[arm] > 0 {
          let ties = others > 1 ? 1 - (others - 1) / (n - 1) : 1
          integrands.append(
            Integrand(
              arm: arm, slope: (1 - pooled) / survival[arm], fixed: zero,
              compensator: compensator[arm],
              variance: ties * before[arm] * before[arm] * others / (n * n)))
        }
      }
    }
    for part in integrands {
      let values = (0..<count).map { row in
        part.fixed[row] + part.slope * (compensator[part.arm][row] - part.compensator[row])
      }
      for row in 0..<count {
        for column in 0..<count {
          covariance[row, column] += part.variance * values[row] * values[column]
        }
      }
    }
  }
}
