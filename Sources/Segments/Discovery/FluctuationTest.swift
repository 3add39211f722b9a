internal import LinearAlgebra
internal import Probability

/// A test that the parameters of a model do not change along a covariate.
///
///     W(t) = J^{−½} Σ_{i ≤ tn} ψ_{(i)} / √n        J = Σ ψᵢψᵢᵀ / n
///     number:   sup over a middle part of t of ‖W(t)‖² / (t(1 − t))
///     category: Σ_levels ‖ΔW‖² / share, chi-squared with k (levels − 1) degrees of freedom
///
/// `ψ` are the scores of the fitted model, session by session, which sum to zero. For a number the
/// p-value is that of the supremum of a squared tied-down Bessel process, exact for many sessions;
/// partykit interpolates Hansen's simulated table instead. Sessions in which the covariate is missing
/// are left out.
///
/// References: Zeileis and Hornik (2007), *Statistica Neerlandica* 61, 488–508; Andrews (1993),
/// *Econometrica* 61, 821–856; DeLong (1981), *Communications in Statistics A* 10, 2197–2213.
public struct FluctuationTest: Hashable, Sendable {
  /// The name of the covariate.
  public let covariate: String
  /// The statistic; 0 if nothing can be compared.
  public let statistic: Double
  /// The probability of a statistic at least as great if parameters are constant; nil if nothing
  /// can be compared.
  public let pValue: Double?

  /// What is done where sessions have one value of a number.
  public enum Ties: Hashable, Sendable {
    /// The process is read between distinct values alone; the order of the log plays no role.
    case together
    /// The process is read after every session, ties in the order of the log, as partykit does.
    case inOrder
  }

  /// Tests one covariate.
  ///
  /// - Parameters:
  ///   - scores: The scores of the model, session after session.
  ///   - width: The number of parameters.
  ///   - covariate: The covariate of the same sessions.
  ///   - trim: The share of sessions on either side at which the process is not read.
  ///   - minimumSessions: The least number of sessions on either side.
  ///   - ties: What is done with ties.
  /// - Complexity: O(*n* log *n* + *nk²*).
  init(
    scores: [Double], width: Int, _ covariate: Covariate, trim: Double, minimumSessions: Int,
    ties: Ties
  ) {
    self.covariate = covariate.name
    let sessions = covariate.count
    var information = Matrix(rows: width, columns: width)
    for row in 0..<sessions {
      information.addOuterProduct(Array(scores[(row * width)..<((row + 1) * width)]))
    }
    guard sessions > 0, let factor = Cholesky(information) else {
      (statistic, pValue) = (0, nil)
      return
    }
    let process = Process(scores: scores, width: width, factor: factor)
    switch covariate.column {
    case .category(let codes, let levels):
      (statistic, pValue) = process.categories(codes, levels: levels.count)
    case .number(let values, let isPresent):
      let rows = (0..<sessions).filter { isPresent[$0] }
      let sorted = rows.sorted { (values[$0], $0) < (values[$1], $1) }
      (statistic, pValue) = process.numbers(
        sorted, values, trim: trim, minimumSessions: minimumSessions, ties: ties)
    }
  }
}

/// The cumulated scores in units of their own spread.
private struct Process {
  let scores: [Double]
  let width: Int
  let factor: Cholesky

  /// `‖J^{−½} s‖²/n` of a sum of scores.
  func size(_ sum: [Double]) -> Double {
    factor.solveLower(sum).reduce(0) { $0 + $1 * $1 }
  }

  func categories(_ codes: [Int32], levels: Int) -> (Double, Double?) {
    var counts = Array(repeating: 0.0, count: levels)
    var sums = Array(repeating: Array(repeating: 0.0, count: width), count: levels)
    for (row, code) in codes.enumerated() where code >= 0 {
      counts[Int(code)] += 1
      for column in 0..<width { sums[Int(code)][column] += scores[row * width + column] }
    }
    let used = counts.indices.filter { counts[$0] > 0 }
    guard used.count > 1 else { return (0, nil) }
    let total = counts.reduce(0, +)
    let statistic = used.reduce(0) { $0 + size(sums[$1]) / (counts[$1] / total) }
    let degrees = Double(width * (used.count - 1))
    return (statistic, ChiSquaredDistribution(degreesOfFreedom: degrees).survival(statistic))
  }

  func numbers(
    _ sorted: [Int], _ values: [Double], trim: Double, minimumSessions: Int,
    ties: FluctuationTest.Ties
  ) -> (Double, Double?) {
    let count = sorted.count
    let from = max(Int((Double(count) * trim).rounded(.up)), minimumSessions)
    let to = count - from
    guard from > 0, from < to else { return (0, nil) }
    var sum = Array(repeating: 0.0, count: width)
    var (greatest, isRead) = (0.0, false)
    for (index, row) in sorted.enumerated() {
      for column in 0..<width { sum[column] += scores[row * width + column] }
      let seen = index + 1
      guard from <= seen, seen <= to else { continue }
      if ties == .together, values[sorted[index + 1]] == values[row] { continue }
      let t = Double(seen) / Double(count)
      greatest = max(greatest, size(sum) / (t * (1 - t)))
      isRead = true
    }
    guard isRead else { return (0, nil) }
    let (n, a, b) = (Double(count), Double(from), Double(to))
    let lambda = (n - a) * b / (a * (n - b))
    return (
      greatest, BesselSupremum(parameters: width, lambda: lambda).survival(greatest)
    )
  }
}
