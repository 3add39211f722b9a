/// Groups of sessions from the highest scores to the lowest, of nearly equal size.
///
/// Sessions of equal score share a group: it ends with the score at which it has its share, so that
/// there may be fewer groups than asked for, and a constant score has one.
struct ScoreGroups {
  /// The rows of each group, the highest scores first.
  let groups: [[Int]]

  /// - Complexity: O(*n* log *n*).
  init(_ scores: [Double], rows: [Int], count: Int) {
    precondition(count > 0, "sessions fall in at least one group")
    let sorted = rows.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var groups: [[Int]] = []
    var group: [Int] = []
    var filled = 0
    for (index, row) in sorted.enumerated() {
      group.append(row)
      let isLast = index + 1 == sorted.count
      // A wide group of equals takes the place of several.
      let isFull = (index + 1) * count >= (filled + 1) * sorted.count
      if isLast || (isFull && scores[sorted[index + 1]] < scores[row]) {
        groups.append(group)
        group = []
        filled = (index + 1) * count / sorted.count
      }
    }
    self.groups = groups
  }
}
