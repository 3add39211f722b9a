/// Reading numbers from bytes, strictly.
///
///     number  = [+-] (digits ["." *digit] | "." digits) [("e" | "E") [+-] digits]
///     integer = [+-] digits
///
/// ASCII only; no spaces, no thousands, no hexadecimal, no "nan" or "inf". The double is the one
/// nearest to the decimal as written, ties to even.
package enum NumberGrammar {
  /// A number read.
  package struct Number: Equatable {
    /// The value; finite, and never the negative zero.
    package let value: Double
    /// Whether the decimal is not zero although the double is.
    package let underflowed: Bool
  }

  /// Reads a number, or `nil` if the bytes are none or none that a double can hold.
  ///
  /// - Complexity: O(length). Up to 2⁵³ times a power of ten within 10^±22 is exact in one
  ///   operation (Clinger 1990, *How to read floating point numbers accurately*, PLDI).
  package static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    guard let decimal = Decimal(bytes) else { return nil }
    if decimal.isExact, decimal.digits <= 1 << 53, abs(decimal.exponent) <= 22 {
      let magnitude = Double(decimal.digits)
      let power = powersOfTen[abs(decimal.exponent)]
      let value = decimal.exponent < 0 ? magnitude / power : magnitude * power
      return Number(value: decimal.isNegative && value != 0 ? -value : value, underflowed: false)
    }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return Number(value: value == 0 ? 0 : value, underflowed: value == 0 && decimal.digits != 0)
  }

  /// A whole number, or one beyond 64 bits.
  package enum Integer: Equatable {
    case value(Int64)
    case tooLarge
  }

  /// Reads a whole number, or `nil` if the bytes are none.
  package static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Integer? {
    let negative = bytes.first == UInt8(ascii: "-")
    let start = negative || bytes.first == UInt8(ascii: "+") ? 1 : 0
    guard start < bytes.count else { return nil }
    var value: Int64 = 0
    var overflowed = false
    for index in start..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      // Summed on the negative side, which reaches one further.
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.subtractingReportingOverflow(Int64(digit))
      overflowed = overflowed || first || second
      value = overflowed ? 0 : sum
    }
    if overflowed || (!negative && value == .min) { return .tooLarge }
    return .value(negative ? value : -value)
  }

  /// 10⁰ to 10²², all of which a double holds exactly.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The decimal that bytes spell: ± digits · 10^exponent.
  private struct Decimal {
    var isNegative = false
    /// The first nineteen significant digits.
    var digits: UInt64 = 0
    var exponent = 0
    /// Whether no digit beyond the nineteenth was left out.
    var isExact = true

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      var index = 0
      if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        isNegative = sign == UInt8(ascii: "-")
        index = 1
      }
      let whole = takeDigits(bytes, &index, areFraction: false)
      var fraction = 0
      if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
        index += 1
        fraction = takeDigits(bytes, &index, areFraction: true)
      }
      guard whole + fraction > 0 else { return nil }
      if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
        index += 1
        guard takeExponent(bytes, &index) else { return nil }
      }
      guard index == bytes.count else { return nil }
    }

    /// Takes in a run of digits, and says how many there were.
    private mutating func takeDigits(
      _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, areFraction: Bool
    ) -> Int {
      let start = index
      while index < bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit <= 9 else { break }
        if digits < 1_000_000_000_000_000_000 {
          digits = digits * 10 + UInt64(digit)
          if areFraction { exponent -= 1 }
        } else {
          isExact = isExact && digit == 0
          if !areFraction { exponent += 1 }
        }
        index += 1
      }
      return index - start
    }

    /// Takes in the digits of an exponent; beyond a million it no longer matters by how much.
    private mutating func takeExponent(
      _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> Bool {
      var negative = false
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
      {
        negative = bytes[index] == UInt8(ascii: "-")
        index += 1
      }
      guard index < bytes.count else { return false }
      var value = 0
      while index < bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit <= 9 else { return false }
        value = min(value * 10 + Int(digit), 1_000_000)
        index += 1
      }
      exponent += negative ? -value : value
      return true
    }
  }
}
