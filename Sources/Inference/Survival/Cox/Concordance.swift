/// How well a Cox regression tells whose event comes first.
///
///     C = (concordant + ½ tied) / (concordant + discordant + tied)
///
/// over the pairs of sessions of one stratum of which one had the event while the other was still
/// watched; a pair is concordant if the first had the greater linear predictor, and tied if both had the
/// same. One half is chance.
///
/// Reference: Harrell, Lee and Mark (1996), *Statistics in Medicine* 15, 361–387.
public struct Concordance: Hashable, Sendable {
  /// The number of pairs in which the greater predictor had the event first.
  public private(set) var concordant = 0.0
  /// The number of pairs in which it had not.
  public private(set) var discordant = 0.0
  /// The number of pairs with equal predictors.
  public private(set) var tied = 0.0

  /// Counts the pairs of a fit's data.
  ///
  /// - Throws: `noVariation` if no pair can be compared.
  /// - Complexity: O(*n* log *n*).
  public init(_ fit: CoxFit, _ data: CoxData) throws(InferenceError) {
    let predictors = (0..<data.weights.count).map { row in
      var eta = 0.0
      for column in 0..<data.columnCount {
        eta += fit.coefficients[column] * data.covariates[row * data.columnCount + column]
      }
      return eta
    }
    let ranks = Self.ranks(of: predictors)
    var seen = CumulativeWeights(count: (ranks.max() ?? 0) + 1)
    // From the longest watch on, those seen before were watched for longer.
    for block in data.blocks {
      if block.beginsStratum { seen.clear() }
      for row in block.censored { seen.add(data.weights[row], at: ranks[row]) }
      for row in block.events {
        let (below, upTo) = (seen.sum(below: ranks[row]), seen.sum(below: ranks[row] + 1))
        concordant += data.weights[row] * below
        tied += data.weights[row] * (upTo - below)
        discordant += data.weights[row] * (seen.total - upTo)
      }
      for row in block.events { seen.add(data.weights[row], at: ranks[row]) }
    }
    guard concordant + discordant + tied > 0 else { throw .noVariation }
  }

  /// The concordance `C`, between zero and one.
  public var value: Double { (concordant + 0.5 * tied) / (concordant + discordant + tied) }

  /// Ranks from zero, equal values alike.
  private static func ranks(of values: [Double]) -> [Int] {
    // The bits of negative numbers sort backwards.
    let order = sortedOrder(
      of: values.map { value in
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
      })
    var ranks = Array(repeating: 0, count: values.count)
    for place in order.indices.dropFirst() {
      let isEqual = values[order[place]] == values[order[place - 1]]
      ranks[order[place]] = ranks[order[place - 1]] + (isEqual ? 0 : 1)
    }
    return ranks
  }
}

/// Weights at places, and their sums up to a place, each in logarithmic time.
///
/// Reference: Fenwick (1994), *Software: Practice and Experience* 24, 327–336.
private struct CumulativeWeights {
  private var nodes: [Double]
  private(set) var total = 0.0

  init(count: Int) { nodes = Array(repeating: 0, count: count + 1) }

  mutating func clear() {
    for index in nodes.indices { nodes[index] = 0 }
    total = 0
  }

  mutating func add(_ weight: Double, at place: Int) {
    total += weight
    var node = place + 1
    while node < nodes.count {
      nodes[node] += weight
      node += node & -node
    }
  }

  func sum(below place: Int) -> Double {
    var (sum, node) = (0.0, place)
    while node > 0 {
      sum += nodes[node]
      node &= node - 1
    }
    return sum
  }
}
