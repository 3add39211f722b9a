extension ArmContrast {
  /// The difference of two means whose variances may differ.
  ///
  ///     D = m₁ − m₀      Var(D) = s₁²/n₁ + s₀²/n₀      ν by Satterthwaite
  ///
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation`, `overflow`.
  ///
  /// Reference: Welch (1947), *Biometrika* 34, 28–35.
  public static func welch(
    offer: Moments, control: Moments
  ) throws(InferenceError) -> ArmContrast {
    let control = try ArmEstimate(control, arm: 0)
    return try ArmContrast(
      offer: ArmEstimate(offer, arm: 1), control: control,
      estimator: Estimator("Welch", reference: "Welch 1947; Satterthwaite 1946"))
  }

  /// The difference of two means whose variances are taken to be equal.
  ///
  ///     s² = (S₁ + S₀) / ν      ν = n₁ + n₀ − 2      Var(D) = s² (1/n₁ + 1/n₀)
  ///
  /// Where they are not, and the arms differ in size, the test's size is wrong in either direction:
  /// ``welch(offer:control:)`` costs almost nothing when they are.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty or the two have fewer than three together,
  ///   `noVariation`, `overflow`.
  ///
  /// Reference: Student (1908), *Biometrika* 6, 1–25.
  public static func student(
    offer: Moments, control: Moments
  ) throws(InferenceError) -> ArmContrast {
    guard control.count >= 1 else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    guard offer.count >= 1 else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    let freedom = Double(offer.count + control.count - 2)
    guard freedom > 0 else { throw .tooFewSessions(arm: 1, count: 1, needed: 2) }
    let squares = offer.sumOfSquaredDeviations + control.sumOfSquaredDeviations
    let variance = squares / freedom
    let baselineVariance = variance / Double(control.count)
    return try ArmContrast(
      difference: offer.mean - control.mean, baseline: control.mean,
      differenceVariance: variance / Double(offer.count) + baselineVariance,
      baselineVariance: baselineVariance, covariance: -baselineVariance,
      degreesOfFreedom: freedom,
      estimator: Estimator("Student, pooled variance", reference: "Student 1908"))
  }

  /// The difference of two proportions, each with the variance `p̂(1 − p̂)/n`.
  ///
  /// The degrees of freedom are Satterthwaite's, as experiment platforms use them.
  ///
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation`.
  public static func proportions(
    offer: Tally, control: Tally
  ) throws(InferenceError) -> ArmContrast {
    let control = try ArmEstimate(control, arm: 0)
    return try ArmContrast(
      offer: ArmEstimate(offer, arm: 1), control: control,
      estimator: Estimator("Wald", reference: "Agresti 2013, section 3.1"))
  }
}

extension ArmEstimate {
  /// A proportion, with the variance `p̂(1 − p̂)/n`.
  fileprivate init(_ tally: Tally, arm: Int) throws(InferenceError) {
    guard tally.trials >= 2 else {
      throw .tooFewSessions(arm: arm, count: tally.trials, needed: 2)
    }
    let n = Double(tally.trials)
    self.init(
      value: tally.proportion, variance: tally.proportion * (Double(tally.failures) / n) / n,
      degreesOfFreedom: n - 1)
  }
}
