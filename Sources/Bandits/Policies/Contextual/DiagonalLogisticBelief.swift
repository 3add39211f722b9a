/// Independent normal beliefs about the coefficients of a logistic regression.
struct DiagonalLogisticBelief: Hashable, Sendable {
  /// A session that was learnt.
  struct Session: Hashable, Sendable {
    let cell: Int
    let reward: Double
  }

  /// The means `m`.
  private(set) var means: [Double]
  /// The precisions `q`.
  private(set) var precisions: [Double]

  init(_ prior: CoefficientPrior) {
    (means, precisions) = (prior.means, prior.precisions)
  }

  /// The law of the log-odds `xᵀβ`.
  @inline(__always)
  func logOdds(_ x: Span<Double>) -> ScoreLaw {
    ScoreLaw(location: dot(x, means.span), scale: variance(x).squareRoot())
  }

  /// Takes the belief for a prior and moves to the mode after a batch; O(*p*) a session and pass.
  mutating func add(_ batch: [Session], features: ContextFeatures) {
    // 1. The means, each session's residual solved for in turn.
    var residuals = Array(repeating: 0.0, count: batch.count)
    for _ in 0..<1_000 {
      var moved = 0.0
      for (index, session) in batch.enumerated() {
        let x = features.values.span.extracting(features.indices(of: Context(cell: session.cell)))
        let spread = variance(x)
        let others = dot(x, means.span) - spread * residuals[index]
        let step = LogisticStep(
          successes: session.reward, failures: 1 - session.reward, logOdds: others,
          variance: spread)
        let change = step.move - residuals[index]
        residuals[index] = step.move
        for feature in x.indices { means[feature] += change * x[feature] / precisions[feature] }
        moved = max(moved, abs(change))
      }
      if batch.count <= 1 || moved < 1e-13 { break }
    }
    // 2. The precisions there, all of one mode.
    for session in batch {
      let x = features.values.span.extracting(features.indices(of: Context(cell: session.cell)))
      let (p, q) = logistic(dot(x, means.span))
      for feature in x.indices { precisions[feature] += x[feature] * x[feature] * p * q }
    }
  }

  /// The variance `Σ xⱼ²/qⱼ`.
  private func variance(_ x: Span<Double>) -> Double {
    var sum = 0.0
    for feature in x.indices { sum += x[feature] * x[feature] / precisions[feature] }
    return sum
  }
}
