import Bandits
import Inference

/// How estimators fare in the experiment of Hadad et al. (2021), T = 1,000, at a nominal level of 90 %.
///
/// Beside each figure stands that of the authors' own code (gsbDBI/adaptive-confidence-intervals at 5c2057b),
/// 1,000 replications. Of these, two stand three standard errors from ours: the bias of arm 3 at low SNR and the
/// coverage of arm 2 by two-point weights at high SNR. `Reference/hadad.py` (NumPy 2.4.6, 4,000 replications of
/// the published design) is on our side: −0.0065 ± 0.0007 and 0.879 ± 0.005.
struct HadadStudy {
  /// One estimator in one design: the figures of the authors, by arm and by contrast of the last arm with
  /// the others, as their code has it.
  struct Reference: Sendable {
    let design: String
    let means: [Double]
    let estimator: any AdaptiveEstimator
    let bias: [Double]
    let armCoverage: [Double]
    let contrastCoverage: [Double]
  }

  static let twoPoint = AdaptiveAIPW(weights: .twoPointAllocation(HadadDesign.floor))

  static let references = [
    Reference(
      design: "no signal", means: [1, 1, 1], estimator: SampleMeans(),
      bias: [-0.031, -0.035, -0.036], armCoverage: [0.851, 0.833, 0.827],
      contrastCoverage: [0.799, 0.787]),
    Reference(
      design: "no signal", means: [1, 1, 1], estimator: AdaptiveAIPW(weights: .uniform),
      bias: [0.008, -0.006, 0.002], armCoverage: [0.876, 0.877, 0.883],
      contrastCoverage: [0.888, 0.877]),
    Reference(
      design: "no signal", means: [1, 1, 1], estimator: twoPoint,
      bias: [-0.003, -0.019, -0.026], armCoverage: [0.894, 0.903, 0.909],
      contrastCoverage: [0.902, 0.902]),
    Reference(
      design: "low SNR", means: [0.9, 1, 1.1], estimator: SampleMeans(),
      bias: [-0.055, -0.044, -0.009], armCoverage: [0.859, 0.875, 0.870],
      contrastCoverage: [0.861, 0.848]),
    Reference(
      design: "low SNR", means: [0.9, 1, 1.1], estimator: twoPoint,
      bias: [0.008, -0.015, -0.011], armCoverage: [0.872, 0.907, 0.897],
      contrastCoverage: [0.865, 0.896]),
    Reference(
      design: "high SNR", means: [0.5, 1, 1.5], estimator: SampleMeans(),
      bias: [-0.006, -0.027, 0.000], armCoverage: [0.861, 0.903, 0.884],
      contrastCoverage: [0.870, 0.902]),
    Reference(
      design: "high SNR", means: [0.5, 1, 1.5], estimator: twoPoint,
      bias: [0.031, 0.010, -0.002], armCoverage: [0.856, 0.911, 0.916],
      contrastCoverage: [0.863, 0.911]),
  ]

  /// What an estimator came to over the replications.
  struct Result: Sendable {
    /// The errors of the value of each arm.
    var errors = [Moments(), Moments(), Moments()]
    /// Whether the interval of each arm held its mean.
    var arms = [Moments(), Moments(), Moments()]
    /// Whether the intervals of the contrasts held theirs.
    var contrasts = [Moments(), Moments()]
  }

  /// The results of several estimators on the same logs of a design.
  static func results(
    _ estimators: [any AdaptiveEstimator], means: [Double], replications: Range<Int>
  ) throws -> [Result] {
    let design = HadadDesign(means: means)
    var results = estimators.map { _ in Result() }
    for index in replications {
      let log = try design.log(index)
      for (place, estimator) in estimators.enumerated() {
        for arm in 0..<3 {
          let value = try estimator.value(of: Arm(arm), in: log)
          results[place].errors[arm].add(value.value - means[arm])
          results[place].arms[arm].add(value.interval(level: 0.9).contains(means[arm]) ? 1 : 0)
        }
        for other in 0..<2 {
          let contrast = try estimator.contrast(of: Arm(2), minus: Arm(other), in: log)
          let holds = contrast.interval(level: 0.9).contains(means[2] - means[other])
          results[place].contrasts[other].add(holds ? 1 : 0)
        }
      }
    }
    return results
  }
}

extension HadadStudy.Result: Summary {
  mutating func merge(_ other: HadadStudy.Result) {
    for arm in 0..<3 {
      errors[arm].merge(other.errors[arm])
      arms[arm].merge(other.arms[arm])
    }
    for place in 0..<2 { contrasts[place].merge(other.contrasts[place]) }
  }
}
