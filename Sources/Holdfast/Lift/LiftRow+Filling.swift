internal import Inference

extension LiftRow {
  /// Takes over what a method says.
  mutating func fill(_ answer: LiftAnswer) {
    method = [answer.name, answer.intervalName.map { "interval: \($0)" }]
      .compactMap(\.self).joined(separator: "; ")
    null = answer.null
    tail = answer.tail
    scale = answer.scale
    level = answer.level
    warnings += answer.warnings
    statistic = answer.statistic
    degreesOfFreedom = answer.degreesOfFreedom
    posterior = answer.posterior
    if let own = answer.sessions { (sessions, baselineSessions) = (own.offer, own.control) }
    if let levels = answer.levels, levels.offer.isFinite, levels.control.isFinite {
      (mean, baselineMean) = (levels.offer, levels.control)
      (isShare, isShareDifference) = (answer.isShare, answer.isShare)
    }
    guard let value = answer.estimate else {
      estimate = Estimate(refusal: "a statistic alone: the question has no effect of one number")
      pValue = answer.pValue
      return
    }
    guard value.isFinite else {
      estimate = Estimate(
        refusal: "the estimate is infinite: the baseline has nothing to divide by")
      return
    }
    estimate = Estimate(value, standardError: answer.standardError, interval: answer.interval)
    pValue = answer.pValue
    if let interval = answer.interval, !(interval.lower.isFinite && interval.upper.isFinite) {
      warnings.append("the interval has no end on one side: the data do not bound the effect")
    }
  }

  /// Takes over what was adjusted.
  mutating func take(_ part: LiftAdjustment.Part) {
    adjustment = part.text
    guard pValue != nil || estimate.value != nil else { return }
    adjustedPValue = part.pValue
    adjustedInterval = estimate.value == nil ? nil : part.interval
    if part.disagrees {
      warnings.append(
        "no adjusted interval: at this level it would disagree with the adjusted p, since they rest "
          + "on different statistics")
    }
  }

  /// Says so where test and interval, which need not rest on one statistic, disagree.
  mutating func addCoherenceWarning(_ answer: LiftAnswer, alpha: Double) {
    guard let pValue, let interval = estimate.interval, let effects = answer.nullEffects
    else { return }
    if (pValue < alpha) != effects.isExcluded(by: interval) {
      warnings.append("the test and the interval disagree: they rest on different statistics")
    }
  }

  /// Says which arm is the better one, after adjustment, where the question is whether they differ.
  mutating func judge(_ answer: LiftAnswer, alpha: Double, isMoreBetter: Bool) {
    guard answer.isAboutArms, let value = estimate.value, let scale else { return }
    switch answer.nullEffects {
    case .exactly, nil: break
    case .upTo, .from, .outside: return
    }
    let none = scale.noEffect
    let isKnown: Bool
    if let pValue = adjustedPValue ?? pValue {
      isKnown = pValue < alpha
    } else if let interval = adjustedInterval ?? estimate.interval {
      isKnown = !interval.contains(none)
    } else {
      return
    }
    guard isKnown, value != none else {
      better = .unclear
      return
    }
    let isMore = scale == .hazardRatio ? false : answer.moreIsBetter ?? isMoreBetter
    better = (value > none) == isMore ? .offer : .control
  }
}
