internal import Probability

/// Dunnett's comparisons of several arms with one control, judged together.
///
///     tᵢ = (μ̂ᵢ − μ̂₀)/√(vᵢ + v₀)      corr(tᵢ, tⱼ) = λᵢλⱼ      λᵢ² = v₀/(vᵢ + v₀)
///
/// The statistics are correlated because they share the control. The adjusted p-value of an arm is the
/// probability that the greatest of them all is as great as its own; simultaneous intervals have the
/// matching critical value, so that an adjusted p is below `α` exactly where the interval of level `1 − α`
/// excludes zero. The chance of any false finding is at most `α`, whichever arms do differ from the
/// control. The law is computed by quadrature (``StudentizedMaximumDistribution``), not by simulation.
///
/// Three kinds of data: means that share one variance, for which it is exact, with arms of any sizes; means
/// with variances of their own, where each comparison has Satterthwaite's degrees of freedom and the
/// correlations are estimated; and proportions, in large samples.
///
/// - Complexity: O(*k*²) normal tails at some 10⁴ points for the p-values of *k* arms.
///
/// References: Dunnett (1955), *Journal of the American Statistical Association* 50, 1096–1121, and
/// (1964), *Biometrics* 20, 482–491; Hasler and Hothorn (2008), *Biometrical Journal* 50, 793–800;
/// Schaarschmidt, Sill and Hothorn (2008), *Biometrical Journal* 50, 782–792.
public struct DunnettTest: Sendable {
  /// The estimated difference of each arm from the control, in the order of the arms.
  public let estimates: [Double]
  /// The standard errors of the differences; positive.
  public let standardErrors: [Double]
  /// The loadings `λᵢ`: two statistics have the correlation `λᵢλⱼ`.
  public let loadings: [Double]
  /// The degrees of freedom of each comparison; infinite for proportions.
  public let degreesOfFreedom: [Double]
  /// What the test is, in words that an answer can carry.
  public let method: TestDescription

  init(
    control: (estimate: Double, variance: Double),
    treatments: [(estimate: Double, variance: Double)],
    degreesOfFreedom: [Double], name: String, nullHypothesis: String, reference: String
  ) {
    estimates = treatments.map { $0.estimate - control.estimate }
    standardErrors = treatments.map { ($0.variance + control.variance).squareRoot() }
    // A share, so that the variances' unit does not matter.
    loadings = treatments.map {
      (control.variance / ($0.variance + control.variance)).squareRoot()
    }
    self.degreesOfFreedom = degreesOfFreedom
    method = TestDescription(
      name: name, nullHypothesis: nullHypothesis, scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: name + ", simultaneous",
      intervalInvertsTest: true, reference: reference)
  }

  /// The statistics `t`, positive where an arm exceeds the control.
  public var statistics: [Double] { zip(estimates, standardErrors).map { $0 / $1 } }

  /// The adjusted p-values, in the order of the arms.
  public func pValues(_ alternative: Alternative = .twoSided) -> [Double] {
    zip(statistics.map(alternative.extremeness), degreesOfFreedom).map { extreme, degrees in
      law(of: Array(loadings.indices), degrees, alternative).survival(extreme)
    }
  }

  /// The adjusted p-values of Dunnett's step-down test: each arm, from the most extreme on, is judged
  /// together with those that are less so. They are never greater than ``pValues(_:)``, and control the
  /// same error; but no intervals go with them.
  ///
  /// Reference: Dunnett and Tamhane (1991), *Statistics in Medicine* 10, 939–947.
  public func stepDownPValues(_ alternative: Alternative = .twoSided) -> [Double] {
    let extremes = statistics.map(alternative.extremeness)
    // Ties in the order of the arms, so that the result is a function of the data.
    let order = extremes.indices.sorted {
      extremes[$0] != extremes[$1] ? extremes[$0] > extremes[$1] : $0 < $1
    }
    var (adjusted, greatest) = (extremes, 0.0)
    for (rank, arm) in order.enumerated() {
      let own = law(of: Array(order[rank...]), degreesOfFreedom[arm], alternative)
        .survival(extremes[arm])
      greatest = max(greatest, own)
      adjusted[arm] = greatest
    }
    return adjusted
  }

  /// The simultaneous confidence intervals, in the order of the arms; those for a one-sided alternative
  /// are unbounded on the other side.
  public func intervals(
    level: Double = 0.95, _ alternative: Alternative = .twoSided
  ) -> [Interval] {
    zip(zip(estimates, standardErrors), criticalValues(level: level, alternative)).map {
      let ((estimate, standardError), critical) = ($0, $1)
      let margin = critical * standardError
      return Interval(
        lower: alternative == .less ? -.infinity : estimate - margin,
        upper: alternative == .greater ? .infinity : estimate + margin)
    }
  }

  /// The critical value of each arm's statistic; they differ only if the degrees of freedom do.
  public func criticalValues(
    level: Double = 0.95, _ alternative: Alternative = .twoSided
  ) -> [Double] {
    checkLevel(level)
    var known: [Double: Double] = [:]
    return degreesOfFreedom.map { degrees in
      if let value = known[degrees] { return value }
      let value = law(of: Array(loadings.indices), degrees, alternative).upperQuantile(1 - level)
      known[degrees] = value
      return value
    }
  }

  private func law(
    of arms: [Int], _ degrees: Double, _ alternative: Alternative
  ) -> StudentizedMaximumDistribution {
    StudentizedMaximumDistribution(
      loadings: arms.map { loadings[$0] }, degreesOfFreedom: degrees,
      sides: alternative == .twoSided ? .two : .one)
  }
}
