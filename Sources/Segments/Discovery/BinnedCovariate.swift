/// A covariate cut into a few bins, with the conditions that are unions of neighbouring bins.
///
/// Tables by bin then answer every condition at once: a category has a bin a level, a number one
/// between each pair of neighbouring cuts, and what is missing has its own.
struct BinnedCovariate {
  /// The bin of each session.
  let bins: [Int32]
  /// The number of bins.
  let binCount: Int
  /// The conditions, each with the bins that meet it.
  let candidates: [(condition: Condition, bins: Range<Int>)]

  /// Bins a covariate.
  ///
  /// - Parameters:
  ///   - covariate: The covariate on the discovery half.
  ///   - cutCount: The number of quantiles at which a number is cut.
  ///   - levelLimit: The number of levels, the most frequent, that become conditions.
  ///   - floor: The sessions below which a level or the missing value is too rare for a condition.
  init(_ covariate: Covariate, cutCount: Int, levelLimit: Int, floor: Int) {
    switch covariate.column {
    case .category(let codes, let levels):
      self.init(
        covariate.name, codes: codes, levels: levels, levelLimit: levelLimit, floor: floor)
    case .number(let values, let isPresent):
      self.init(covariate.name, values: values, isPresent, cutCount: cutCount, floor: floor)
    }
  }

  /// A covariate of one bin, beside which another is searched alone.
  static func whole(rows: Int) -> BinnedCovariate {
    BinnedCovariate(bins: Array(repeating: 0, count: rows), binCount: 1, candidates: [])
  }

  /// The covariate on some rows, with the same bins.
  func subset(_ rows: [Int]) -> BinnedCovariate {
    BinnedCovariate(bins: rows.map { bins[$0] }, binCount: binCount, candidates: candidates)
  }

  private init(
    bins: [Int32], binCount: Int, candidates: [(condition: Condition, bins: Range<Int>)]
  ) {
    (self.bins, self.binCount, self.candidates) = (bins, binCount, candidates)
  }

  /// A bin for each frequent level, one for what is missing, and one for the rest.
  private init(
    _ name: String, codes: [Int32], levels: [String], levelLimit: Int, floor: Int
  ) {
    var counts = Array(repeating: 0, count: levels.count)
    var missingCount = 0
    for code in codes {
      if code < 0 { missingCount += 1 } else { counts[Int(code)] += 1 }
    }
    let frequent = counts.indices.filter { counts[$0] >= floor }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
      .prefix(levelLimit).sorted()
    let (missing, rest) = (frequent.count, frequent.count + 1)
    var binOfLevel = Array(repeating: Int32(rest), count: levels.count)
    for (bin, level) in frequent.enumerated() { binOfLevel[level] = Int32(bin) }
    bins = codes.map { $0 < 0 ? Int32(missing) : binOfLevel[Int($0)] }
    binCount = frequent.count + 2
    var candidates = frequent.enumerated().map { bin, level in
      (condition: Condition(name, .level(levels[level])), bins: bin..<(bin + 1))
    }
    if missingCount >= floor {
      candidates.append((Condition(name, .missing), missing..<(missing + 1)))
    }
    self.candidates = candidates
  }

  /// Bins between the distinct quantiles of the numbers that are present.
  private init(
    _ name: String, values: [Double], _ isPresent: [Bool], cutCount: Int, floor: Int
  ) {
    let present = values.indices.filter { isPresent[$0] }.map { values[$0] }.sorted()
    var cuts: [Double] = []
    if let least = present.first {
      for index in 1...cutCount {
        let cut = present[index * present.count / (cutCount + 1)]
        if cut > cuts.last ?? least { cuts.append(cut) }
      }
    }
    let missing = cuts.count + 1
    bins = values.indices.map { row in
      guard isPresent[row] else { return Int32(missing) }
      return Int32(cuts.partitioningIndex { $0 > values[row] })
    }
    binCount = cuts.count + 2
    var candidates: [(condition: Condition, bins: Range<Int>)] = []
    for (index, cut) in cuts.enumerated() {
      candidates.append((Condition(name, .below(cut)), 0..<(index + 1)))
      candidates.append((Condition(name, .atLeast(cut)), (index + 1)..<(cuts.count + 1)))
    }
    if values.count - present.count >= floor {
      candidates.append((Condition(name, .missing), missing..<(missing + 1)))
    }
    self.candidates = candidates
  }
}

extension [Double] {
  /// The first place of an ascending array where a condition holds that never ceases to.
  fileprivate func partitioningIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
