/// Numbers for people: a fixed number of decimals, rounded half away from zero.
public enum Decimals {
  /// A number with so many decimals; very large ones are left in the shortest exact form.
  public static func text(_ value: Double, _ places: Int) -> String {
    precondition((0...12).contains(places), "0 to 12 decimals")
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    guard let scaled = Int(exactly: (abs(value) * scale).rounded()) else { return "\(value)" }
    let digits = String(scaled)
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// A share as a percentage.
  public static func percent(_ share: Double, _ places: Int = 2) -> String {
    text(100 * share, places) + " %"
  }

  /// A difference with its sign; one that is shown as zero has none.
  public static func signed(_ value: Double, _ places: Int) -> String {
    let text = text(value, places)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (value > 0 && !isZero ? "+" : "") + text
  }

  /// A number in its shortest form, a whole one without decimals.
  static func shortest(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  /// A p-value: three decimals, or two figures and a power of ten where that shows nothing.
  public static func pValue(_ p: Double) -> String {
    guard p < 0.001, p > 0 else { return p == 0 ? "< 1e-300" : text(p, 4) }
    var exponent = 0
    var mantissa = p
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    // What rounds to 10.0 is 1.0 of the next power.
    if (10 * mantissa).rounded() >= 100 { (mantissa, exponent) = (1, exponent + 1) }
    return "\(text(mantissa, 1))e\(exponent)"
  }
}
