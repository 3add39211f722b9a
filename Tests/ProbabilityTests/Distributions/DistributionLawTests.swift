import Probability
import TestSupport
import Testing

struct DistributionLawTests {
  @Test(arguments: DistributionCatalogue.entries)
  func lawsHold(entry: CatalogueEntry) {
    #expect(checkDistributionLaws(entry, draws: entry.drawCount) == [])
  }

  @Test func aWrongSamplerIsFound() {
    // The control: draws of a t distribution against the normal law.
    let law = StudentTDistribution(degreesOfFreedom: 12)
    let entry = CatalogueEntry(
      "control", NormalDistribution(), on: -.infinity...(.infinity), draw: { law.draw(using: &$0) })
    #expect(checkDistributionLaws(entry).count == 1)
  }
}
