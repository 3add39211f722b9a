import Inference
import Testing

@Suite struct MultiplicityTests {
  @Test(arguments: Multiplicity.allCases)
  func aMissingPValueSpoilsNoOther(_ method: Multiplicity) {
    let present: [Double?] = [0.01, 0.04, 0.03]
    let adjusted = method.adjust(present)
    let withGaps = method.adjust([nil, 0.01, nil, 0.04, 0.03, nil])
    #expect(withGaps == [nil, adjusted[0], nil, adjusted[1], adjusted[2], nil])
    #expect(method.adjust([]) == [])
    #expect(method.adjust([nil, nil]) == [nil, nil])
  }

  /// Those that estimate how many questions have no effect may adjust below the raw p-value.
  static let estimatesNulls: Set<Multiplicity> = [.storey, .twoStageBenjaminiHochberg]

  @Test(arguments: Multiplicity.allCases)
  func adjustmentKeepsTheOrderAndTies(_ method: Multiplicity) throws {
    let p = [0.2, 1e-300, 0.01, 0.2, 0, 0.01, 1, 0.999, 0.04, 0.2]
    let adjusted = try method.adjust(p).map { try #require($0) }
    for i in p.indices {
      #expect(adjusted[i] <= 1)
      if !Self.estimatesNulls.contains(method) { #expect(p[i] <= adjusted[i]) }
      for j in p.indices {
        if p[i] == p[j] { #expect(adjusted[i] == adjusted[j]) }
        if p[i] < p[j] { #expect(adjusted[i] <= adjusted[j]) }
      }
    }
  }

  @Test(arguments: Multiplicity.allCases)
  func aSinglePValueStaysAsItIs(_ method: Multiplicity) throws {
    let adjusted = try #require(method.adjust([0.037])[0])
    let wanted =
      switch method {
      // One p-value below ½ makes two questions without an effect.
      case .storey: 2 * 0.037
      // The two stages spend q/(1 + q) of q.
      case .twoStageBenjaminiHochberg: 0.037 / (1 - 0.037)
      default: 0.037
      }
    #expect(abs(adjusted - wanted) < 1e-16)
  }

  @Test func holmAdjustsNoLessThanBenjaminiHochberg() throws {
    let p: [Double?] = (1...40).map { Double($0 * $0) / 1_700 }
    for (holm, bh) in zip(Multiplicity.holm(p), Multiplicity.benjaminiHochberg(p)) {
      #expect(try #require(holm) >= (try #require(bh)))
    }
  }
}
