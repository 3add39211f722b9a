#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probability of a rejection region when the arms' probabilities of success differ by `δ`.
///
/// The region has a staircase for its edge: for each number `x₀` of the control's successes it holds the
/// offer's from some count on, and up to some other (Barnard's convexity: a table stays extreme if
/// the offer gains a success or the control loses one). So a row is two binomial tails, and a value of
///
///     P(π) = Σ over x₀ of b(x₀; n₀, π) [P(X₁ ≥ u(x₀); π + δ) + P(X₁ ≤ l(x₀); π + δ)]
///
/// with two derivatives costs O(√*n*): the rows and counts within some nine standard deviations.
struct StaircaseRejection {
  let offerTrials: Int
  let controlTrials: Int
  /// The difference `δ = π₁ − π₀`, in −1...1.
  let difference: Double
  /// For each row, the least count of the upper tail; one more than there are trials if it is empty.
  private let atLeast: [Int]
  /// For each row, the greatest count of the lower tail; −1 if it is empty.
  private let atMost: [Int]

  /// Walks along both edges.
  ///
  /// - Parameters:
  ///   - offerTrials: The offer's sessions.
  ///   - controlTrials: The control's sessions.
  ///   - difference: The difference `δ`.
  ///   - isHigh: Whether a table, of the offer's and the control's successes, is of the upper tail.
  ///   - isLow: Whether it is of the lower tail; nil for a one-sided region.
  /// - Complexity: O(*n*) calls.
  init(
    offerTrials: Int, controlTrials: Int, difference: Double,
    isHigh: (Int, Int) -> Bool, isLow: ((Int, Int) -> Bool)? = nil
  ) {
    self.offerTrials = offerTrials
    self.controlTrials = controlTrials
    self.difference = difference
    var (upper, lower) = (0, -1)
    var (uppers, lowers): ([Int], [Int]) = ([], [])
    for row in 0...controlTrials {
      while upper <= offerTrials, !isHigh(upper, row) { upper += 1 }
      if let isLow { while lower < offerTrials, isLow(lower + 1, row) { lower += 1 } }
      uppers.append(upper)
      lowers.append(min(lower, upper - 1))
    }
    (atLeast, atMost) = (uppers, lowers)
  }

  /// The greatest `P(π)` over a range of the control's probability `π`, by
  /// ``certifiedMaximum(over:scale:spread:ceiling:deciding:_:)``; with a threshold, any value at least as
  /// great as it.
  func maximum(
    over probabilities: ClosedRange<Double> = 0...1, deciding threshold: Double? = nil
  ) -> Double {
    let scale = Double(offerTrials).squareRoot() + Double(controlTrials).squareRoot()
    let best = certifiedMaximum(
      over: angle(probabilities.lowerBound)...angle(probabilities.upperBound), scale: scale,
      spread: 1, ceiling: 1, deciding: threshold, evaluate)
    return min(1, best)
  }

  /// The angle of a probability of the control.
  private func angle(_ probability: Double) -> Double {
    let rise = probability - max(-difference, 0)
    let fall = 1 - probability - max(difference, 0)
    return 2 * atan2(max(rise, 0).squareRoot(), max(fall, 0).squareRoot())
  }

  /// `P` and its derivatives by the angle `φ`, where `π` goes from its least to its greatest value as
  /// `sin²(φ/2)` does.
  func evaluate(_ angle: Double) -> RejectionProbability {
    let length = 1 - abs(difference)
    let (sine, cosine) = (sin(angle / 2), cos(angle / 2))
    let (rise, fall) = (length * sine * sine, length * cosine * cosine)
    let (above, below) = (max(difference, 0), max(-difference, 0))
    let rows = BinomialWindow(trials: controlTrials, p: below + rise, q: above + fall)
    // One trial less: the derivatives of a tail of n trials are masses of n − 1.
    let counts = BinomialWindow(trials: offerTrials - 1, p: above + rise, q: below + fall)
    let n = Double(offerTrials)
    let spread = rows.p * rows.q
    var (value, first, second) = (0.0, 0.0, 0.0)
    for row in rows.first...rows.last {
      let (u, l) = (atLeast[row], atMost[row])
      let tail =
        counts.q * (counts.atLeast(u) + counts.atMost(l))
        + counts.p * (counts.atLeast(u - 1) + counts.atMost(l - 1))
      let tailSlope = n * (counts.mass(u - 1) - counts.mass(l))
      let tailCurvature = n * (counts.massSlope(u - 1) - counts.massSlope(l))
      // The score of the row's mass, and the second derivative over the mass.
      let mass = rows.mass(row)
      let excess = Double(row) - Double(controlTrials) * rows.p
      let score = spread > 0 ? excess / spread : 0
      let bend =
        spread > 0
        ? score * score - (Double(controlTrials) + score * (rows.q - rows.p)) / spread : 0
      value += mass * tail
      first += mass * (score * tail + tailSlope)
      second += mass * (bend * tail + 2 * score * tailSlope + tailCurvature)
    }
    let (slope, curve) = (length * sine * cosine, 0.5 * length * (cosine * cosine - sine * sine))
    return RejectionProbability(
      value: value, slope: slope * first, curvature: curve * first + slope * slope * second)
  }
}

/// The masses of a binomial law that are not negligible, and their sums from both ends.
private struct BinomialWindow {
  let trials: Int
  let p: Double
  let q: Double
  let first: Int
  private let masses: [Double]
  private let sumsFromBelow: [Double]
  private let sumsFromAbove: [Double]
  var last: Int { first + masses.count - 1 }

  /// - Parameters:
  ///   - trials: Zero or more.
  ///   - p: The probability of a success.
  ///   - q: That of a failure, `1 − p`, which the caller knows to more digits.
  init(trials: Int, p: Double, q: Double) {
    (self.trials, self.p, self.q) = (trials, p, q)
    let mode = min(Int(Double(trials + 1) * p), trials)
    var left: [Double] = []
    var (weight, k) = (1.0, mode)
    while k > 0, weight > 1e-22 {
      weight *= q / p * (Double(k) / Double(trials - k + 1))
      left.append(weight)
      k -= 1
    }
    first = k
    var all = Array(left.reversed())
    all.append(1)
    (weight, k) = (1, mode)
    while k < trials, weight > 1e-22 {
      weight *= p / q * (Double(trials - k) / Double(k + 1))
      all.append(weight)
      k += 1
    }
    let scale = 1 / all.reduce(0, +)
    for index in all.indices { all[index] *= scale }
    var upwards = all
    for index in all.indices.dropFirst() { upwards[index] += upwards[index - 1] }
    var downwards = all
    for index in all.indices.dropLast().reversed() { downwards[index] += downwards[index + 1] }
    (masses, sumsFromBelow, sumsFromAbove) = (all, upwards, downwards)
  }

  /// P(Y = k).
  func mass(_ k: Int) -> Double { k < first || k > last ? 0 : masses[k - first] }
  /// P(Y ≤ k).
  func atMost(_ k: Int) -> Double {
    k < first ? 0 : k >= last ? 1 : sumsFromBelow[k - first]
  }
  /// P(Y ≥ k).
  func atLeast(_ k: Int) -> Double {
    k > last ? 0 : k <= first ? 1 : sumsFromAbove[k - first]
  }
  /// The derivative of P(Y = k) by `p`.
  func massSlope(_ k: Int) -> Double {
    p > 0 && q > 0 ? mass(k) * (Double(k) - Double(trials) * p) / (p * q) : 0
  }
}
