/// A covariate as a policy tree splits it: a code a session, and tests that are ranges of codes.
///
/// A category has a code a level and asks for one level or the rest. A number has a code a distinct
/// value and asks for what lies below each; with more distinct values than the limit allows, it has
/// a code an interval between quantiles. What is missing has the last code.
struct SplitAxis {
  /// The code of each session.
  let codes: [Int32]
  /// The number of codes.
  let codeCount: Int
  /// The tests in the order in which they are tried, each with the codes that pass it.
  let tests: [(condition: Condition, codes: Range<Int>)]
  /// Whether a number was cut at quantiles, some of its distinct values being left out.
  let isBinned: Bool

  /// Codes a covariate.
  ///
  /// - Complexity: O(*n*) for categories and small whole numbers, else O(*n* log *n*).
  init(_ covariate: Covariate, cutLimit: Int) {
    switch covariate.column {
    case .category(let codes, let levels):
      self.init(covariate.name, codes: codes, levels: levels)
    case .number(let values, let isPresent):
      self.init(covariate.name, values: values, isPresent, cutLimit: cutLimit)
    }
  }

  private init(_ name: String, codes: [Int32], levels: [String]) {
    let missing = Int32(levels.count)
    var counts = Array(repeating: 0, count: levels.count + 1)
    for code in codes { counts[Int(code < 0 ? missing : code)] += 1 }
    self.codes = codes.map { $0 < 0 ? missing : $0 }
    codeCount = levels.count + 1
    var tests: [(condition: Condition, codes: Range<Int>)] = []
    for level in levels.indices where counts[level] > 0 {
      tests.append((Condition(name, .level(levels[level])), level..<(level + 1)))
    }
    if counts[levels.count] > 0 {
      tests.append((Condition(name, .missing), levels.count..<(levels.count + 1)))
    }
    // Of two codes in use the second test is the first once more.
    self.tests = tests.count == 2 ? [tests[0]] : tests
    isBinned = false
  }

  private init(_ name: String, values: [Double], _ isPresent: [Bool], cutLimit: Int) {
    let (cuts, isBinned) = Self.cuts(values, isPresent, limit: cutLimit)
    let missing = cuts.count + 1
    var missingCount = 0
    codes = values.indices.map { row in
      guard isPresent[row] else {
        missingCount += 1
        return Int32(missing)
      }
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] > values[row] { high = middle } else { low = middle + 1 }
      }
      return Int32(low)
    }
    codeCount = missing + 1
    var tests: [(condition: Condition, codes: Range<Int>)] = cuts.enumerated().map {
      (Condition(name, .below($1)), 0..<($0 + 1))
    }
    if missingCount > 0 {
      // What is missing goes with what fails a test, so both directions are tests of their own.
      tests += cuts.enumerated().map { (Condition(name, .atLeast($1)), ($0 + 1)..<missing) }
      if missingCount < values.count {
        tests.append((Condition(name, .missing), missing..<(missing + 1)))
      }
    }
    self.tests = tests
    self.isBinned = isBinned
  }

  /// The values that begin a code: every distinct one but the least, or quantiles.
  private static func cuts(
    _ values: [Double], _ isPresent: [Bool], limit: Int
  ) -> (cuts: [Double], isBinned: Bool) {
    if let few = smallWholeNumbers(values, isPresent), few.count - 1 <= limit {
      return (Array(few.dropFirst()), false)
    }
    let present = values.indices.filter { isPresent[$0] }.map { values[$0] }.sorted()
    var distinct: [Double] = []
    for value in present where value != distinct.last {
      distinct.append(value)
    }
    guard distinct.count - 1 > limit else { return (Array(distinct.dropFirst()), false) }
    var cuts: [Double] = []
    for index in 1...limit {
      let cut = present[index * present.count / (limit + 1)]
      if cut > cuts.last ?? distinct[0] { cuts.append(cut) }
    }
    return (cuts, true)
  }

  /// The distinct values in order if all are whole numbers from 0 to 1023, found without sorting.
  private static func smallWholeNumbers(_ values: [Double], _ isPresent: [Bool]) -> [Double]? {
    var isUsed = Array(repeating: false, count: 1024)
    for row in values.indices where isPresent[row] {
      guard values[row] >= 0, values[row] < 1024 else { return nil }
      let whole = Int(values[row])
      guard Double(whole) == values[row] else { return nil }
      isUsed[whole] = true
    }
    return isUsed.indices.filter { isUsed[$0] }.map(Double.init)
  }
}
