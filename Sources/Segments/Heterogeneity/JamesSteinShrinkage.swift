public import Inference

/// Efron and Morris' form of the James–Stein estimator: many means of one variance, drawn towards their
/// average.
///
///     c = 1 − (k − 3) σ² / Σ (yᵢ − ȳ)²      θ̂ᵢ = ȳ + c (yᵢ − ȳ)
///
/// With four means or more the sum of squared errors is expected to fall below that of the means
/// themselves, whatever the truth. Estimates of unequal variance belong to `NormalShrinkage`.
///
/// References: James and Stein (1961), *Fourth Berkeley Symposium* 1, 361–379; Efron and Morris (1977),
/// *Scientific American* 236 (5), 119–127.
public struct JamesSteinShrinkage: Hashable, Sendable {
  /// The average `ȳ`.
  public let mean: Double
  /// The factor `c` on the distance from the average, at least zero.
  public let factor: Double
  /// The shrunken means `θ̂`, in the order given.
  public let estimates: [Double]

  /// Shrinks means.
  ///
  /// - Parameters:
  ///   - means: The means `y`, finite.
  ///   - variance: The variance `σ²` of each, positive.
  /// - Throws: `tooFewGroups` below four means.
  public init(_ means: [Double], variance: Double) throws(InferenceError) {
    precondition(means.allSatisfy(\.isFinite), "a mean is finite")
    precondition(variance > 0 && variance.isFinite, "a variance is positive")
    guard means.count >= 4 else { throw .tooFewGroups(count: means.count, needed: 4) }
    let mean = means.reduce(0) { $0 + $1 / Double(means.count) }
    let spread = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Below zero the average is passed; stopping there is better still (Baranchik 1964).
    let factor = spread > 0 ? max(0, 1 - Double(means.count - 3) * variance / spread) : 0
    self.mean = mean
    self.factor = factor
    estimates = means.map { mean + factor * ($0 - mean) }
  }
}
