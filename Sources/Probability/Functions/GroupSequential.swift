#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Critical values of two-sided group-sequential tests with equally spaced looks.
///
/// Reference: Jennison and Turnbull (2000), *Group Sequential Methods*, chapter 2.
public enum GroupSequential {
  /// The chance that a test which looks several times, each time at the same critical value, rejects
  /// a true null hypothesis: what peeking costs.
  ///
  /// - Parameters:
  ///   - looks: The number of looks, at least one.
  ///   - critical: The critical value of |Z|, positive.
  /// - Returns: The probability that |Z| reaches the critical value at one look at least.
  public static func peekingError(looks: Int, critical: Double) -> Double {
    typeOneError(looks: looks) { _ in critical }
  }

  /// The constant `c` of Pocock's boundary `|Zₖ| ≥ c`, which keeps the error at `alpha`.
  ///
  /// Reference: Pocock (1977), *Biometrika* 64, 191–199.
  public static func pocockConstant(looks: Int, alpha: Double) -> Double {
    constant(looks: looks, alpha: alpha) { _ in 1 }
  }

  /// The constant `c` of O'Brien and Fleming's boundary `|Zₖ| ≥ c √(K/k)`, which keeps the error at
  /// `alpha`.
  ///
  /// Reference: O'Brien and Fleming (1979), *Biometrics* 35, 549–556.
  public static func obrienFlemingConstant(looks: Int, alpha: Double) -> Double {
    constant(looks: looks, alpha: alpha) { look in (Double(looks) / Double(look)).squareRoot() }
  }

  /// The constant by which a shape of boundary, 1 at its lowest, is multiplied.
  private static func constant(
    looks: Int, alpha: Double, shape: (Int) -> Double
  ) -> Double {
    precondition(alpha > 0 && alpha < 1, "an error rate lies between 0 and 1")
    // A single look and Bonferroni's inequality bound it.
    let low = StandardNormal.upperQuantile(alpha / 2)
    if looks == 1 { return low }
    let high = StandardNormal.upperQuantile(alpha / (2 * Double(looks)))
    let root = findRoot(from: low, to: high) { constant in
      log(typeOneError(looks: looks) { constant * shape($0) } / alpha)
    }
    return root ?? low
  }

  /// The error of a boundary on |Z|, by look from 1 on.
  private static func typeOneError(looks: Int, boundary: (Int) -> Double) -> Double {
    precondition(looks > 0, "a test looks at least once")
    var walk = CrossingProbability()
    var error = 0.0
    for look in 1...looks {
      let bound = boundary(look)
      precondition(bound > 0, "a critical value is positive")
      walk.advance(to: Double(look))
      error += 2 * walk.exits(above: bound)
      walk.goOn(from: -bound, to: bound)
    }
    return error
  }
}
