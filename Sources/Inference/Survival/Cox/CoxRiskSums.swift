#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Sums over sessions of their risks `r = w exp(βᵀx)`: `Σ r`, `Σ r x` and `Σ r x xᵀ`.
struct CoxRiskSums {
  private(set) var total = 0.0
  private(set) var first: [Double]
  /// The lower triangle, row after row.
  private(set) var second: [Double]

  init(columns: Int) {
    first = Array(repeating: 0, count: columns)
    second = Array(repeating: 0, count: columns * (columns + 1) / 2)
  }

  mutating func clear() {
    total = 0
    for index in first.indices { first[index] = 0 }
    for index in second.indices { second[index] = 0 }
  }

  /// Adds some rows of the data.
  mutating func add(_ rows: Range<Int>, of data: CoxData, risks: [Double]) {
    let width = first.count
    data.covariates.withUnsafeBufferPointer { x in
      risks.withUnsafeBufferPointer { risks in
        first.withUnsafeMutableBufferPointer { first in
          second.withUnsafeMutableBufferPointer { second in
            for row in rows {
              let (risk, base) = (risks[row], row * width)
              total += risk
              var place = 0
              for column in 0..<width {
                let scaled = risk * x[base + column]
                first[column] += scaled
                for other in 0...column {
                  second[place] += scaled * x[base + other]
                  place += 1
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds other sums.
  mutating func add(_ other: CoxRiskSums) {
    total += other.total
    for index in first.indices { first[index] += other.first[index] }
    for index in second.indices { second[index] += other.second[index] }
  }
}

/// How events at one time share a risk set.
///
/// References: Efron (1977), *JASA* 72, 557–565; Breslow (1974), *Biometrics* 30, 89–99.
public enum CoxTies: String, CaseIterable, Codable, Sendable {
  /// The risk of the tied events leaves the set little by little, as if they came in random order.
  case efron
  /// Each tied event sees the whole set; effects shrink where ties are many.
  case breslow
}

/// The sums over the `d` events of one time that its terms are made of.
///
/// With `φₗ = S₀ − fₗD₀`, where `S₀` is the risk of the set, `D₀` of the events and `fₗ = l/d` (zero for
/// Breslow's rule), `l = 0 … d − 1`: the likelihood, its score and its information need
///
///     Σ ln φ    A = Σ 1/φ    B = Σ f/φ    C₀ = Σ 1/φ²    C₁ = Σ f/φ²    C₂ = Σ f²/φ²
struct CoxTieSums {
  private(set) var logSum = 0.0
  private(set) var a = 0.0
  private(set) var b = 0.0
  private(set) var c0 = 0.0
  private(set) var c1 = 0.0
  private(set) var c2 = 0.0

  init(events: Int, riskSet: Double, eventRisk: Double, ties: CoxTies) {
    if ties == .breslow || events == 1 {
      let d = Double(events)
      logSum = d * log(riskSet)
      a = d / riskSet
      c0 = a / riskSet
      return
    }
    for index in 0..<events {
      let f = Double(index) / Double(events)
      let phi = riskSet - f * eventRisk
      let inverse = 1 / phi
      logSum += log(phi)
      a += inverse
      b += f * inverse
      c0 += inverse * inverse
      c1 += f * inverse * inverse
      c2 += f * f * inverse * inverse
    }
  }
}
