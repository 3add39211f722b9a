/// Work on several elements at a time whose results come back in the elements' order.
enum Ordered {
  /// Maps each element by a task of its own, no more than `threads` at a time.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ body: @escaping @Sendable (Element) -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      var results: [Result?] = Array(repeating: nil, count: elements.count)
      var started = 0
      func startNext() {
        guard started < elements.count else { return }
        let index = started
        started += 1
        group.addTask { (index, body(elements[index])) }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for await (index, result) in group {
        results[index] = result
        startNext()
      }
      return results.compactMap { $0 }
    }
  }
}
