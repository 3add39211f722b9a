internal import Probability

extension SegmentSearch {
  /// How often half of the customers would have led to the same rules.
  ///
  /// For each half-sample, which every customer enters by the toss of a coin, the candidates are
  /// searched anew; those that beat what chance reaches (a score above zero) and differ from each
  /// other are kept up to the rule limit. A rule is rediscovered if one of them divides the
  /// half-sample nearly as it does, by the overlap limit.
  ///
  /// - Parameters:
  ///   - rules: The rules in question, as those of a report.
  ///   - data: The sessions.
  ///   - baseline: The arm that every other is compared with, by its place.
  ///   - halves: The number of half-samples.
  /// - Returns: The share of half-samples that rediscover each rule.
  /// - Throws: ``SegmentError`` if a rule does not fit the data, or if there is nothing to compare.
  /// - Complexity: A search of the discovery half, each.
  ///
  /// Reference: Meinshausen and Bühlmann (2010), *JRSS B* 72, 417–473.
  public func stability(
    of rules: [Rule], _ data: SegmentData, baseline: Int, halves: Int = 20
  ) throws(SegmentError) -> [Double] {
    checkSettings()
    precondition((1...64).contains(halves), "a half-sample is one bit of a word")
    try Self.checkArms(data, baseline)
    let coins = data.units.map { unit in
      var stream = Philox(StreamKey(seed: seed, purpose: .subsample, index: unit))
      return stream.next()
    }
    var found = rules.map { _ in 0 }
    for half in 0..<halves {
      let sample = data.subset(coins.indices.filter { coins[$0] >> half & 1 == 1 })
      let candidates = CandidateSearch(sample, baseline: baseline, settings: self)
        .ranked(depth: depth).candidates
      var selection = RuleSelection(sample, overlapLimit: overlapLimit)
      for candidate in candidates where candidate.score > 0 && selection.rules.count < ruleLimit {
        try selection.consider(Rule(candidate.conditions))
      }
      for (place, rule) in rules.enumerated() where try selection.repeats(rule) {
        found[place] += 1
      }
    }
    return found.map { Double($0) / Double(halves) }
  }
}
