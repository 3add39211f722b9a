/// The pseudo-inverse estimator of pages (PI), and its self-normalised form (wPI).
///
///     V̂ = (1/n) Σᵢ wᵢRᵢ      wᵢ = q_π(xᵢ)ᵀ Γ(xᵢ)⁺ 1ₛ      SE = sd(wR) / √n
///
/// `1ₛ` marks which arm each slot of the page shows, `q_π = E_π[1ₛ]` and `Γ = E_μ[1ₛ1ₛᵀ]` under the
/// logging policy `μ`; `R` is the reward of the whole page. Assumes that the expected reward of a page is
/// a sum over its slots of something that depends on the arm and the place (but is not seen slot by
/// slot); then it is unbiased, and its variance grows like `KL` rather than `Kᴸ`. Weights may be negative.
///
/// It needs the logging policy and not the recorded propensities. A target is supported if `q_π` lies in
/// the range of `Γ`; what lies outside is refused as missing support, by its greatest sum over a slot.
///
/// Reference: Swaminathan, Krishnamurthy, Agarwal, Dudík, Langford, Jose and Zitouni (2017), *NIPS* 30,
/// which also has the self-normalised form.
public struct PseudoInverse: SlateEstimator {
  public var floors: EvidenceFloors
  /// The policy that made the log.
  public let logging: any SlatePolicy
  /// Whether the weights are divided by their mean.
  public let isSelfNormalized: Bool

  /// Creates the estimator.
  ///
  /// - Parameters:
  ///   - logging: The policy that made the log, which did not learn on the way.
  ///   - isSelfNormalized: Whether the weights are divided by their mean.
  ///   - floors: What the log must show before the estimator answers.
  public init(
    logging: any SlatePolicy, isSelfNormalized: Bool = false,
    floors: EvidenceFloors = EvidenceFloors()
  ) {
    self.logging = logging
    self.isSelfNormalized = isSelfNormalized
    self.floors = floors
  }

  public var name: String { isSelfNormalized ? "wPI" : "PI" }

  /// - Throws: `noSupport`, `effectiveSampleSizeTooSmall`, `noVariation` or `overflow`.
  /// - Complexity: O(*Kᴸ* + (*KL*)³) a cell that has pages, and O(*nL*).
  public func estimate(
    _ target: some SlatePolicy, on log: SlateLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    precondition(
      logging.slotCount == log.slotCount && logging.armCount == log.armCount,
      "the logging policy covers the slots and arms of the log")
    let supportedShare = try floors.support(of: target, in: log)
    var weights = Array(repeating: 0.0, count: log.count)
    var outside = 0.0
    let pages = Dictionary(grouping: 0..<log.count) { log.cells[$0] }
    for cell in pages.keys.sorted() {
      let context = Context(cell: Int(cell))
      let moments = SlotMoments(of: logging, in: context)
      let solved = moments.solve(target.slotPropensities(in: context).flatMap { $0 })
      let rows = pages[cell, default: []]
      outside += Double(rows.count) / Double(log.count) * solved.outside
      for page in rows {
        for slot in 0..<log.slotCount {
          let arm = Int(log.arms[page * log.slotCount + slot])
          weights[page] += solved.solution[slot * log.armCount + arm]
        }
      }
    }
    guard outside <= floors.unsupportedShare else {
      throw .noSupport(mass: outside, allowed: floors.unsupportedShare)
    }
    let rewards = log.pageRewards
    if isSelfNormalized {
      return try floors.ratioOfPages(
        by: name, weights: weights, rewards: rewards, width: 1, supportedShare: supportedShare)
    }
    return try floors.meanOfPages(
      by: name, weights: weights, width: 1, supportedShare: supportedShare
    ) { weights[$0] * rewards[$0] }
  }
}
