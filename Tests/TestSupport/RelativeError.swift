/// The relative error of a computed value, or the absolute error where zero is expected.
public func relativeError(_ computed: Double, _ expected: Double) -> Double {
  if computed == expected { return 0 }
  guard computed.isFinite, expected.isFinite else { return .infinity }
  return expected == 0 ? abs(computed) : abs((computed - expected) / expected)
}
