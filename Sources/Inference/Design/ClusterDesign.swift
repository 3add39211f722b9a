/// Sessions that come in clusters, such as a customer's, all of a cluster in one arm.
///
///     design effect = 1 + ((CV² + 1) m̄ − 1) ρ
///
/// `m̄` is the mean number of sessions of a cluster, `CV` the coefficient of variation of that number and
/// `ρ` the correlation of two outcomes of one cluster. The variance of an arm's mean is that of
/// independent sessions times the design effect.
///
/// Reference: Eldridge, Ashby and Kerry (2006), *International Journal of Epidemiology* 35, 1292–1300.
public struct ClusterDesign: Hashable, Sendable {
  /// The mean number of sessions of a cluster, at least 1.
  public let meanSize: Double
  /// The coefficient of variation of that number; 0 if all are alike.
  public let sizeVariation: Double
  /// The correlation `ρ` of two outcomes of one cluster, in 0...1.
  public let correlation: Double

  /// Describes clusters.
  public init(meanSize: Double, sizeVariation: Double = 0, correlation: Double) {
    precondition(meanSize >= 1 && meanSize.isFinite, "a cluster has at least one session")
    precondition(
      sizeVariation >= 0 && sizeVariation.isFinite, "a coefficient of variation is not negative")
    precondition(0 <= correlation && correlation <= 1, "a correlation here lies in 0...1")
    self.meanSize = meanSize
    self.sizeVariation = sizeVariation
    self.correlation = correlation
  }

  /// How many sessions are worth one independent session; at least 1.
  public var effect: Double {
    1 + ((sizeVariation * sizeVariation + 1) * meanSize - 1) * correlation
  }

  /// The clusters that hold a number of sessions.
  public func clusters(_ sizes: ArmSizes) -> ArmSizes { sizes.scaled(by: 1 / meanSize) }
}

/// A planned test of sessions that come in clusters: its sizes are divided by the design effect.
///
/// The clusters must be many, some forty an arm, for a normal statistic to be normal.
public struct ClusteredTest<Base: PlannedTest>: PlannedTest {
  /// The test, were the sessions independent.
  public let base: Base
  /// The clusters.
  public let clusters: ClusterDesign

  /// Plans a test of clustered sessions.
  public init(_ base: Base, clusters: ClusterDesign) {
    self.base = base
    self.clusters = clusters
  }

  public var null: Double { base.null }
  public var effects: ClosedRange<Double> { base.effects }

  public func power(_ sizes: ArmSizes, effect: Double) -> Double {
    base.power(sizes.scaled(by: 1 / clusters.effect), effect: effect)
  }

  public func sizes(
    effect: Double, power: Double, offersPerControl: Double
  ) throws(InferenceError) -> ArmSizes {
    try base.sizes(effect: effect, power: power, offersPerControl: offersPerControl)
      .scaled(by: clusters.effect)
  }
}
