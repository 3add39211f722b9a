extension Covariate {
  /// A number as a category: the intervals between cuts, each with its lower end.
  ///
  /// A category stays as it is, and so does what is missing.
  ///
  /// - Parameter cuts: Where an interval begins, in ascending order.
  /// - Returns: The category, its levels in words: `< 30`, `30 to < 90`, `≥ 90`.
  public func cut(at cuts: [Double]) -> Covariate {
    guard case .number(let values, let isPresent) = column else { return self }
    precondition(!cuts.isEmpty, "a number is cut somewhere")
    precondition(zip(cuts, cuts.dropFirst()).allSatisfy { $0 < $1 }, "cuts ascend")
    let texts = cuts.map(Condition.text)
    let between = zip(texts, texts.dropFirst()).map { "\($0) to < \($1)" }
    let codes = values.indices.map { row in
      isPresent[row] ? Int32(cuts.count { $0 <= values[row] }) : -1
    }
    return Covariate(
      name: name,
      column: .category(
        codes: codes, levels: ["< \(texts[0])"] + between + ["≥ \(texts[texts.count - 1])"]))
  }
}
