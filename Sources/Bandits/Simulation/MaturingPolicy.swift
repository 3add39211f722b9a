public import Inference

/// A policy that learns from open windows too: how all sessions stand today, not only those that are known.
///
/// In a world that says when outcomes are known, ``Simulation`` hands it the life tables of every cell and
/// arm once a day, in place of single outcomes; so does a replay by a ``ReplaySchedule`` with a window.
public protocol MaturingPolicy: Policy {
  /// Learns how all sessions stand today, in place of how they stood before: a table for each cell and
  /// arm, cell after cell, in days.
  mutating func learn(asOf tables: [LifeTable])
}

extension MaturingThompson: MaturingPolicy {}

/// How the sessions of a replication or a replay stand, by the day they came.
struct CohortTables {
  private let window: Int
  /// The sessions of each cell and arm that are not known to be lost, day after day.
  private var standing: [[Int]]
  /// The losses of each cell and arm by their duration in days, from 0 to the window.
  private var losses: [[Int]]

  init(places: Int, window: Int) {
    self.window = window
    standing = Array(repeating: [], count: places)
    losses = Array(repeating: Array(repeating: 0, count: window + 1), count: places)
  }

  /// Adds a session of a day.
  mutating func add(_ place: Int, day: Int) {
    while standing[place].count <= day { standing[place].append(0) }
    standing[place][day] += 1
  }

  /// Moves a session of a day to the losses of another; one after the window counts at its end.
  mutating func lose(_ place: Int, day: Int, on lossDay: Int) {
    standing[place][day] -= 1
    losses[place][min(lossDay - day, window)] += 1
  }

  /// The life tables once the losses of a day are in: a session that stands is censored at its age, or at
  /// the window's end.
  func tables(on today: Int) -> [LifeTable] {
    standing.indices.map { place in
      var censored = Array(repeating: 0, count: window + 1)
      for (day, count) in standing[place].enumerated() where day < today {
        censored[min(today - day, window)] += count
      }
      var table = LifeTable()
      for duration in 0...window where losses[place][duration] + censored[duration] > 0 {
        table.add(
          duration: Double(duration), events: losses[place][duration],
          censored: censored[duration])
      }
      return table
    }
  }
}
