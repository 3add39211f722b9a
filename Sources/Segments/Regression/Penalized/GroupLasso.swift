public import LinearAlgebra

/// Regression with a penalty on groups of coefficients, for a path of penalties: a group enters whole.
///
///     min over β₀, β of   L(β₀, β) + λ Σ_g w_g ‖θ_g‖        w_g = √p_g by default
///
/// `L` is the mean loss of a ``PenalizedResponse``. The columns of a category with many levels form one
/// group, and so do a number's powers. With `orthonormalizes` the length is that of what the group says,
/// `‖θ_g‖² = Σᵢ ωᵢ (x_giᵀβ_g)²` about its mean: it does not depend on which level is the reference, on the
/// columns' units, or on whether a redundant level is there. Without, `θ_g` are the group's coefficients,
/// per standard deviation of the columns if `standardizes`.
///
/// Each penalty starts from the one before. Only groups are worked on that the sequential strong rule keeps,
/// `‖g_g(λₖ₋₁)‖ ≥ w_g(2λₖ − λₖ₋₁)`; all others are checked in the end, and whatever was wrongly left out
/// is taken in.
///
/// References: Yuan and Lin (2006), *Journal of the Royal Statistical Society B* 68, 49–67; Breheny and Huang
/// (2015), *Statistics and Computing* 25, 173–187; Tibshirani et al. (2012), *Journal of the Royal
/// Statistical Society B* 74, 245–266 (strong rules).
public struct GroupLasso: Hashable, Sendable {
  /// The group of each column, numbered from zero without gaps.
  public var groups: [Int]
  /// The weight `w` of each group, zero or more; zero frees a group, nil is for the root of its size.
  public var weights: [Double]?
  /// Whether a group is measured by what it says rather than by its coefficients.
  public var orthonormalizes = true
  /// Whether coefficients are measured per standard deviation of their columns.
  public var standardizes = true
  /// Whether an intercept is fitted.
  public var hasIntercept = true
  /// The penalties; nil for a sequence that descends evenly on the log scale.
  public var lambdas: [Double]?
  /// The number of penalties of the sequence.
  public var lambdaCount = 100
  /// The least penalty of the sequence as a share of the greatest; nil for 10⁻⁴, or 10⁻² where there are
  /// more columns than rows.
  public var lambdaRatio: Double?
  /// Whether a sequence ends early, by the rule of ``ElasticNet/stopsEarly``.
  public var stopsEarly = true
  /// The slope that counts as zero, per standard deviation of a group and of the outcome.
  public var tolerance = 1e-7
  /// The rounds of a penalty after which to stop.
  public var roundLimit = 200
  /// Whether groups are left out by the strong rule.
  package var screens = true

  /// Creates a regression with the default settings.
  public init(groups: [Int]) { self.groups = groups }

  /// The columns of each group.
  var columnsByGroup: [[Int]] {
    var columns: [[Int]] = Array(repeating: [], count: (groups.max() ?? -1) + 1)
    for (column, group) in groups.enumerated() { columns[group].append(column) }
    return columns
  }

  /// Fits a regression at each penalty.
  ///
  /// The path is of the form of an elastic net's; its `violation` is the greatest distance of zero from a
  /// group's subdifferential. Coefficients are those of the columns as they are; a group is zero whole.
  ///
  /// - Throws: ``FitError`` if the response does not fit `x`, or if a column is not finite.
  /// - Complexity: O(*n q*) a round for the *q* columns of the groups kept, a few rounds a penalty, and
  ///   O(*n q*²) each time that a group is taken in.
  public func fit(
    _ x: some DesignMatrix, _ response: PenalizedResponse
  ) throws(FitError) -> ElasticNetPath {
    checkSettings(columns: x.columnCount)
    guard x.rowCount == response.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: response.outcomes.count)
    }
    var path = try GroupPathFit(x, response, self)
    return path.run()
  }

  private func checkSettings(columns: Int) {
    precondition(groups.count == columns, "one group belongs to each column")
    precondition(groups.allSatisfy { $0 >= 0 }, "groups are numbered from zero")
    let members = columnsByGroup
    precondition(members.allSatisfy { !$0.isEmpty }, "groups are numbered without gaps")
    precondition(tolerance > 0 && roundLimit > 0, "a solver's tolerance and limit are positive")
    precondition(lambdaCount > 0, "a path has penalties")
    precondition(lambdaRatio.map { $0 > 0 && $0 < 1 } ?? true, "a ratio lies between 0 and 1")
    precondition(
      lambdas?.allSatisfy { $0 > 0 && $0.isFinite } ?? true, "penalties are positive and finite")
    if let weights {
      precondition(weights.count == members.count, "one weight belongs to each group")
      precondition(
        weights.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are zero or more")
    }
  }
}
