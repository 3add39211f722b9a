/// The count, the mean and the spread of numbers, in one pass.
///
///     add      δ = x − m,   m ← m + δ/n,   S ← S + δ(x − m)
///     merge    δ = m_b − m_a,   m ← m_a + δ n_b/n,   S ← S_a + S_b + δ² n_a n_b/n
///
/// `S = Σ(xᵢ − m)²` is never the difference of two large sums, so the variance of numbers far from
/// zero keeps its digits. Adding and merging are O(1).
///
/// References: Welford (1962), *Technometrics* 4, 419–420; Chan, Golub and LeVeque (1983),
/// *The American Statistician* 37, 242–247, equations 2.1.
public struct Moments: Summary, Hashable {
  /// The number of values.
  public private(set) var count: Int
  /// The sum of squared deviations from the mean, `S`; zero for fewer than two values.
  public private(set) var sumOfSquaredDeviations: Double
  /// The mean, or zero while there is none.
  private var center: Double

  /// Creates the moments of no values.
  public init() {
    count = 0
    sumOfSquaredDeviations = 0
    center = 0
  }

  /// Creates moments from figures that someone else has computed.
  public init(count: Int, mean: Double, sumOfSquaredDeviations: Double) {
    precondition(count >= 0, "a count is not negative")
    precondition(mean.isFinite && sumOfSquaredDeviations >= 0, "moments are finite")
    self.count = count
    self.sumOfSquaredDeviations = count > 1 ? sumOfSquaredDeviations : 0
    center = count > 0 ? mean : 0
  }

  /// Creates the moments of values in their order.
  public init(_ values: some Sequence<Double>) {
    self.init()
    for value in values { add(value) }
  }

  /// Creates the moments of a tally's sessions, each counted as 0 or 1.
  public init(_ tally: Tally) {
    self.init()
    guard tally.trials > 0 else { return }
    count = tally.trials
    center = tally.proportion
    sumOfSquaredDeviations = center * Double(tally.failures)
  }

  /// The mean.
  ///
  /// - Precondition: There is at least one value.
  public var mean: Double {
    precondition(count > 0, "no values have no mean")
    return center
  }

  /// The unbiased variance, `S / (n − 1)`.
  ///
  /// - Precondition: There are at least two values.
  public var variance: Double {
    precondition(count > 1, "fewer than two values have no variance")
    return sumOfSquaredDeviations / Double(count - 1)
  }

  /// The standard error of the mean, `√(S / (n(n − 1)))`.
  ///
  /// - Precondition: There are at least two values.
  public var standardError: Double { (variance / Double(count)).squareRoot() }

  /// Adds one finite value.
  public mutating func add(_ value: Double) {
    count += 1
    let delta = value - center
    center += delta / Double(count)
    sumOfSquaredDeviations += delta * (value - center)
  }

  public mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = Double(count + other.count)
    let delta = other.center - center
    let share = Double(other.count) / total
    sumOfSquaredDeviations += other.sumOfSquaredDeviations + delta * delta * share * Double(count)
    center += delta * share
    count += other.count
  }
}
