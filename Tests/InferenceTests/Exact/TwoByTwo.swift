import Inference
import Testing

/// All tables of some size, and the laws of their cells in plain arithmetic.
enum TwoByTwo {
  /// Every pair of tallies of one to `n` trials in which not all sessions ended alike.
  static func varied(upTo n: Int) -> [(Tally, Tally)] {
    all(upTo: n).filter { offer, control in
      let successes = offer.successes + control.successes
      return successes > 0 && successes < offer.trials + control.trials
    }
  }

  /// Every pair of tallies of one to `n` trials.
  static func all(upTo n: Int) -> [(Tally, Tally)] {
    (1...n).flatMap { n1 in (1...n).flatMap { n0 in tables(n1, n0) } }
  }

  /// Every pair of tallies of two numbers of trials.
  static func tables(_ n1: Int, _ n0: Int) -> [(Tally, Tally)] {
    (0...n1).flatMap { x1 in
      (0...n0).map { x0 in (Tally(successes: x1, trials: n1), Tally(successes: x0, trials: n0)) }
    }
  }

  static func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  static func binomial(_ n: Int, _ k: Int, _ p: Double) -> Double {
    (0..<k).reduce(choose(n, k)) { product, _ in product * p }
      * (0..<(n - k)).reduce(1.0) { product, _ in product * (1 - p) }
  }

  /// The law of the offer's successes given the margins.
  static func conditional(
    _ offer: Tally, _ control: Tally, oddsRatio: Double
  ) -> [(count: Int, mass: Double)] {
    let sum = offer.successes + control.successes
    let counts = max(0, sum - control.trials)...min(offer.trials, sum)
    var weight = 1.0
    let weights = counts.map { k in
      defer { weight *= oddsRatio }
      return choose(offer.trials, k) * choose(control.trials, sum - k) * weight
    }
    let total = weights.reduce(0, +)
    return zip(counts, weights).map { ($0, $1 / total) }
  }
}

extension LiftCase {
  /// The arms of a two-by-two case: a table of rows (success, failure) or of columns, or named counts.
  var arms: (offer: Tally, control: Tally) {
    get throws {
      if inputs["table"] != .null {
        var table = try inputs["table"].table
        if inputs["layout"] == .string("columns are groups") {
          table = [[table[0][0], table[1][0]], [table[0][1], table[1][1]]]
        }
        return (
          Tally(successes: table[0][0], trials: table[0][0] + table[0][1]),
          Tally(successes: table[1][0], trials: table[1][0] + table[1][1])
        )
      }
      if inputs["x_treat"] != .null {
        return (try tally("x_treat", "n_treat"), try tally("x_control", "n_control"))
      }
      return (try first, try second)
    }
  }
}
