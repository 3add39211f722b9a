package import Inference

/// The mean rewards of an arm and the baseline, inside and outside a rule, with the errors of
/// their contrasts.
///
/// Where every customer has one session, the variance of a mean is `s² / n`, and contrasts of the
/// four means add their variances (HC2 of the saturated regression). Where customers come back,
/// residuals are first summed by customer over all four cells, scaled so that single sessions give
/// the same again:
///
///     V = Σ_g (Σ_{i in g} ± (rᵢ − m) / √(n (n − 1)))²
///
/// Reference: MacKinnon and White (1985), *Journal of Econometrics* 29, 305–325; Liang and Zeger
/// (1986), *Biometrika* 73, 13–22.
package struct ArmContrast {
  /// One of the four cells.
  package struct Cell {
    /// The number of sessions.
    package var count = 0
    /// The sum of the rewards.
    package var sum = 0.0
    package var mean: Double { sum / Double(count) }
    /// The number of saved sessions, where rewards are 0 or 1.
    package var tally: Tally { Tally(successes: Int(sum), trials: count) }
  }

  /// Inside the arm and the baseline, then outside.
  package let cells: [Cell]
  /// The variances of the effect inside, of the effect outside, and of inside minus outside.
  package let variances: (inside: Double, outside: Double, interaction: Double)

  /// Measures an arm against a baseline; fails if a cell has fewer than two sessions.
  ///
  /// - Complexity: O(*n* + *G*) for *n* sessions of *G* customers.
  package init?(
    of data: SegmentData, inside: [Bool], arm: Int, baseline: Int, customers: CustomerIndex
  ) {
    let cells = Self.cells(of: data, inside: inside, arm: arm, baseline: baseline)
    guard cells.allSatisfy({ $0.count >= 2 }) else { return nil }
    let scale = cells.map { 1 / (Double($0.count) * Double($0.count - 1)).squareRoot() }
    let means = cells.map(\.mean)
    var (insideSums, outsideSums) = (customers.zeros, customers.zeros)
    for row in data.arms.indices {
      guard let cell = Self.cell(data.arms[row], inside[row], arm, baseline) else { continue }
      let sign = cell % 2 == 0 ? 1.0 : -1
      let residual = sign * (data.rewards[row] - means[cell]) * scale[cell]
      if cell < 2 {
        insideSums[customers.places[row]] += residual
      } else {
        outsideSums[customers.places[row]] += residual
      }
    }
    self.cells = cells
    var variances = (inside: 0.0, outside: 0.0, interaction: 0.0)
    for customer in insideSums.indices {
      let (a, b) = (insideSums[customer], outsideSums[customer])
      variances.inside += a * a
      variances.outside += b * b
      variances.interaction += (a - b) * (a - b)
    }
    self.variances = variances
  }

  /// The effect inside the rule.
  package var inside: Double { cells[0].mean - cells[1].mean }
  /// The effect outside.
  package var outside: Double { cells[2].mean - cells[3].mean }

  /// Counts and sums of the four cells.
  static func cells(
    of data: SegmentData, inside: [Bool], arm: Int, baseline: Int
  ) -> [Cell] {
    var cells = Array(repeating: Cell(), count: 4)
    for row in data.arms.indices {
      guard let cell = cell(data.arms[row], inside[row], arm, baseline) else { continue }
      cells[cell].count += 1
      cells[cell].sum += data.rewards[row]
    }
    return cells
  }

  private static func cell(_ code: Int32, _ inside: Bool, _ arm: Int, _ baseline: Int) -> Int? {
    if code == Int32(arm) { return inside ? 0 : 2 }
    if code == Int32(baseline) { return inside ? 1 : 3 }
    return nil
  }
}

/// The customers of some sessions, numbered in the order in which they first appear.
package struct CustomerIndex {
  /// The customer's number, a session.
  package let places: [Int]
  /// The number of customers.
  package let count: Int

  package init(_ units: [UInt64]) {
    var numbers: [UInt64: Int] = [:]
    places = units.map { unit in
      let next = numbers.count
      let place = numbers[unit] ?? next
      if place == next { numbers[unit] = next }
      return place
    }
    count = numbers.count
  }

  /// Whether some customer has several sessions.
  var hasRepeats: Bool { count < places.count }
  /// A sum of zero for each customer.
  var zeros: [Double] { Array(repeating: 0, count: count) }
}
