import Foundation
import Inference
import TestSupport
import Testing

/// Summaries of the univariate data of NIST's Statistical Reference Datasets, to 14 digits of the 15 that
/// are certified.
///
/// The certified values belong to the decimals of the file, so these are counted in their last decimal,
/// as whole numbers; the moments are divided once at the end.
///
/// The data are not part of the project: the environment variable `HOLDFAST_DATASETS` names a folder
/// that holds `nist_strd` (https://www.itl.nist.gov/div898/strd/univ/homepage.html).
@Suite(
  .enabled(if: NISTUnivariate.folder != nil, "HOLDFAST_DATASETS names no folder with nist_strd"))
struct NISTUnivariateTests {
  @Test(arguments: [
    "Lew", "Lottery", "Mavro", "Michelso", "NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4",
  ])
  func summariesHaveTheCertifiedDigits(name: String) throws {
    let data = try NISTUnivariate(name)
    let moments = Moments(data.units).divided(by: data.unit)
    #expect(relativeError(moments.mean, data.mean) < 1e-14)
    #expect(relativeError(moments.variance.squareRoot(), data.deviation) < 1e-14)
    #expect(relativeError(try autocorrelation(data.units), data.autocorrelation) < 1e-14)
  }

  /// The control: read as doubles, the decimals of NumAcc4 have lost half of their digits.
  @Test func decimalsReadAsDoublesLoseTheSpread() throws {
    let data = try NISTUnivariate("NumAcc4")
    let deviation = Moments(data.units.map { $0 / data.unit }).variance.squareRoot()
    #expect(relativeError(deviation, data.deviation) > 1e-10)
    #expect(relativeError(deviation, data.deviation) < 1e-8)
  }
}

/// One file of the reference data sets.
private struct NISTUnivariate {
  static let folder = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"].map {
    URL(fileURLWithPath: $0).appendingPathComponent("nist_strd")
  }

  let mean: Double
  let deviation: Double
  let autocorrelation: Double
  /// The values in units of their last decimal.
  let units: [Double]
  /// How many of these make 1.
  let unit: Double

  init(_ name: String) throws {
    let folder = try #require(Self.folder)
    let text = try String(contentsOf: folder.appendingPathComponent("\(name).dat"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    func certified(_ label: String) throws -> Double {
      let line = try #require(lines.first { $0.hasPrefix(label) && $0.contains(":") })
      let words = line.split(separator: ":").last?.split(separator: " ") ?? []
      return try #require(words.first.flatMap { Double($0) })
    }
    mean = try certified("Sample Mean")
    deviation = try certified("Sample Standard Deviation")
    autocorrelation = try certified("Sample Autocorrelation")
    let start = try #require(lines.lastIndex { $0.hasPrefix("-----") })
    let decimals = lines[(start + 1)...].map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    let places = decimals.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max() ?? 0
    units = try decimals.map { decimal in
      let parts = decimal.split(separator: ".")
      let fraction = parts.count > 1 ? String(parts[1]) : ""
      let digits = parts[0] + fraction + String(repeating: "0", count: places - fraction.count)
      return Double(try #require(Int(digits)))
    }
    unit = (0..<places).reduce(1) { power, _ in 10 * power }
  }
}
