import Foundation
import LinearAlgebra
import Probability
import Segments
import Testing

@Suite("Stability selection and knockoffs")
struct SelectionTests {
  /// Meinshausen and Bühlmann (2010), theorem 1, by segments.json.
  @Test func errorBoundIsThePublishedOne() throws {
    let reference = try SegmentCases.named("stability-selection-bound")
    let q = Int(try reference.inputs.value("q").number())
    let p = Int(try reference.inputs.value("p").number())
    let bounds = try reference.expected.value("EV_bound").numbers()
    for (threshold, bound) in zip(try reference.inputs.value("pi_thr").numbers(), bounds) {
      let ours = StabilitySelection.errorBound(selectionSize: q, columns: p, threshold: threshold)
      #expect(abs(ours - bound) <= (try reference.relativeTolerance()) * bound)
    }
  }

  /// By hand from equations 1.8 and 1.9 of Barber and Candès (2015). At t = 1 the ratios are 3/5 and 2/5, at
  /// 2 they are 2/4 and 1/4, at 3 they are 1/4 and 0; above, knockoff+ has 1/3, 1/2 and 1.
  @Test(arguments: [
    (0.2, 1, Double.infinity), (0.25, 1, 3), (0.35, 1, 3), (0.5, 1, 2), (0.6, 1, 1), (0.2, 0, 3),
    (0.25, 0, 2), (0.4, 0, 1),
  ])
  func thresholdIsThePublishedOne(rate: Double, offset: Int, expected: Double) {
    let statistics = [6.0, 5, 4, 3, 1, -1, -2, 0]
    #expect(KnockoffFilter.threshold(statistics, rate: rate, offset: offset) == expected)
    let selected = KnockoffFilter.selected(statistics, rate: rate, offset: offset)
    #expect(selected == statistics.indices.filter { statistics[$0] >= expected })
  }

  /// What is published of the copies' law: cov(x̃) = Σ and cov(x, x̃) = Σ − D, to within six standard errors.
  @Test func knockoffsHaveTheMomentsOfTheirColumns() throws {
    let n = 20_000
    let x = Self.normals(n, 3, correlation: 0.6, seed: 5)
    let knockoffs = try GaussianKnockoffs(x, seed: 1)
    let all = knockoffs.augmented
    let moments = all.columnMoments(weights: Array(repeating: 1, count: n))
    let gram = all.weightedGram(Array(repeating: 1 / Double(n), count: n))
    func correlation(_ i: Int, _ j: Int) -> Double {
      (gram[i, j] - moments.means[i] * moments.means[j])
        / (moments.deviations[i] * moments.deviations[j])
    }
    let error = 6 / Double(n).squareRoot()
    for i in 0..<3 {
      for j in 0..<3 {
        #expect(abs(correlation(3 + i, 3 + j) - correlation(i, j)) < error)
        let expected = i == j ? 1 - knockoffs.separation : correlation(i, j)
        #expect(abs(correlation(i, 3 + j) - expected) < error)
      }
    }
    // 2 λ_min of the correlations 0.6, 0.6 and 0.36.
    let least = 2 * (1.18 - (0.18 * 0.18 + 2 * 0.36).squareRoot())
    #expect(abs(knockoffs.separation - least) < 0.03)
  }

  @Test func collinearColumnsHaveNoKnockoffs() {
    let column = (0..<20).map { sin(Double($0)) }
    #expect(throws: FitError.singularInformation(iteration: 0)) {
      try GaussianKnockoffs(DenseMatrix(columns: [column, column]), seed: 1)
    }
  }

  /// 200 sessions, 40 columns of which 10 matter: over 60 worlds knockoff+ at 0.2 keeps the rate of false
  /// discoveries below 0.2 plus three standard errors, and finds more than half.
  @Test func falseDiscoveriesOfKnockoffsAreFew() throws {
    var (shares, found) = ([Double](), 0.0)
    let worlds = 60
    for world in 0..<worlds {
      let x = Self.normals(200, 40, correlation: 0.3, seed: UInt64(100 + world))
      let y = Self.outcomes(x, effects: Array(repeating: 1, count: 10), seed: UInt64(world))
      let knockoffs = try GaussianKnockoffs(x, seed: UInt64(world))
      var net = ElasticNet()
      (net.lambdaRatio, net.tolerance) = (0.02, 1e-5)
      let path = try net.fit(knockoffs.augmented, PenalizedResponse(.leastSquares, y))
      let selected = KnockoffFilter.selected(
        KnockoffFilter.entryStatistics(of: path), rate: 0.2)
      let wrong = selected.count { $0 >= 10 }
      shares.append(Double(wrong) / Double(max(1, selected.count)))
      found += Double(selected.count - wrong) / 10
    }
    let mean = shares.reduce(0, +) / Double(worlds)
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(worlds - 1)
    let error = (variance / Double(worlds)).squareRoot()
    #expect(mean <= 0.2 + 3 * error, "rate \(mean), standard error \(error)")
    #expect(found / Double(worlds) > 0.5, "power \(found / Double(worlds))")
  }

  /// 40 columns of which 4 matter: they are found, and over 10 worlds no more others than the bound allows.
  @Test func stableColumnsAreThoseThatMatter() throws {
    var (right, wrong) = (0, 0)
    for world in 0..<10 {
      let x = Self.normals(300, 40, correlation: 0.3, seed: UInt64(500 + world))
      let y = Self.outcomes(x, effects: [1, 1, 1, 1], seed: UInt64(world)).map { $0 > 0 ? 1.0 : 0 }
      var net = ElasticNet()
      (net.lambdaRatio, net.tolerance) = (0.01, 1e-5)
      let selection = try StabilitySelection(
        net, x, PenalizedResponse(.logistic, y), units: (0..<300).map { UInt64($0) },
        selectionSize: 6, pairCount: 10, seed: UInt64(world))
      let selected = selection.selected(threshold: 0.8)
      right += selected.count { $0 < 4 }
      wrong += selected.count { $0 >= 4 }
    }
    #expect(right >= 38)
    // The bound is 36 / (0.6 · 40) = 1.5 a world.
    #expect(wrong <= 15)
  }

  /// Columns of a first-order autoregression.
  static func normals(
    _ rows: Int, _ columns: Int, correlation: Double, seed: UInt64
  ) -> DenseMatrix {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var elements: [Double] = []
    for _ in 0..<rows {
      var last = 0.0
      for column in 0..<columns {
        let z = StandardNormal.draw(using: &rng)
        last =
          column == 0 ? z : correlation * last + (1 - correlation * correlation).squareRoot() * z
        elements.append(last)
      }
    }
    return DenseMatrix(rows: rows, columns: columns, elements: elements)
  }

  /// A linear model of the first columns and a noise of standard deviation 2.
  static func outcomes(
    _ x: DenseMatrix, effects: [Double], seed: UInt64
  ) -> [Double] {
    var rng = Philox(StreamKey(seed: seed, purpose: .generation))
    let padded = effects + Array(repeating: 0, count: x.columnCount - effects.count)
    return x.multiplied(by: padded).map { $0 + 2 * StandardNormal.draw(using: &rng) }
  }
}
