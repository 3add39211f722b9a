internal import Probability

/// The greatest of the values of several arms, and the arms that have it, which share equally.
struct GreatestValue {
  let value: Double
  /// The number of arms that have it.
  let ties: Int

  /// Looks at the values of the arms, by their index; none is NaN.
  init(of values: some Collection<Double>) {
    var best = (value: -Double.infinity, ties: 0)
    for value in values {
      if value > best.value {
        best = (value, 1)
      } else if value == best.value {
        best.ties += 1
      }
    }
    (value, ties) = best
  }

  /// One of the arms that have it, each as likely as the next; no word is drawn for a single one.
  static func choose(_ values: some Collection<Double>, using rng: inout Philox) -> Arm {
    let greatest = GreatestValue(of: values)
    var rank = greatest.ties == 1 ? 0 : rng.index(below: greatest.ties)
    for (arm, value) in values.enumerated() where value == greatest.value {
      if rank == 0 { return Arm(arm) }
      rank -= 1
    }
    preconditionFailure("the greatest value belongs to an arm")
  }

  /// The probabilities with which `choose` takes each arm.
  static func propensities(_ values: some Collection<Double>) -> [Double] {
    let greatest = GreatestValue(of: values)
    return values.map { $0 == greatest.value ? 1 / Double(greatest.ties) : 0 }
  }
}
