internal import CKernels

extension BetaDistribution {
  /// Fills a buffer with draws in the open interval (0, 1); see ``Philox/fill(_:)`` for what all
  /// fills promise.
  ///
  /// Shapes of 1 or less take Jöhnk's method (1964, *Metrika* 8, 5–15), others the share of one gamma
  /// variable in two. A draw that rounds to 0 or 1 is the number next to it;
  /// ``fillLogOdds(_:using:)`` keeps them apart when shapes are small.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_beta(&$0, alpha, beta, $1, $2) }
  }

  /// Fills a buffer with logarithms of the odds `x/(1 − x)` of draws, which no shapes make infinite.
  public func fillLogOdds(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_log_odds(&$0, alpha, beta, $1, $2) }
  }

  /// The position of the greatest of one draw from each distribution: a choice of Thompson sampling.
  ///
  /// The draws of up to 32 distributions are made side by side in vector registers; a choice is about
  /// three times as fast as drawing in turn. Shapes below 1 are drawn in turn.
  ///
  /// - Complexity: O(*K*), 15 nanoseconds a distribution.
  public static func greatestDraw(
    of distributions: Span<BetaDistribution>, using rng: inout Philox
  ) -> Int {
    precondition(!distributions.isEmpty, "the greatest is one of several draws")
    var best = (index: 0, draw: -Double.infinity)
    var start = 0
    while start < distributions.count {
      let count = min(pairs, distributions.count - start)
      let draws = sideBySide(distributions.extracting(start..<start + count), using: &rng)
      for index in 0..<count where draws[index] > best.draw {
        best = (start + index, draws[index])
      }
      start += count
    }
    return best.index
  }

  /// The distributions whose two gamma variables each the kernel takes at a time.
  private static var pairs: Int { 32 }

  /// One draw of each of up to 32 distributions.
  private static func sideBySide(
    _ distributions: Span<BetaDistribution>, using rng: inout Philox
  ) -> InlineArray<32, Double> {
    var draws = InlineArray<32, Double>(repeating: 0)
    var shapes = InlineArray<64, Double>(repeating: 1)
    var least = Double.infinity
    for index in distributions.indices {
      let (alpha, beta) = (distributions[index].alpha, distributions[index].beta)
      shapes[2 * index] = alpha
      shapes[2 * index + 1] = beta
      least = min(least, alpha, beta)
    }
    guard least >= 1 else {
      for index in distributions.indices { draws[index] = distributions[index].draw(using: &rng) }
      return draws
    }
    var gammas = InlineArray<64, Double>(repeating: 0)
    var room = gammas.mutableSpan
    room.withUnsafeMutableBufferPointer { gammas in
      shapes.span.withUnsafeBufferPointer { shapes in
        guard let gammas = gammas.baseAddress, let shapes = shapes.baseAddress else { return }
        rng.withBlocks { holdfast_fill_gamma_each(&$0, shapes, gammas, 2 * distributions.count) }
      }
    }
    for index in distributions.indices {
      let x = gammas[2 * index]
      draws[index] = x / (x + gammas[2 * index + 1])
    }
    return draws
  }
}
