/// The total weight, the mean and the spread of weighted numbers, in one pass.
///
///     W = Σ wᵢ      m = Σ wᵢxᵢ / W      S = Σ wᵢ(xᵢ − m)²
///
/// The updates are those of ``Moments`` with weights in place of counts. A value of weight zero
/// changes nothing.
///
/// Reference: West (1979), *Communications of the ACM* 22, 532–535.
public struct WeightedMoments: Summary, Hashable {
  /// The total weight `W`.
  public private(set) var totalWeight: Double
  /// The weighted sum of squared deviations from the mean, `S`.
  public private(set) var sumOfSquaredDeviations: Double
  /// The mean, or zero while there is none.
  private var center: Double

  /// Creates the moments of no values.
  public init() {
    totalWeight = 0
    sumOfSquaredDeviations = 0
    center = 0
  }

  /// The weighted mean.
  ///
  /// - Precondition: The total weight is positive.
  public var mean: Double {
    precondition(totalWeight > 0, "values without weight have no mean")
    return center
  }

  /// The weighted sum of squared deviations from any point, `S + W(m − c)²`.
  public func sumOfSquaredDeviations(from point: Double) -> Double {
    sumOfSquaredDeviations + totalWeight * (center - point) * (center - point)
  }

  /// Adds one finite value with a finite weight, zero or more.
  @inlinable public mutating func add(_ value: Double, weight: Double) {
    guard weight > 0 else { return }
    addWeighted(value, weight)
  }

  @usableFromInline mutating func addWeighted(_ value: Double, _ weight: Double) {
    totalWeight += weight
    let delta = value - center
    center += delta * (weight / totalWeight)
    sumOfSquaredDeviations += weight * delta * (value - center)
  }

  public mutating func merge(_ other: WeightedMoments) {
    guard other.totalWeight > 0 else { return }
    guard totalWeight > 0 else {
      self = other
      return
    }
    let total = totalWeight + other.totalWeight
    let delta = other.center - center
    let share = other.totalWeight / total
    sumOfSquaredDeviations += other.sumOfSquaredDeviations + delta * delta * share * totalWeight
    center += delta * share
    totalWeight = total
  }
}
