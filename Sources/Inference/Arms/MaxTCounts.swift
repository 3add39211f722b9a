/// How often deals of the sessions were as extreme as the one observed.
struct MaxTCounts {
  /// The number of deals counted.
  private(set) var deals = 0
  private let observed: [Double]
  private let alternative: Alternative
  /// The hypotheses from the most extreme on.
  private let order: [Int]
  private let thresholds: [Double]
  private var raw: [Int]
  private var singleStep: [Int]
  private var stepDown: [Int]

  init(observed: [Double], alternative: Alternative) {
    self.observed = observed
    self.alternative = alternative
    let extremes = observed.map(alternative.extremeness)
    order = extremes.indices.sorted {
      extremes[$0] != extremes[$1] ? extremes[$0] > extremes[$1] : $0 < $1
    }
    // Statistics that are equal but for rounding are equal.
    thresholds = extremes.map { $0.isFinite ? $0 - tieTolerance * abs($0) : $0 }
    let zeros = Array(repeating: 0, count: observed.count)
    (raw, singleStep, stepDown) = (zeros, zeros, zeros)
  }

  /// Counts the statistics of a deal.
  mutating func add(_ statistics: [Double]) {
    deals += 1
    var greatest = -Double.infinity
    // From the least extreme hypothesis on, the maximum grows.
    for hypothesis in order.reversed() {
      let own = alternative.extremeness(statistics[hypothesis])
      greatest = max(greatest, own)
      if own >= thresholds[hypothesis] { raw[hypothesis] += 1 }
      if greatest >= thresholds[hypothesis] { stepDown[hypothesis] += 1 }
    }
    for hypothesis in order.reversed() {
      guard greatest >= thresholds[hypothesis] else { break }
      singleStep[hypothesis] += 1
    }
  }

  /// The p-values.
  func hypotheses(metrics: Int) -> [WestfallYoungTest.Hypothesis] {
    let total = Double(deals)
    // An adjusted p-value is never less than that of a more extreme hypothesis.
    var (adjusted, greatest) = (stepDown, 0)
    for hypothesis in order {
      greatest = max(greatest, stepDown[hypothesis])
      adjusted[hypothesis] = greatest
    }
    return observed.indices.map { index in
      WestfallYoungTest.Hypothesis(
        arm: index / metrics + 1, metric: index % metrics, t: observed[index],
        rawPValue: Double(raw[index]) / total,
        singleStepPValue: Double(singleStep[index]) / total,
        stepDownPValue: Double(adjusted[index]) / total)
    }
  }
}
