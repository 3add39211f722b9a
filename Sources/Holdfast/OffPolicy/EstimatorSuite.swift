internal import Bandits

/// The estimators of a plan, made ready for a target on a sample.
struct EstimatorSuite {
  /// An estimator, and what its rows are called and warn of.
  struct Chosen {
    let estimator: any OffPolicyEstimator
    let method: String
    var warnings: [String] = []
  }

  /// An estimator that could not be chosen.
  struct Refused: Error {
    let method: String
    let sentence: String
  }

  let floors: EvidenceFloors
  private let plan: RunPlan
  private let decisions: DecisionLog
  private let target: ActionTable
  private let rewards: RewardModel
  /// What to know of the reward model, if it is not the plan's.
  private let modelWarning: String?

  /// Makes the estimators ready.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - sample: The sessions.
  ///   - decisions: The sessions as decisions.
  ///   - target: The target.
  ///   - shared: The reward model of all targets; nil where it is the target's own.
  init(
    plan: RunPlan, _ sample: PolicySample, _ decisions: DecisionLog, _ target: ActionTable,
    shared: SharedRewardModel?
  ) {
    self.plan = plan
    self.decisions = decisions
    self.target = target
    floors = Self.floors(plan)
    var model = plan.cellRewardModel
    model.target = target
    rewards = shared?.model ?? model.crossFit(decisions, units: sample.units)
    modelWarning = shared?.warning
  }

  /// What the plan asks of the evidence.
  static func floors(_ plan: RunPlan) -> EvidenceFloors {
    var floors = EvidenceFloors()
    floors.effectiveSampleSize = plan.offPolicy.minimumEffectiveSampleSize
    return floors
  }

  /// The estimator that a plan names, with its constant chosen.
  func chosen(_ choice: EstimatorPlan) -> Result<Chosen, Refused> {
    guard let entry = EstimatorCatalogue.entries.first(where: { $0.name == choice.name }) else {
      return .failure(Refused(method: choice.name, sentence: "no estimator has this name"))
    }
    var warnings: [String] = []
    let standard = entry.make(rewards, plan.seed, floors)
    if let modelWarning, entry.usesModel { warnings.append(modelWarning) }
    guard let make = entry.makeShrinking else {
      return .success(Chosen(estimator: standard, method: standard.name, warnings: warnings))
    }
    func candidates(_ constants: [Double]) -> [any ShrinkingEstimator] {
      constants.map { make($0, rewards, floors) }
    }
    warnings.append("the interval leaves out the bias of shrunk weights")
    func chosen(_ estimator: any ShrinkingEstimator, _ how: String = "") -> Chosen {
      Chosen(
        estimator: estimator,
        method: "\(estimator.name) at \(Decimals.shortest(estimator.shrinkage.constant))\(how)",
        warnings: warnings)
    }
    do throws(OffPolicyError) {
      switch choice.constant {
      case .standard:
        guard let estimator = standard as? any ShrinkingEstimator else {
          return .success(Chosen(estimator: standard, method: standard.name, warnings: warnings))
        }
        return .success(chosen(estimator))
      case .fixed(let constant): return .success(chosen(make(constant, rewards, floors)))
      case .slope(let constants):
        let all = candidates(constants)
        let (index, _) = try SlopeSelection().choose(among: all, for: target, on: decisions)
        return .success(chosen(all[index], ", by SLOPE of \(constants.count)"))
      case .heldOut(let constants):
        let all = candidates(constants)
        let choice = try SlopeSelection().chooseHeldOut(
          among: all, reference: all[0].unshrunk, for: target, on: decisions, seed: plan.seed)
        var found = chosen(
          all[choice.index], ", by SLOPE of \(constants.count) on one half")
        found.warnings.append(
          "on the other half it exceeds the unshrunk estimate by "
            + "\(Decimals.signed(choice.excess, 4)), p \(Decimals.pValue(choice.pValue))")
        return .success(found)
      }
    } catch {
      return .failure(
        Refused(method: "\(standard.name), by SLOPE", sentence: Refusal.sentence(error)))
    }
  }
}

/// The reward model that all targets on a sample have in common.
struct SharedRewardModel {
  let model: RewardModel
  /// What to know of it, if it is not the plan's.
  let warning: String?

  /// Nil where the plan asks for a model made for each target.
  init?(_ log: EncodedLog, plan: RunPlan, _ sample: PolicySample, _ decisions: DecisionLog) {
    func cells() -> RewardModel {
      plan.cellRewardModel.crossFit(decisions, units: sample.units)
    }
    switch plan.offPolicy.rewardModel {
    case .mrdr: return nil
    case .cells: (model, warning) = (cells(), nil)
    case .logistic:
      let regression = LogisticRewardModel(log).crossFit(
        decisions, units: sample.units, seed: plan.seed)
      model = regression ?? cells()
      warning =
        regression == nil
        ? "the rewards are modelled by cell means: a logistic regression needs rewards from 0 to 1 that vary"
        : nil
    }
  }
}

extension RunPlan {
  /// The reward model of shrunken means, as the plan asks for it.
  var cellRewardModel: CellRewardModel {
    var model = CellRewardModel(seed: seed)
    model.priorSessions = offPolicy.priorSessions
    return model
  }
}
