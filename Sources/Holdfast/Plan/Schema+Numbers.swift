internal import Sessions

extension Schema {
  /// A sentence for each number that is none: YAML writes `.nan` and `.inf`, which bound nothing and
  /// are worth nothing.
  var numberProblems: [String] {
    var numbers: [(String, Double?)] = [
      ("reward.minimum", reward?.minimum), ("reward.maximum", reward?.maximum),
      ("mrr.minimum", mrr?.minimum), ("mrr.maximum", mrr?.maximum),
      ("offerCost.minimum", offerCost?.minimum), ("offerCost.maximum", offerCost?.maximum),
    ]
    for (word, value) in (reward?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
      numbers.append(("reward.values.\(word)", value))
    }
    for (name, covariate) in covariates.sorted(by: { $0.key < $1.key }) {
      numbers.append(("covariates.\(name).minimum", covariate.minimum))
      numbers.append(("covariates.\(name).maximum", covariate.maximum))
    }
    return numbers.filter { $0.1?.isFinite == false }.map { "\($0.0): expected a finite number" }
  }
}
