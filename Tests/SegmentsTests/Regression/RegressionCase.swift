import Foundation
import LinearAlgebra
import Segments
import Testing

/// A data set with its model, as R's formula states it.
enum RegressionCase: String, CaseIterable, Sendable {
  case spector = "spector-logit"
  case fair = "fair-logit"
  case birthwt = "birthwt-logit"
  case budworm = "budworm-grouped"

  /// What R's `glm` found.
  struct Reference: Decodable {
    let coef, se: [String: Double]
    let deviance, nullDeviance: Double
    let logLikelihood: Double?
    let p: [String: Double]?
    let waldInterval: [String: [Double]]?
  }

  static func reference(_ id: String) throws -> Reference {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "logistic.json"))
    return try #require(try JSONDecoder().decode([String: Reference].self, from: data)[id])
  }

  func reference() throws -> Reference { try Self.reference(rawValue) }

  /// The design and the outcomes.
  func model() throws -> (design: NamedDesign, likelihood: LogisticLikelihood) {
    switch self {
    case .spector:
      let table = try CSVTable(reference: "spector.csv")
      let likelihood = try LogisticLikelihood(table.numbers("GRADE"))
      return (try Self.plain(table, ["GPA", "TUCE", "PSI"]), likelihood)
    case .fair:
      let table = try CSVTable(reference: "fair.csv")
      let names = [
        "rate_marriage", "age", "yrs_married", "children", "religious", "educ", "occupation",
        "occupation_husb",
      ]
      let had = try table.numbers("affairs").map { $0 > 0 ? 1.0 : 0 }
      return (try Self.plain(table, names), try LogisticLikelihood(had))
    case .birthwt:
      let table = try CSVTable(reference: "birthwt.csv")
      var design = try Self.plain(table, ["age", "lwt"])
      design.add(
        ["raceblack", "raceother"],
        CategoricalMatrix(
          codes: try table.codes("race", ["white", "black", "other"]), levelCount: 3))
      for name in ["smoke", "ptd", "ht", "ui"] { design.add(name, try table.numbers(name)) }
      design.add(
        ["ftv1", "ftv2+"],
        CategoricalMatrix(codes: try table.codes("ftv", ["0", "1", "2+"]), levelCount: 3))
      return (design, try LogisticLikelihood(table.numbers("low")))
    case .budworm:
      let table = try CSVTable(reference: "budworm.csv")
      let (dead, all) = (try table.numbers("numdead"), try table.numbers("n"))
      var design = NamedDesign(rows: dead.count)
      design.add(
        "sexM", CategoricalMatrix(codes: try table.codes("sex", ["F", "M"]), levelCount: 2))
      design.add("ldose", try table.numbers("ldose"))
      let rates = zip(dead, all).map { $0 / $1 }
      return (design, try LogisticLikelihood(rates, weights: all))
    }
  }

  /// An intercept and plain numbers.
  private static func plain(_ table: CSVTable, _ names: [String]) throws -> NamedDesign {
    var design = NamedDesign(rows: try table.texts(names[0]).count)
    for name in names { design.add(name, try table.numbers(name)) }
    return design
  }
}
