internal import Probability

/// The tables of two arms that are not negligibly rare at any of several pairs of rates, each once.
///
/// What a test says of a table does not depend on the rates, so that one p-value serves all of them.
struct TableEnumeration {
  /// A pair of rates, by its place, and the probability of a table there.
  struct Weight {
    let pair: Int
    let mass: Double
  }

  private let offerTrials: Int
  private let controlTrials: Int
  private let pairs: [(offer: BinomialMasses, control: BinomialMasses)]

  /// - Parameters:
  ///   - offer: The offer's sessions.
  ///   - control: The control's sessions.
  ///   - rates: The arms' probabilities of success.
  ///   - rarest: The probability of a count of an arm below which it is left out. Beyond it a law falls
  ///     by `z/σ` or more a count, `z ≥ 7`: what is left out in all is below `rarest · √n` for arms of
  ///     up to *n* sessions, and is never negative.
  init(offer: Int, control: Int, rates: [(offer: Double, control: Double)], rarest: Double) {
    offerTrials = offer
    controlTrials = control
    pairs = rates.map {
      (
        BinomialMasses(trials: offer, probability: $0.offer, rarest: rarest),
        BinomialMasses(trials: control, probability: $0.control, rarest: rarest)
      )
    }
  }

  /// Calls a body with each table and its probabilities at the pairs of rates where it is not negligible.
  func forEach(_ body: (_ offer: Tally, _ control: Tally, _ weights: [Weight]) -> Void) {
    var weights: [Weight] = []
    for x0 in Self.hull(pairs.map(\.control.counts)) {
      let here = pairs.indices.filter { pairs[$0].control.counts.contains(x0) }
      guard !here.isEmpty else { continue }
      let control = Tally(successes: x0, trials: controlTrials)
      for x1 in Self.hull(here.map { pairs[$0].offer.counts }) {
        weights.removeAll(keepingCapacity: true)
        for pair in here where pairs[pair].offer.counts.contains(x1) {
          weights.append(
            Weight(pair: pair, mass: pairs[pair].offer[x1] * pairs[pair].control[x0]))
        }
        if !weights.isEmpty { body(Tally(successes: x1, trials: offerTrials), control, weights) }
      }
    }
  }

  private static func hull(_ ranges: [ClosedRange<Int>]) -> Range<Int> {
    let low = ranges.map(\.lowerBound).min() ?? 0
    return low..<(ranges.map { $0.upperBound + 1 }.max() ?? low)
  }
}

/// The counts of a binomial law that are not negligibly rare, and their probabilities.
struct BinomialMasses {
  let counts: ClosedRange<Int>
  private let masses: [Double]

  init(trials: Int, probability: Double, rarest: Double) {
    let law = BinomialDistribution(trials: trials, probability: probability)
    let mode = min(Int(Double(trials + 1) * probability), trials)
    var (low, high) = (mode, mode)
    while low > 0, law.mass(low - 1) > rarest { low -= 1 }
    while high < trials, law.mass(high + 1) > rarest { high += 1 }
    counts = low...high
    masses = counts.map(law.mass)
  }

  /// The probability of one of ``counts``.
  subscript(count: Int) -> Double { masses[count - counts.lowerBound] }
}
