/// The counts of one experiment.
struct Experiment: Sendable {
  /// The name: the level of the plan's column, or several joined.
  let name: String
  /// The group that it is summarised in.
  let group: String?
  /// The arms in their order.
  let arms: [Arm]
  /// The arm that the others are compared with, or why there is none.
  let baseline: Result<Int, Fault>

  /// The counts of an arm, by look.
  struct Arm: Sendable {
    let name: String
    let readings: [Reading]
  }

  /// The counts of an arm at one look.
  struct Reading: Sendable {
    /// When they were taken; zero where the plan names no looks.
    let look: Double
    let counts: CountedArm
  }

  /// Why an experiment as a whole cannot be read.
  enum Fault: Error, Hashable {
    case oneArm
    case noBaseline(String)
    case severalBaselines
    case armTwice(String)

    var sentence: String {
      switch self {
      case .oneArm: "no contrast: there is one arm"
      case .noBaseline(let wanted): "no baseline: no arm is \(wanted)"
      case .severalBaselines: "no baseline: several arms are marked as one"
      case .armTwice(let arm): "the arm \(arm) has two rows for one look"
      }
    }
  }

  /// What two arms say at the looks at which both were counted, ascending.
  static func together(
    _ one: Arm, _ other: Arm
  ) -> [(look: Double, one: CountedArm, other: CountedArm)] {
    var pairs: [(Double, CountedArm, CountedArm)] = []
    var place = 0
    for reading in one.readings {
      while place < other.readings.count, other.readings[place].look < reading.look { place += 1 }
      guard place < other.readings.count else { break }
      if other.readings[place].look == reading.look {
        pairs.append((reading.look, reading.counts, other.readings[place].counts))
      }
    }
    return pairs
  }

  /// The number of sessions of each arm at the last look that all arms have; nil where one has none
  /// that can be read.
  var sessions: [Int?] {
    let looks = arms.map { Set($0.readings.map(\.look)) }
    let common = looks.dropFirst().reduce(looks.first ?? []) { $0.intersection($1) }
    guard let last = common.max() else { return arms.map { _ in nil } }
    return arms.map { arm in arm.readings.last { $0.look == last }?.counts.sessions }
  }
}
