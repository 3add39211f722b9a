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

  @Test(arguments: Multiplicity.allCases)
  func adjustmentKeepsTheOrderAndTies(_ method: Multiplicity) throws {
    let p = [0.2, 1e-300, 0.01, 0.2, 0, 0.01, 1, 0.999, 0.04, 0.2]
    let adjusted = try method.adjust(p).map { try #require($0) }
    for i in p.indices {
      #expect(p[i] <= adjusted[i] && adjusted[i] <= 1)
      for j in p.indices {
        if p[i] == p[j] { #expect(adjusted[i] == adjusted[j]) }
        if p[i] < p[j] { #expect(adjusted[i] <= adjusted[j]) }
      }
    }
  }

  @Test(arguments: Multiplicity.allCases)
  func aSinglePValueStaysAsItIs(_ method: Multiplicity) {
    #expect(method.adjust([0.037]) == [0.037])
  }

  @Test func holmAdjustsNoLessThanBenjaminiHochberg() throws {
    let p: [Double?] = (1...40).map { Double($0 * $0) / 1_700 }
    for (holm, bh) in zip(Multiplicity.holm(p), Multiplicity.benjaminiHochberg(p)) {
      #expect(try #require(holm) >= (try #require(bh)))
    }
  }
}
