#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The probability of a rejection region when both arms succeed with the same probability `π`.
///
/// The sum `S` of both arms' successes is sufficient for `π`, so the region has a conditional
/// probability `r(s)`, hypergeometric and free of `π`, given each sum, and
///
///     P(π) = Σₛ C(N, s) πˢ (1 − π)ᴺ⁻ˢ r(s)
///
/// is a polynomial in Bernstein's form. The region is thus gone through once, and after that a value of
/// `P`, with two derivatives, costs O(√*N*), not the O(*n*²) of a sum over all tables.
struct MarginalRejection {
  /// `r(s)` of each sum `s` in 0...N.
  let conditional: [Double]

  /// The greatest `P(π)` over an interval of `π`, by ``certifiedMaximum(over:scale:spread:ceiling:deciding:_:)``.
  /// With a threshold, any value at least as great as it.
  func maximum(
    over range: ClosedRange<Double> = 0...1, deciding threshold: Double? = nil
  ) -> Double {
    let (least, greatest) = conditional.reduce((Double.infinity, 0)) {
      (min($0.0, $1), max($0.1, $1))
    }
    let angles = angle(range.lowerBound)...angle(range.upperBound)
    let scale = Double(conditional.count - 1).squareRoot()
    let best = certifiedMaximum(
      over: angles, scale: scale, spread: greatest - least, ceiling: greatest,
      deciding: threshold, evaluate)
    return min(best, greatest)
  }

  /// `φ = 2 arcsin √π`, in which the information about a binomial probability is constant.
  private func angle(_ probability: Double) -> Double {
    2 * atan2(probability.squareRoot(), (1 - probability).squareRoot())
  }

  /// `P` and its derivatives by `φ`, from differences of `r`:
  ///
  ///     dP/dπ = N E[r(T + 1) − r(T)]      d²P/dπ² = N(N − 1) E[r(T + 2) − 2r(T + 1) + r(T)]
  ///
  /// where `T` is binomial, of `N − 1` and of `N − 2` trials.
  func evaluate(_ angle: Double) -> RejectionProbability {
    let n = conditional.count - 1
    let p = pow(sin(angle / 2), 2)
    let q = pow(cos(angle / 2), 2)
    let trials = n - 2
    let mode = min(Int(Double(trials + 1) * p), trials)
    var (mass, value, first, second) = (0.0, 0.0, 0.0, 0.0)
    conditional.withUnsafeBufferPointer { r in
      func add(_ k: Int, _ weight: Double) {
        let (a, b, c) = (r[k], r[k + 1], r[k + 2])
        mass += weight
        value += weight * (q * q * a + 2 * p * q * b + p * p * c)
        first += weight * (q * (b - a) + p * (c - b))
        second += weight * ((c - b) - (b - a))
      }
      add(mode, 1)
      var (weight, k) = (1.0, mode)
      let up = p / q
      while k < trials, weight > 1e-19 {
        weight *= up * Double(trials - k) / Double(k + 1)
        k += 1
        add(k, weight)
      }
      (weight, k) = (1, mode)
      let down = q / p
      while k > 0, weight > 1e-19 {
        weight *= down * Double(k) / Double(trials - k + 1)
        k -= 1
        add(k, weight)
      }
    }
    let d1 = Double(n) * (first / mass)
    let d2 = Double(n) * Double(n - 1) * (second / mass)
    let (slope, bend) = (0.5 * sin(angle), 0.5 * cos(angle))
    return RejectionProbability(
      value: value / mass, slope: slope * d1, curvature: bend * d1 + slope * slope * d2)
  }
}

extension MarginalRejection {
  /// The tables of a sum, from the offer's least count to its greatest, with their probabilities.
  struct Diagonal {
    let sum: Int
    /// The counts whose probabilities are in `masses`; the others' are negligible.
    private(set) var first = 0
    private(set) var masses: [Double] = []
    var last: Int { first + masses.count - 1 }
  }

  /// Collects `r(s)` for every sum from a function of its tables.
  init(offerTrials: Int, controlTrials: Int, negligible: Double, _ r: (Diagonal) -> Double) {
    let total = offerTrials + controlTrials
    conditional = (0...total).map { sum in
      min(1, r(Diagonal(offerTrials, controlTrials, sum: sum, negligible: negligible)))
    }
  }
}

extension MarginalRejection.Diagonal {
  /// Hypergeometric masses, outwards from the likeliest, as far as they exceed `negligible`.
  init(_ offerTrials: Int, _ controlTrials: Int, sum: Int, negligible: Double) {
    self.sum = sum
    let (n1, n0, s) = (Double(offerTrials), Double(controlTrials), Double(sum))
    let (low, high) = (max(0, sum - controlTrials), min(offerTrials, sum))
    let mode = min(max(Int((n1 + 1) * ((s + 1) / (n1 + n0 + 2))), low), high)
    var below: [Double] = []
    var (weight, k) = (1.0, mode)
    while k > low, weight > negligible {
      let x = Double(k)
      weight *= x / (n1 - x + 1) * ((n0 - s + x) / (s - x + 1))
      below.append(weight)
      k -= 1
    }
    first = k
    masses = below.reversed()
    masses.append(1)
    (weight, k) = (1, mode)
    while k < high, weight > negligible {
      let x = Double(k)
      weight *= (n1 - x) / (x + 1) * ((s - x) / (n0 - s + x + 1))
      masses.append(weight)
      k += 1
    }
    let scale = 1 / masses.reduce(0, +)
    for index in masses.indices { masses[index] *= scale }
  }

  /// The probability of the greatest counts, from the least one on for which `isExtreme` holds.
  func upperTail(where isExtreme: (Int) -> Bool) -> Double {
    let cut = firstIndex(in: first...last + 1) { $0 > last || isExtreme($0) }
    var sum = 0.0
    for mass in masses[(cut - first)...].reversed() { sum += mass }
    return sum
  }

  /// The probability of the least counts, up to the greatest one for which `isExtreme` holds.
  func lowerTail(where isExtreme: (Int) -> Bool) -> Double {
    let cut = firstIndex(in: first...last + 1) { $0 > last || !isExtreme($0) }
    var sum = 0.0
    for mass in masses[..<(cut - first)] { sum += mass }
    return sum
  }

  /// The greatest probability of an upper tail that does not exceed a limit.
  func upperTail(upTo limit: Double) -> Double {
    var sum = 0.0
    for mass in masses.reversed() {
      guard sum + mass <= limit else { break }
      sum += mass
    }
    return sum
  }

  /// The greatest probability, up to a limit, of all tables no likelier than one.
  func noLikelier(upTo limit: Double) -> Double {
    var (low, high) = (0, masses.count - 1)
    var sum = 0.0
    while low <= high {
      // All of the next likeliness at once: ties count together.
      let mass = min(masses[low], masses[high]) * (1 + tieTolerance)
      var group = 0.0
      while low <= high, masses[low] <= mass {
        group += masses[low]
        low += 1
      }
      while high >= low, masses[high] <= mass {
        group += masses[high]
        high -= 1
      }
      guard sum + group <= limit else { break }
      sum += group
    }
    return sum
  }
}
