/// The type-I errors of tests and the coverage of their intervals, by simulation, for data that cannot be
/// enumerated.
///
/// All tests of a kind of data see the same data. Replication *i* has a random stream of its own, so a row
/// is the same, to the last byte, for any number of threads. An estimated share of `p` from `r`
/// replications has a Monte Carlo error of `√(p(1 − p)/r)`: to see 5.5 % for what it is takes 97,000, to
/// see 6 % 25,000.
///
/// Reference: Morris, White and Crowther (2019), *Statistics in Medicine* 38, 2074–2102.
public struct SimulatedCalibration: Hashable, Sendable {
  /// The number of replications.
  public let replications: Int
  /// The seed of the streams.
  public let seed: UInt64
  /// The level `α` of a test; intervals have the level `1 − α`.
  public let alpha: Double

  /// Plans a simulation.
  public init(replications: Int, seed: UInt64, alpha: Double = 0.05) {
    precondition(replications > 0, "a simulation has a replication")
    checkAlpha(alpha)
    self.replications = replications
    self.seed = seed
    self.alpha = alpha
  }

  /// The rows of tests in a world: where it has no effect their type-I errors, two-sided and on each side;
  /// where the effect is known on their scale, the coverage of their intervals.
  ///
  /// Data that a test cannot answer neither reject nor miss.
  ///
  /// - Parameters:
  ///   - entries: The tests.
  ///   - world: Where the data come from.
  ///   - intervals: Whether to make intervals.
  ///   - standard: What the tests promise; nil is what the catalogues say.
  ///   - threads: The number of tasks; no row depends on it.
  /// - Returns: Rows in the order of the tests.
  public nonisolated(nonsending) func rows<Arm: Sendable>(
    of entries: [LiftCatalogue.Entry<Arm>], in world: CalibrationWorld<Arm>,
    intervals: Bool = true, standard: CalibrationStandard? = nil, threads: Int = 1
  ) async -> [CalibrationRow] {
    // For each test: the rejections of each alternative, the misses, and whether either can be counted.
    let width = 6
    let alpha = alpha
    let counts = await Replications(count: replications, seed: seed).counts(
      width * entries.count, threads: threads
    ) { rng, counters in
      let (offer, control) = world.draw(&rng)
      for (index, entry) in entries.enumerated() {
        guard let test = try? entry.compare(offer, control) else { continue }
        let (place, scale) = (width * index, test.method.scale)
        guard let truth = world.effect(scale) else { continue }
        if truth == scale.noEffect {
          counters[place + 4] += 1
          for (side, alternative) in Alternative.allCases.enumerated()
          where test.pValue(alternative) <= alpha {
            counters[place + side] += 1
          }
        }
        guard intervals else { continue }
        counters[place + 5] += 1
        if !test.interval(level: 1 - alpha).contains(truth) { counters[place + 3] += 1 }
      }
    }
    return entries.indices.flatMap { index in
      let own = counts[width * index..<width * (index + 1)].map { $0 }
      return rows(entries[index].name, own, world, standard)
    }
  }

  private func rows<Arm: Sendable>(
    _ name: String, _ counts: [Int], _ world: CalibrationWorld<Arm>,
    _ standard: CalibrationStandard?
  ) -> [CalibrationRow] {
    func row(_ quantity: CalibrationRow.Quantity, _ count: Int) -> CalibrationRow {
      let share = Double(count) / Double(replications)
      let isCoverage = quantity == .coverage
      return CalibrationRow(
        test: name, scenario: world.name, offer: world.offer, control: world.control,
        rate: world.rate, quantity: quantity, nominal: isCoverage ? 1 - alpha : alpha,
        observed: isCoverage ? 1 - share : share, replications: replications,
        standard: standard ?? .promised(by: name))
    }
    var rows: [CalibrationRow] = []
    if counts[4] > 0 {
      rows = zip(Alternative.allCases, counts).map { row($0.typeIError, $1) }
    }
    if counts[5] > 0 { rows.append(row(.coverage, counts[3])) }
    return rows
  }
}
