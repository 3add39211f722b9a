/// `ln E(1/S)` where νS² is chi-squared with ν > 1 degrees of freedom.
///
///     E(1/S) = √(ν/2) Γ((ν − 1)/2) / Γ(ν/2) ≈ 1 + 3/(4ν)
///
/// By Stirling errors, for the logarithms of two large numbers would cancel.
func chiLogMeanInverse(_ degreesOfFreedom: Double) -> Double {
  let h = 0.5 * degreesOfFreedom
  return (h - 1) * logOnePlusMinus(-0.5 / h) + 0.5 / h + stirlingError(h - 0.5) - stirlingError(h)
}
