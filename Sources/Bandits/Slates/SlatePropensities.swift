/// What a log records of how probable its pages were; each column is there or is empty.
///
///     joint      p(a₁, …, a_L | x)     one number a page
///     cascade    p(a₁, …, aₗ | x)      one number a slot: the chance of the page down to it
///     marginal   p(aₗ in slot l | x)   one number a slot, whatever the others show
///
/// Columns of slots are page after page.
public struct SlatePropensities: Hashable, Sendable {
  /// The chance of each page.
  public let joint: [Double]
  /// The chance of each page down to each of its slots.
  public let cascade: [Double]
  /// The chance of each arm to be in its slot.
  public let marginal: [Double]

  /// One of the columns.
  public enum Column: Hashable, Sendable {
    /// The chance of the page.
    case joint
    /// The chance of the page down to each slot.
    case cascade
    /// The chance of each arm in its slot.
    case marginal
  }

  /// Creates the columns that are recorded; the last of each page's cascade is its joint chance.
  public init(joint: [Double] = [], cascade: [Double] = [], marginal: [Double] = []) {
    self.joint = joint
    self.cascade = cascade
    self.marginal = marginal
  }

  /// Creates all columns of pages that a policy, as it is now, may have shown.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - arms: The arms of the pages, page after page.
  ///   - cells: The cell of each page.
  /// - Complexity: O(*nL*) beyond one law of the policy for each distinct start of a page.
  public init(of policy: some SlatePolicy, arms: [Int32], cells: [Int32]) {
    precondition(arms.count == cells.count * policy.slotCount, "every slot has an arm")
    var laws = SlateLaws(policy)
    let slots = policy.slotCount
    cascade = laws.cascade(arms: arms, cells: cells)
    marginal = laws.marginals(arms: arms, cells: cells)
    joint = cells.indices.map { [cascade] in cascade[$0 * slots + slots - 1] }
  }
}

/// The laws of a policy, each asked for once.
struct SlateLaws<Policy: SlatePolicy> {
  let policy: Policy
  private var known: [[Int32]: [Double]] = [:]
  private var slots: [Int32: [[Double]]] = [:]

  init(_ policy: Policy) { self.policy = policy }

  /// The law of the arm after the first ones of a page.
  mutating func law(after shown: ArraySlice<Int32>, in cell: Int32) -> [Double] {
    let key = [cell] + shown
    if let law = known[key] { return law }
    let law = policy.propensities(
      after: shown.map { Arm(Int($0)) }, in: Context(cell: Int(cell)))
    known[key] = law
    return law
  }

  /// The probability of each arm in each slot of a cell.
  mutating func slotLaws(in cell: Int32) -> [[Double]] {
    if let laws = slots[cell] { return laws }
    let laws = policy.slotPropensities(in: Context(cell: Int(cell)))
    slots[cell] = laws
    return laws
  }

  /// The chance of each page down to each of its slots; zero from the first arm on that has none.
  mutating func cascade(arms: [Int32], cells: [Int32]) -> [Double] {
    let count = policy.slotCount
    var chances: [Double] = []
    chances.reserveCapacity(arms.count)
    for (page, cell) in cells.enumerated() {
      var chance = 1.0
      for place in page * count..<(page + 1) * count {
        if chance > 0 {
          chance *= law(after: arms[page * count..<place], in: cell)[Int(arms[place])]
        }
        chances.append(chance)
      }
    }
    return chances
  }

  /// The chance of each arm to be in its slot.
  mutating func marginals(arms: [Int32], cells: [Int32]) -> [Double] {
    let count = policy.slotCount
    var chances: [Double] = []
    chances.reserveCapacity(arms.count)
    for (page, cell) in cells.enumerated() {
      let laws = slotLaws(in: cell)
      for slot in 0..<count { chances.append(laws[slot][Int(arms[page * count + slot])]) }
    }
    return chances
  }
}
