internal import Inference

/// The p-values and intervals of one question, adjusted over its replies.
///
/// An adjusted p is below `α` exactly where the adjusted interval excludes the null. Where a test and
/// its interval rest on different statistics that cannot be had for every sample; there the interval is
/// left out.
struct LiftAdjustment {
  /// What one reply gets.
  struct Part {
    var pValue: Double?
    var interval: Interval?
    /// What was adjusted over what.
    var text: String
    /// Whether an interval was left out for disagreeing with its p.
    var disagrees = false
  }

  /// The replies' parts, in their order.
  let parts: [Part]

  /// Adjusts the answers of one question; nil is a refusal, which is no member of the family.
  ///
  /// - Parameters:
  ///   - answers: The answers, in the order of the replies.
  ///   - method: The plan's adjustment.
  ///   - level: The level of a single interval.
  ///   - noun: What the replies are about, in the plural.
  init(_ answers: [LiftAnswer?], _ method: Multiplicity, level: Double, noun: String) {
    let raw = answers.map { answer -> Double? in
      guard let answer, answer.adjusted == nil, answer.estimate?.isFinite ?? true else {
        return nil
      }
      return answer.pValue
    }
    let adjusted = method.adjust(raw)
    let levels = method.intervalLevels(for: raw, level: level)
    let text = "\(method.rawValue) over \(raw.count { $0 != nil }) \(noun)"
    parts = answers.indices.map { index in
      if let own = answers[index]?.adjusted {
        return Part(pValue: own.pValue, interval: own.interval, text: own.text)
      }
      var part = Part(pValue: adjusted[index], text: text)
      guard let pValue = adjusted[index], let own = levels[index], 0 < own, own < 1,
        let effects = answers[index]?.nullEffects,
        let interval = answers[index]?.intervalAtLevel?(own)
      else { return part }
      if effects.isExcluded(by: interval) == (pValue < 1 - level) {
        part.interval = interval
        if own != level { part.text += "; interval at level \(Decimals.text(own, 4))" }
      } else {
        part.disagrees = true
      }
      return part
    }
  }
}
