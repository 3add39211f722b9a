/// Tests that are known to fail, one for each kind of data: a calibration that does not see it sees
/// nothing.
public enum CalibrationControls {
  /// Student's test, which is right in arms of equal size or spread; where the smaller arm varies more it
  /// is not.
  public static let pooledVariance = LiftCatalogue.Entry<Moments>(
    "control: pooled variance", scale: .difference
  ) { (offer, control, null) throws(InferenceError) in
    DifferenceTest(try .student(offer: offer, control: control), null: null)
  }

  /// Welch's test of what is left of each arm without its greatest and its least fifth, as if nothing
  /// had been dropped: its standard error is too small. Yuen's test is the right one.
  public static let outliersDropped = LiftCatalogue.Entry<[Double]>(
    "control: outliers dropped", scale: .difference
  ) { (offer, control, null) throws(InferenceError) in
    func trimmed(_ values: [Double]) -> Moments {
      let cut = values.count / 5
      return Moments(values.sorted().dropFirst(cut).dropLast(cut))
    }
    return try WelchTest(offer: trimmed(offer), control: trimmed(control), null: null)
  }

  /// The pooled z test of sessions, as if those of a customer were independent.
  public static let sessionsAsIndependent = LiftCatalogue.Entry<ClusterSums>(
    "control: sessions as if independent"
  ) { (offer, control) throws(InferenceError) in
    try PooledZTest(offer: offer.tally, control: control.tally)
  }

  /// The pooled z test of all strata put together.
  public static let strataIgnored = LiftCatalogue.Entry<StratifiedTally>("control: strata ignored")
  { (offer, control) throws(InferenceError) in
    try PooledZTest(offer: offer.pooled, control: control.pooled)
  }

  /// The log-rank test of a log in which every customer is written twice.
  public static let customersTwice = LiftCatalogue.Entry<LifeTable>(
    "control: customers counted twice"
  ) {
    (offer, control) throws(InferenceError) in
    func doubled(_ table: LifeTable) -> LifeTable {
      var double = table
      double.merge(table)
      return double
    }
    return try LogRankTest(offer: doubled(offer), control: doubled(control))
  }
}

extension ClusterSums {
  /// The sessions of clusters whose sums count successes.
  fileprivate var tally: Tally {
    let successes = sums.reduce(0.0) { total, moments in
      moments.count > 0 ? total + moments.mean * Double(moments.count) : total
    }
    return Tally(successes: Int(successes.rounded()), trials: sessionCount)
  }
}
