#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The logarithm of a Dirichlet–multinomial likelihood over a multinomial one, term by term.
///
///     ln m = ln B(α + n)/B(α) − Σ nᵢ ln θᵢ,   α = κθ
///
/// The mixing law is centred at the null. With `aᵢ = κθᵢ + nᵢ`, `N = κ + n` and
/// `eᵢ = (nᵢ − nθᵢ)/(Nθᵢ)` it is
///
///     Σ Nθᵢ[(1 + eᵢ) ln(1 + eᵢ) − eᵢ] + ½ ln(Π κθᵢ/κ ÷ Π aᵢ/N) + Σ[δ(aᵢ) − δ(κθᵢ)] − δ(N) + δ(κ)
///
/// in which nothing large cancels. Counts need not be whole.
struct DirichletLogEValue {
  /// The sum of the counts, `n`.
  let total: Double
  /// The concentration `κ` of the mixing law.
  let concentration: Double
  /// The terms so far.
  private(set) var value: Double

  /// Starts with what belongs to no category.
  init(total: Double, concentration: Double) {
    self.total = total
    self.concentration = concentration
    value =
      0.5 * log1p(total / concentration)
      + (stirlingError(concentration) - stirlingError(concentration + total))
  }

  /// Adds a category by its count `nᵢ`, its share `θᵢ` under the null, and `nᵢ − nθᵢ`, which the caller
  /// may know more accurately.
  mutating func add(_ count: Double, share: Double, excess: Double) {
    let expected = (concentration + total) * share
    let e = excess / expected
    let (prior, posterior) = (concentration * share, concentration * share + count)
    value +=
      expected * Self.divergence(e) + 0.5 * log(prior / posterior)
      + (stirlingError(posterior) - stirlingError(prior))
  }

  /// `(1 + e) ln(1 + e) − e` for `e` ≥ −1, which is `e²/2` near 0.
  private static func divergence(_ e: Double) -> Double {
    if e <= -1 { return 1 }
    return e < 1 ? (1 + e) * logOnePlusMinus(e) + e * e : (1 + e) * log1p(e) - e
  }
}
