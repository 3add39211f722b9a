internal import Bandits
internal import Probability

extension LearnerPlan {
  /// What the row is called: the label, or the policy with those settings that set it apart.
  public var name: String { label ?? derivedName }

  private var derivedName: String {
    let settings = settings
    let cells = learnsByCell ? " by cell" : ""
    return title + cells + (settings.isEmpty ? "" : " (\(settings.joined(separator: ", ")))")
  }

  private var title: String {
    switch kind {
    case .uniform: "uniform"
    case .fixed(let arm): "always \(arm)"
    case .table: "table"
    case .epsilonGreedy(let epsilon): "\(epsilon)-greedy"
    case .thompson: "Thompson sampling"
    case .gaussianThompson: "Gaussian Thompson sampling"
    case .gammaPoissonThompson: "gamma-Poisson Thompson sampling"
    case .topTwo(let base, _): "top-two \(base.name)"
    case .discountedThompson: "discounted Thompson sampling"
    case .slidingWindowThompson: "sliding-window Thompson sampling"
    case .hierarchicalThompson: "hierarchical Thompson sampling"
    case .maturingThompson: "maturing Thompson sampling"
    case .budgetedThompson: "budgeted Thompson sampling"
    case .linearThompson: "linear Thompson sampling"
    case .logisticThompson: "logistic Thompson sampling"
    case .diagonalLogisticThompson: "diagonal logistic Thompson sampling"
    case .linUCB: "LinUCB"
    case .chernoffUCB: "Chernoff UCB"
    case .ucb1: "UCB1"
    case .klUCB: "KL-UCB"
    case .softmax: "softmax"
    case .exploreThenCommit: "explore then commit"
    case .floored(let base, _): base.name
    }
  }

  /// The settings that a reader needs, each in a word or two.
  private var settings: [String] {
    switch kind {
    case .uniform, .fixed, .table, .epsilonGreedy, .ucb1, .klUCB, .chernoffUCB: []
    case .thompson(let prior), .maturingThompson(let prior): Self.words(prior)
    case .gaussianThompson(.knownVariance): []
    case .gaussianThompson(.unknownVariance): ["unknown variance"]
    case .gammaPoissonThompson(let prior):
      prior == GammaDistribution(shape: 1)
        ? [] : ["prior Gamma(\(prior.shape), \(prior.scale))"]
    case .topTwo(_, let beta): beta == 0.5 ? [] : ["beta \(beta)"]
    case .discountedThompson(let prior, let discount):
      ["discount \(discount)"] + Self.words(prior)
    case .slidingWindowThompson(let prior, let count): ["\(count) sessions"] + Self.words(prior)
    case .hierarchicalThompson(let prior, let sessions):
      (sessions == 50 ? [] : ["\(sessions) sessions a fit"]) + Self.words(prior)
    case .budgetedThompson(let terms):
      (terms.budget.map { ["budget \($0)"] } ?? []) + Self.words(terms.prior)
    case .linearThompson(_, _, .known): []
    case .linearThompson(_, _, .unknown): ["unknown variance"]
    case .logisticThompson(let variance, _), .diagonalLogisticThompson(let variance, _):
      variance == 3 ? [] : ["prior variance \(variance)"]
    case .linUCB(let alpha, _): ["alpha \(alpha)"]
    case .softmax(let temperature, let mean):
      ["temperature \(temperature)"] + (mean == 0 ? [] : ["initial mean \(mean)"])
    case .exploreThenCommit(let sessions): ["\(sessions) sessions an arm"]
    case .floored(_, let floor): ["floor " + (floor.map { "\($0)" } ?? "0.05/K")]
    }
  }

  private static func words(_ prior: BetaDistribution) -> [String] {
    prior == .uniform ? [] : ["prior Beta(\(prior.alpha), \(prior.beta))"]
  }
}
