/// Rows that each belong to one of several classes, none of them empty.
struct ClassifiedRows: Hashable, Sendable {
  /// The class of each row, from zero.
  let classes: [Int32]
  /// The number of classes.
  let classCount: Int
  /// The number of sessions that each row stands for.
  let weights: [Double]
  /// The number of sessions of each class.
  let sums: [Double]

  /// Takes in the classes of rows.
  ///
  /// - Throws: ``FitError`` if lengths, classes or weights do not fit, or if a class is empty.
  init(
    _ classes: [Int32], classCount: Int, weights: [Double]?, rows: Int
  ) throws(FitError) {
    precondition(classCount > 1, "a choice is among two classes or more")
    guard classes.count == rows else {
      throw .lengthMismatch(rows: rows, outcomes: classes.count)
    }
    if let row = classes.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw .outcomeOutOfRange(row: row)
    }
    let likelihood = try LogisticLikelihood(Array(repeating: 0, count: rows), weights: weights)
    let w = likelihood.weights ?? Array(repeating: 1, count: rows)
    var sums = Array(repeating: 0.0, count: classCount)
    for row in classes.indices { sums[Int(classes[row])] += w[row] }
    if let empty = sums.firstIndex(of: 0) { throw .emptyClass(empty) }
    (self.classes, self.classCount, self.weights, self.sums) = (classes, classCount, w, sums)
  }

  /// The number of sessions.
  var sessions: Double { weights.reduce(0, +) }
}
