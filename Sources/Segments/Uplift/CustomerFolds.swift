internal import Probability

/// A division of sessions in folds by customer.
///
/// All sessions of a customer fall into one fold, by a draw that depends on the seed and the
/// customer alone.
struct CustomerFolds {
  /// The sessions of a fold, and those of all others.
  struct Fold {
    let test: [Int]
    let training: [Int]
  }

  /// The folds that hold a session; with one fold, everything trains and is tested.
  let folds: [Fold]

  init(_ units: [UInt64], count: Int, seed: UInt64) {
    guard count > 1 else {
      folds = [Fold(test: Array(units.indices), training: Array(units.indices))]
      return
    }
    let places = units.map { unit in
      var stream = Philox(StreamKey(seed: seed, purpose: .folds, index: unit))
      return stream.index(below: count)
    }
    folds = (0..<count).map { fold in
      Fold(
        test: places.indices.filter { places[$0] == fold },
        training: places.indices.filter { places[$0] != fold })
    }.filter { !$0.test.isEmpty }
  }
}
