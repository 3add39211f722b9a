/// How many threads work at the same time.
extension PlanSection {
  /// The key `threads`; where the plan has none, the variable `HOLDFAST_THREADS` of the environment, and
  /// two without it.
  mutating func threads(_ environment: [String: String]) -> Int {
    let range = 1...256
    guard node("threads") == nil, let text = environment["HOLDFAST_THREADS"], !text.isEmpty else {
      return integer("threads", in: range, default: 2)
    }
    if let threads = Int(text), range.contains(threads) { return threads }
    add([
      PlanPlace("HOLDFAST_THREADS").problem(
        "'\(text.prefix(60))' in the environment is not allowed; expected a whole number from "
          + "\(range.lowerBound) to \(range.upperBound)")
    ])
    return 2
  }
}
