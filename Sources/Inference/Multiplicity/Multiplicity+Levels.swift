extension Multiplicity {
  /// The levels of intervals that agree with the adjusted p-values.
  ///
  /// An interval made at its level here excludes the null exactly when the adjusted p-value is below
  /// `α = 1 − level`, if the interval inverts its test. Each level is `1 − α′`, where `α′` is what the
  /// procedure in the end compares the raw p-value with (`r` rejections of `m`, rank `i` from 1):
  ///
  ///     single step        α/m, or 1 − (1 − α)^(1/m)
  ///     Holm               α/(m − i + 1) where rejected, α/(m − r) elsewhere
  ///     Hochberg           α/(m − r + 1) where rejected, α/(m − i + 1) elsewhere
  ///     Hommel             α/h(α)
  ///     false discoveries  α max(r, 1)/m, with the estimated or dependence factor of the method
  ///
  /// Single-step intervals hold all effects at once with probability `1 − α`. Those of the false
  /// discovery methods keep the expected share of selected intervals that miss below `α`. Step-wise
  /// ones only agree with the test: no interval that is always two-sided can do more.
  ///
  /// References: Benjamini and Yekutieli (2005), *Journal of the American Statistical Association*
  /// 100, 71–81; Strassburger and Bretz (2008), *Statistics in Medicine* 27, 4914–4927.
  ///
  /// - Parameters:
  ///   - pValues: P-values in 0...1, or nil where there is none.
  ///   - level: The level of a single interval, between zero and one.
  /// - Returns: The level of each interval, nil where there is no p-value.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public func intervalLevels(for pValues: [Double?], level: Double) -> [Double?] {
    checkLevel(level)
    let alpha = 1 - level
    let family = PValueFamily(pValues)
    let m = Double(family.count)
    let rejected = adjust(pValues).count { $0.map { $0 < alpha } ?? false }
    let selected = Double(max(rejected, 1))
    func share(_ rank: Int) -> Double {
      let remaining = family.count - rank
      let left = family.count - rejected
      return switch self {
      case .unadjusted: alpha
      case .bonferroni: alpha / m
      case .sidak: Self.eachOf(family.count, alpha)
      case .holm: alpha / Double(rank < rejected ? remaining : left)
      case .holmSidak: Self.eachOf(rank < rejected ? remaining : left, alpha)
      case .hochberg: alpha / Double(rank < rejected ? left + 1 : remaining)
      case .hommel:
        alpha / Double(max(1, firstIndex(in: 0...family.count) { alpha >= reach[$0] }))
      case .benjaminiHochberg: alpha * selected / m
      case .benjaminiYekutieli: alpha * selected / (m * Self.harmonicNumber(family.count))
      // No p-value above λ = ½ is answered.
      case .storey: min(0.5.nextUp, alpha * selected / Self.nullCount(family))
      case .twoStageBenjaminiHochberg: twoStage
      }
    }
    let reach = self == .hommel ? Self.largestSetsRejected(family) : []
    let first = alpha / (1 + alpha)
    let firstStage =
      self == .twoStageBenjaminiHochberg
      ? Double(Self.benjaminiHochberg(pValues).count { $0.map { $0 < first } ?? false }) : 0
    let twoStage = firstStage < m ? first * selected / (m - firstStage) : first
    var levels = pValues
    for (rank, member) in family.members.enumerated() { levels[member.place] = 1 - share(rank) }
    return levels
  }
}
