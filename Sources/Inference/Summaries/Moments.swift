/// The count, the mean and the spread of numbers, in one pass.
///
///     add      δ = x − m,   m ← m + δ/n,   S ← S + δ(x − m)
///     merge    δ = m_b − m_a,   m ← m_a + δ n_b/n,   S ← S_a + S_b + δ² n_a n_b/n
///
/// `S = Σ(xᵢ − m)²` is never the difference of two large sums, and the mean is kept as its distance from
/// the first value, so the variance of numbers far from zero keeps its digits. Adding and merging are
/// O(1).
///
/// What a double has lost is lost before it comes here: 10000000.1 is 4e-10 off, and a spread of 0.1
/// about such numbers has 8 digits left whatever the algorithm. Decimals of one kind are therefore best
/// counted in their smallest unit, money in cents: whole numbers are exact up to 2⁵³. `divided(by:)` turns
/// the moments back, with one rounding.
///
/// References: Welford (1962), *Technometrics* 4, 419–420; Chan, Golub and LeVeque (1983),
/// *The American Statistician* 37, 242–247, equations 2.1.
public struct Moments: Summary, Hashable {
  /// The number of values.
  public private(set) var count: Int
  /// The sum of squared deviations from the mean, `S`; zero for fewer than two values.
  public private(set) var sumOfSquaredDeviations: Double
  /// The first value, or zero while there is none.
  private var origin: Double
  /// The mean less the first value.
  private var offset: Double

  /// Creates the moments of no values.
  public init() {
    count = 0
    sumOfSquaredDeviations = 0
    origin = 0
    offset = 0
  }

  /// Creates moments from figures that someone else has computed.
  public init(count: Int, mean: Double, sumOfSquaredDeviations: Double) {
    precondition(count >= 0, "a count is not negative")
    precondition(mean.isFinite && sumOfSquaredDeviations >= 0, "moments are finite")
    self.count = count
    self.sumOfSquaredDeviations = count > 1 ? sumOfSquaredDeviations : 0
    origin = count > 0 ? mean : 0
    offset = 0
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
    origin = tally.proportion
    sumOfSquaredDeviations = origin * Double(tally.failures)
  }

  /// The mean.
  ///
  /// - Precondition: There is at least one value.
  public var mean: Double {
    precondition(count > 0, "no values have no mean")
    return origin + offset
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
    if count == 0 { origin = value }
    count += 1
    let distance = value - origin
    let delta = distance - offset
    offset += delta / Double(count)
    sumOfSquaredDeviations += delta * (distance - offset)
  }

  /// The moments of the values divided by a positive number, such as 100 to go from cents to a currency.
  public func divided(by unit: Double) -> Moments {
    precondition(unit > 0 && unit.isFinite, "a unit is positive and finite")
    guard count > 0 else { return self }
    return Moments(
      count: count, mean: mean / unit,
      sumOfSquaredDeviations: sumOfSquaredDeviations / (unit * unit))
  }

  public mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = Double(count + other.count)
    let delta = (other.origin - origin) + (other.offset - offset)
    let share = Double(other.count) / total
    sumOfSquaredDeviations += other.sumOfSquaredDeviations + delta * delta * share * Double(count)
    offset += delta * share
    count += other.count
  }
}
