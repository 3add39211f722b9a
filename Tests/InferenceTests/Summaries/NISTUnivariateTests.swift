import Foundation
import Inference
import TestSupport
import Testing

/// Summaries of the univariate data of NIST's Statistical Reference Datasets.
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
    let moments = Moments(data.values)
    // The certified values belong to the decimals of the file; a double is up to half a unit off, which
    // a spread small beside the mean makes much of (NumAcc3 and NumAcc4).
    let magnitude = data.values.map(abs).max() ?? 0
    let limit = max(1e-14, magnitude.ulp / data.deviation)
    #expect(relativeError(moments.mean, data.mean) < 1e-14)
    #expect(relativeError(moments.variance.squareRoot(), data.deviation) < limit)
    #expect(abs(try autocorrelation(data.values) - data.autocorrelation) < limit)
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
  let values: [Double]

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
    values = lines[(start + 1)...].compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
  }
}
