import Foundation
import LinearAlgebra
import Probability
import Segments
import Testing

/// References: the identities of Barber and Candès (2015), section 2.1, and simulation.
@Suite("Fixed knockoffs")
struct FixedKnockoffTests {
  /// `X̃ᵀX̃ = XᵀX` and `XᵀX̃ = XᵀX − s diag(XᵀX)`, of centred columns; separation is `2 λ_min`, by hand.
  @Test(arguments: [0.0, 0.6])
  func swapsChangeNoProduct(correlation: Double) throws {
    let x = Self.centred(SelectionTests.normals(60, 3, correlation: correlation, seed: 9))
    let knockoffs = try FixedKnockoffs(x, seed: 4)
    let (all, s) = (Self.centred(knockoffs.augmented), knockoffs.separation)
    let gram = all.weightedGram(Array(repeating: 1, count: 60))
    for i in 0..<3 {
      #expect(knockoffs.augmented.column(i) == x.column(i))
      for j in 0..<3 {
        let unit = (gram[i, i] * gram[j, j]).squareRoot()
        #expect(abs(gram[3 + i, 3 + j] - gram[i, j]) < 1e-13 * unit)
        let crossed = gram[i, j] - (i == j ? s * gram[i, i] : 0)
        #expect(abs(gram[i, 3 + j] - crossed) < 1e-13 * unit)
      }
    }
    // The least root of the characteristic cubic of the correlations, by Newton from below.
    let r = (gram[0, 1], gram[0, 2], gram[1, 2])
    let d = (gram[0, 0].squareRoot(), gram[1, 1].squareRoot(), gram[2, 2].squareRoot())
    let (a, b, c) = (r.0 / d.0 / d.1, r.1 / d.0 / d.2, r.2 / d.1 / d.2)
    var t = 0.0
    for _ in 0..<100 {
      let u = 1 - t
      t +=
        (u * u * u - u * (a * a + b * b + c * c) + 2 * a * b * c)
        / (3 * u * u - (a * a + b * b + c * c))
    }
    let greatest = min(1, 2 * t)
    #expect(s <= greatest && s >= 0.9989 * greatest)
  }

  /// Knockoffs depend on the seed alone, and have the means of their columns.
  @Test func knockoffsAreReproducible() throws {
    let x = SelectionTests.normals(50, 4, correlation: 0.3, seed: 2)
    let (first, again, other) = (
      try FixedKnockoffs(x, seed: 1), try FixedKnockoffs(x, seed: 1), try FixedKnockoffs(x, seed: 2)
    )
    #expect(first == again)
    #expect(first.augmented.column(4) != other.augmented.column(4))
    for j in 0..<4 {
      let (own, knockoff) = (first.augmented.column(j), first.augmented.column(4 + j))
      #expect(abs(own.reduce(0, +) - knockoff.reduce(0, +)) < 1e-11)
    }
  }

  @Test func rowsMustSufficeAndColumnsVary() {
    let column = (0..<20).map { sin(Double($0)) }
    #expect(throws: FitError.singularInformation(iteration: 0)) {
      try FixedKnockoffs(DenseMatrix(columns: [column, column]), seed: 1)
    }
    #expect(throws: FitError.singularInformation(iteration: 0)) {
      try FixedKnockoffs(DenseMatrix(columns: [column.map { _ in 1 }]), seed: 1)
    }
    #expect(throws: FitError.tooFewRows(rows: 4, columns: 5)) {
      try FixedKnockoffs(DenseMatrix(columns: [[1, 2, 4, 3], [0, 1, 0, 1]]), seed: 1)
    }
  }

  /// By hand: products with the centred outcome, of columns of length 1.
  @Test func marginalStatisticsAreDifferencesOfProducts() {
    let x = DenseMatrix(columns: [[1, 2, 3, 4], [5, 5, 7, 7], [4, 1, 2, 3], [9, 7, 9, 7]])
    let w = KnockoffFilter.marginalStatistics(of: x, [1, 3, 5, 7])
    // Products 10 and 8 against −2 and −4, of standard deviations √1.25, 1, √1.25 and 1.
    #expect(w.count == 2)
    #expect(abs(w[0] - (10 - 2) / 1.25.squareRoot()) < 1e-12)
    #expect(abs(w[1] - (8 - 4)) < 1e-12)
  }

  /// 200 sessions, 40 columns whose first 10 matter: over 200 worlds knockoff+ at 0.2 keeps the rate of
  /// false discoveries below 0.2 plus three standard errors for both statistics, and finds more than half.
  @Test func falseDiscoveriesAreFew() throws {
    let worlds = 200
    var (shares, found) = ([[Double]](repeating: [], count: 2), [0.0, 0])
    let x = SelectionTests.normals(200, 40, correlation: 0.3, seed: 77)
    for world in 0..<worlds {
      let y = SelectionTests.outcomes(
        x, effects: Array(repeating: 1, count: 10), seed: UInt64(world))
      let knockoffs = try FixedKnockoffs(x, seed: UInt64(world))
      var net = ElasticNet()
      (net.lambdaRatio, net.tolerance, net.lambdaCount) = (0.05, 1e-5, 60)
      let path = try net.fit(knockoffs.augmented, PenalizedResponse(.leastSquares, y))
      for (place, w) in [
        KnockoffFilter.entryStatistics(of: path),
        KnockoffFilter.marginalStatistics(of: knockoffs.augmented, y),
      ].enumerated() {
        let selected = KnockoffFilter.selected(w, rate: 0.2)
        let wrong = selected.count { $0 >= 10 }
        shares[place].append(Double(wrong) / Double(max(1, selected.count)))
        found[place] += Double(selected.count - wrong) / 10
      }
    }
    for (place, shares) in shares.enumerated() {
      let mean = shares.reduce(0, +) / Double(worlds)
      let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(worlds - 1)
      let error = (variance / Double(worlds)).squareRoot()
      #expect(mean <= 0.2 + 3 * error, "statistic \(place): rate \(mean), standard error \(error)")
      #expect(found[place] / Double(worlds) > 0.5, "power \(found[place] / Double(worlds))")
    }
  }

  private static func centred(_ x: DenseMatrix) -> DenseMatrix {
    DenseMatrix(
      columns: (0..<x.columnCount).map { j in
        let column = x.column(j)
        let mean = column.reduce(0, +) / Double(column.count)
        return column.map { $0 - mean }
      })
  }
}
