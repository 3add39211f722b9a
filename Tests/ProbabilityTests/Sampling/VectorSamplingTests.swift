import Foundation
import Probability
import Testing

/// Samplers of vectors and of categories. False-alarm rates are 1e-6 a check; seeds are fixed.
struct VectorSamplingTests {
  static let count = 300_000

  @Test func categoriesFollowTheirWeights() {
    let weights = [3, 0, 0.5, 1e-3, 10, 0, 1]
    let law = CategoricalDistribution(weights: weights)
    let drawn = filled(Self.count, seed: 1) { law.fill(&$0, using: &$1) }
    let total = weights.reduce(0, +)
    let masses = weights.map { $0 / total }
    #expect(!drawn.contains(1) && !drawn.contains(5))
    #expect(chiSquaredOverBound(drawn, from: 0, masses: masses) < 1)
    var rng = Philox(StreamKey(seed: 2, purpose: .posterior))
    let singly = (0..<Self.count).map { _ in law.draw(using: &rng) }
    #expect(chiSquaredOverBound(singly, from: 0, masses: masses) < 1)
  }

  @Test(arguments: [[1.0], [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [0, 1e-300, 0]])
  func extremeWeightsAreDrawn(weights: [Double]) {
    let law = CategoricalDistribution(weights: weights)
    var rng = Philox(StreamKey(seed: 2, purpose: .posterior))
    for _ in 0..<1_000 { #expect(weights[law.drawIndex(using: &rng)] > 0) }
  }

  // A component of a Dirichlet vector is a beta variable.
  @Test(arguments: [[1.0, 2, 3], [0.1, 0.2, 30], [1e7, 3e7]])
  func dirichletComponentsAreBeta(shapes: [Double]) {
    let width = shapes.count
    let draws = filled(Self.count * width, seed: 3) {
      DirichletDistribution(concentrations: shapes).fill(&$0, using: &$1)
    }
    for row in 0..<1_000 {
      let sum = draws[row * width..<(row + 1) * width].reduce(0, +)
      #expect(abs(sum - 1) < 1e-14)
    }
    for component in 0..<width where width > 1 {
      let rest = shapes.reduce(0, +) - shapes[component]
      let law = BetaDistribution(alpha: shapes[component], beta: rest)
      let column = stride(from: component, to: draws.count, by: width).map { draws[$0] }
      #expect(distanceOverBound(column, law.cdf) < 1)
    }
  }

  @Test func tinyDirichletShapesLeaveOneComponent() {
    let draws = filled(3_000, seed: 4) {
      DirichletDistribution(concentrations: [1e-6, 1e-6, 1e-6]).fill(&$0, using: &$1)
    }
    for row in 0..<1_000 {
      let vector = draws[3 * row..<3 * row + 3]
      #expect(vector.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(vector.reduce(0, +) - 1) < 1e-14)
    }
  }

  // Any projection of a normal vector is normal: here x, y, and x − y, whose variances are 4, 10, 8
  // under the covariance [[4, 3], [3, 10]].
  @Test func projectionsOfNormalVectorsAreNormal() {
    let sampler = MultivariateNormalDistribution(
      mean: [1, -2], factor: [2, 1.5, (10 - 2.25).squareRoot()])
    let draws = filled(2 * Self.count, seed: 5) { sampler.fill(&$0, using: &$1) }
    let projections: [(x: Double, y: Double, variance: Double)] = [
      (1, 0, 4), (0, 1, 10), (1, -1, 8),
    ]
    for (x, y, variance) in projections {
      let law = NormalDistribution(
        mean: x - 2 * y, standardDeviation: variance.squareRoot())
      let projected = (0..<Self.count).map { x * draws[2 * $0] + y * draws[2 * $0 + 1] }
      #expect(distanceOverBound(projected, law.cdf) < 1)
    }
  }

  @Test func greatestDrawsFollowTheProbabilitiesOfBest() {
    let posteriors = [(1.0, 1.0), (3, 4), (12, 10), (120, 118), (1, 2), (40, 30)].map {
      BetaDistribution(alpha: $0.0, beta: $0.1)
    }
    let samplers = posteriors.map(BetaSampler.init)
    var rng = Philox(StreamKey(seed: 6, purpose: .policy))
    let choices = (0..<Self.count).map { _ in
      Double(BetaSampler.greatestDraw(of: samplers.span, using: &rng))
    }
    let masses = BetaComparison.probabilitiesOfBest(posteriors)
    #expect(chiSquaredOverBound(choices, from: 0, masses: masses) < 1)
  }
}
