internal import LinearAlgebra
internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The test whether hazard ratios stay the same over time.
///
///     H₀: θ = 0        λ(t | x) = λ₀(t) exp(Σⱼ (βⱼ + θⱼ g(t)) xⱼ)
///
/// A score test at the fitted `β`, with `g` centred over the events: for each covariate, and for all
/// together. It is the correlation of the scaled Schoenfeld residuals with `g(t)`, with the exact
/// information in place of its mean.
///
/// Reference: Grambsch and Therneau (1994), *Biometrika* 81, 515–526.
public struct ProportionalHazardsTest: Hashable, Sendable {
  /// The function of time `g` against which effects may drift.
  public enum TimeScale: String, CaseIterable, Codable, Sendable {
    /// One minus the Kaplan–Meier estimate just before: robust against stragglers.
    case kaplanMeier
    /// Time itself.
    case identity
    /// Its logarithm; time zero is refused.
    case log
    /// The rank of the time among all sessions.
    case rank
  }

  /// The statistic of each covariate, chi-squared with one degree of freedom.
  public let chiSquared: [Double]
  /// The statistic of all covariates, chi-squared with as many degrees as there are.
  public let globalChiSquared: Double

  /// Tests the covariates of a fit.
  ///
  /// - Parameters:
  ///   - fit: The regression.
  ///   - data: Its data.
  ///   - scale: The function of time.
  /// - Throws: `notConverged` unless the fit converged, `invalidValue` if a time is zero and its logarithm
  ///   is asked for, `noVariation` if all events came at one time, `collinear` if too few times tell
  ///   the drifts apart.
  /// - Complexity: O(*n p*²).
  public init(
    _ fit: CoxFit, _ data: CoxData, scale: TimeScale = .kaplanMeier
  ) throws(InferenceError) {
    guard fit.status == .converged else { throw .notConverged }
    let g = try data.transformedTimes(scale)
    let order = fit.coefficients.count
    var sum = 0.0
    for (index, block) in data.blocks.enumerated() {
      sum += Double(block.eventCount) * g[index]
    }
    let mean = sum / Double(data.eventCount)
    // Times in the order of the terms.
    var times = data.blocks.indices.filter { data.blocks[$0].eventCount > 0 }.map { g[$0] - mean }
      .makeIterator()
    var information = Matrix(rows: 2 * order, columns: 2 * order)
    var score = Array(repeating: 0.0, count: order)
    CoxLikelihood(data: data, ties: fit.ties).forEachTerm(at: fit.coefficients) { term in
      guard let time = times.next() else { return }
      let share = Matrix(lowerTriangle: term.information, order: order)
      for row in 0..<order {
        score[row] += time * term.score[row]
        for column in 0..<order {
          information[row, column] += share[row, column]
          information[order + row, column] += time * share[row, column]
          information[row, order + column] += time * share[row, column]
          information[order + row, order + column] += time * time * share[row, column]
        }
      }
    }
    guard (0..<order).contains(where: { information[order + $0, order + $0] > 0 }) else {
      throw .noVariation
    }
    func statistic(_ tested: [Int]) throws(InferenceError) -> Double {
      let kept = Array(0..<order) + tested.map { order + $0 }
      guard let factor = Cholesky(information.restricted(to: kept)) else { throw .collinear }
      let u = Array(repeating: 0, count: order) + tested.map { score[$0] }
      return dot(u, factor.solve(u))
    }
    var statistics: [Double] = []
    for column in 0..<order { statistics.append(try statistic([column])) }
    chiSquared = statistics
    globalChiSquared = try statistic(Array(0..<order))
  }

  /// The p-value of each covariate.
  public var pValues: [Double] {
    chiSquared.map(ChiSquaredDistribution(degreesOfFreedom: 1).survival)
  }

  /// The p-value of all covariates together.
  public var globalPValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(chiSquared.count)).survival(globalChiSquared)
  }
}

extension CoxData {
  /// The function of time at each block.
  fileprivate func transformedTimes(
    _ scale: ProportionalHazardsTest.TimeScale
  ) throws(InferenceError) -> [Double] {
    switch scale {
    case .identity: return blocks.map(\.time)
    case .log:
      guard blocks.allSatisfy({ $0.time > 0 }) else { throw .invalidValue(arm: 0, value: 0) }
      return blocks.map { log($0.time) }
    case .kaplanMeier:
      let curve = try KaplanMeier(table)
      return blocks.map { 1 - curve.survival(before: $0.time) }
    case .rank:
      var ranks: [Double: Double] = [:]
      var before = 0.0
      for row in table.rows {
        let here = Double(row.events + row.censored)
        ranks[row.time] = before + (here + 1) / 2
        before += here
      }
      return blocks.map { ranks[$0.time] ?? 0 }
    }
  }

  /// All sessions, whatever their stratum.
  private var table: LifeTable {
    var strata = Array(repeating: LifeTable(), count: strataCount)
    // From the shortest watch, so that each row is put at the end.
    for block in blocks.reversed() {
      strata[block.stratum].add(
        duration: block.time, events: block.eventCount,
        censored: Int(block.censored.reduce(0) { $0 + weights[$1] }))
    }
    return LifeTable(merging: strata)
  }
}

extension Matrix {
  /// The rows and columns of some indices.
  fileprivate func restricted(to indices: [Int]) -> Matrix {
    var part = Matrix(rows: indices.count, columns: indices.count)
    for (row, from) in indices.enumerated() {
      for (column, other) in indices.enumerated() { part[row, column] = self[from, other] }
    }
    return part
  }
}
