extension CategoricalDistribution {
  /// A draw: the number of a category, as a double.
  public func draw(using rng: inout Philox) -> Double { table.draw(using: &rng) }

  /// A draw: the index of a category.
  public func drawIndex(using rng: inout Philox) -> Int { Int(table.draw(using: &rng)) }

  /// Fills a buffer with draws: numbers of categories, as doubles; see ``Philox/fill(_:)`` for what
  /// all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    table.fill(&draws, using: &rng)
  }
}
