internal import Probability

/// The shift at which each choice of sessions would just reach the observed sum, in order.
struct PermutationShifts: Sendable {
  /// The shifts of the choices that differ from the one observed, ascending.
  private let shifts: [Double]
  /// The choices that reach the observed sum under every shift: the observed one, each time that it
  /// was drawn, and once more in a random sample.
  private let always: Int

  /// Looks at every choice.
  init(enumerating offer: [Double], _ control: [Double]) {
    let pool = Pool(offer, control)
    var shifts: [Double] = []
    var chosen = Array(0..<offer.count)
    // Choices in lexical order: the last index that can still move does, the rest follow it.
    while let moving = chosen.indices.last(where: { chosen[$0] < pool.count - offer.count + $0 }) {
      chosen[moving] += 1
      for later in chosen.indices where later > moving { chosen[later] = chosen[later - 1] + 1 }
      if let shift = pool.shift(chosen) { shifts.append(shift) }
    }
    self.shifts = shifts.sorted()
    always = 1
  }

  /// Looks at random choices, each from a stream of its own.
  init(sampling offer: [Double], _ control: [Double], resamples: Int, key: StreamKey) {
    let pool = Pool(offer, control)
    // To choose the smaller arm is to choose the other.
    let drawn = min(offer.count, control.count)
    let identity = Array(0..<pool.count)
    var order = identity
    var shifts: [Double] = []
    for resample in 0..<resamples {
      var rng = Philox(key.child(UInt64(resample)))
      order = identity
      for position in 0..<drawn {
        order.swapAt(position, position + rng.index(below: pool.count - position))
      }
      let chosen = drawn == offer.count ? order[..<drawn] : order[drawn...]
      if let shift = pool.shift(chosen) { shifts.append(shift) }
    }
    always = resamples - shifts.count + 1
    self.shifts = shifts.sorted()
  }

  private var total: Double { Double(shifts.count + always) }

  /// The share of choices whose difference is at least the observed one under a shift.
  func atMost(_ shift: Double) -> Double {
    Double(always + shifts.firstIndex(after: shift)) / total
  }

  /// The share of choices whose difference is at most the observed one under a shift.
  func atLeast(_ shift: Double) -> Double {
    Double(always + shifts.count - shifts.firstIndex(reaching: shift)) / total
  }

  /// The shifts of which neither share is at most `(1 − level)/2`.
  func interval(level: Double) -> Interval {
    // A share exceeds α/2 from the shift on that so many choices beyond those of always reach. The
    // median shift is never rejected, so that the ends are in order.
    let spare = (1 - level) / 2 * total - Double(always)
    guard spare >= 0 else { return Interval(lower: -.infinity, upper: .infinity) }
    let skipped = Int(spare)
    return Interval(lower: shifts[skipped], upper: shifts[shifts.count - 1 - skipped])
  }

  /// The values of both arms, the offer's first, about their mean.
  private struct Pool {
    private let values: [Double]
    private let offerCount: Int
    private let offerSum: Double
    /// A difference of two sums below which it is rounding.
    private let tolerance: Double

    init(_ offer: [Double], _ control: [Double]) {
      let mean = Moments(offer + control).mean
      values = (offer + control).map { $0 - mean }
      offerCount = offer.count
      offerSum = values[..<offer.count].reduce(0, +)
      tolerance = 1e-13 * values.reduce(0) { $0 + abs($1) }
    }

    var count: Int { values.count }

    /// The least shift under which a choice reaches the observed sum; nil for the one observed.
    func shift(_ chosen: some Sequence<Int>) -> Double? {
      var (sum, stayed) = (0.0, 0)
      for index in chosen {
        sum += values[index]
        if index < offerCount { stayed += 1 }
      }
      guard stayed < offerCount else { return nil }
      let gap = offerSum - sum
      return abs(gap) <= tolerance ? 0 : gap / Double(offerCount - stayed)
    }
  }
}

extension [Double] {
  /// The first index of an ascending array whose element exceeds a bound; the count if none.
  fileprivate func firstIndex(after bound: Double) -> Int {
    firstIndex(reaching: bound.nextUp)
  }
}
