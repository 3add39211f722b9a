internal import Inference

extension DesignPlan {
  /// A row's question for each combination of the values that the plan has.
  func questions(_ evidence: DesignEvidence) -> [DesignQuestion] {
    var questions: [DesignQuestion] = []
    for baseline in evidence.baselines {
      let chosen: [DesignChoice?] =
        tests.isEmpty
        ? [DesignChoice(self, baseline)] : tests.map { DesignChoice(named: $0, baseline) }
      for choice in chosen.compactMap(\.self) {
        for null in nulls.isEmpty ? [choice.entry.scale.noEffect] : nulls {
          for alpha in alphas {
            for allocation in allocations(baseline) {
              questions += self.questions(
                choice, evidence, baseline, null: null, alpha: alpha, allocation)
            }
          }
        }
      }
    }
    return questions
  }

  private func questions(
    _ choice: DesignChoice, _ evidence: DesignEvidence, _ baseline: DesignBaseline, null: Double,
    alpha: Double, _ allocation: Allocation
  ) -> [DesignQuestion] {
    let entry = choice.entry
    var sources = evidence.sources
    var baseline = baseline
    if case .rate(let rate) = baseline, entry.need == .events {
      baseline = .events(1 - rate)
      sources.append("a session without success is one with the event")
    }
    let alternative = alternative ?? marginAlternative(null, entry.scale)
    let isAbove = direction.map { $0 == .above } ?? Self.isAbove(alternative, entry.scale)
    let looksOnce = looks == nil && entry.looks != .always
    let standard: Adjustment =
      allocation.offers.count == 1 ? .unadjusted : looksOnce ? .dunnett : .bonferroni
    let traffic = (sessionsPerDay ?? evidence.sessionsPerDay).map {
      Traffic(sessionsPerDay: $0, share: trafficShare, windowDays: Double(windowDays))
    }
    let clusters =
      clusters.map {
        ClusterDesign(
          meanSize: $0.meanSize, sizeVariation: $0.sizeVariation, correlation: $0.correlation)
      } ?? evidence.clusters
    return targets(entry, baseline, null, isAbove: isAbove).map { target in
      DesignQuestion(
        entry: entry, choice: choice.reason, alpha: alpha, alternative: alternative,
        baseline: baseline, null: null, isMargin: isMargin, allocation: allocation,
        adjustment: allocation.offers.count == 1 ? .unadjusted : adjustment ?? standard,
        looks: looks, clusters: clusters, target: target, traffic: traffic, start: start,
        isAbove: isAbove, sources: sources)
    }
  }

  /// The shares of the arms that are tried.
  private func allocations(_ baseline: DesignBaseline) -> [Allocation] {
    if !arms.holdouts.isEmpty {
      return arms.holdouts.map { .holdout(share: $0, offers: arms.offers) }
    }
    return [
      arms.allocation == .equal
        ? .equal(offers: arms.offers) : .optimal(offers: arms.offers, baseline)
    ]
  }

  /// A margin asks whether the offer is on its good side; other nulls ask for any difference.
  private func marginAlternative(
    _ null: Double, _ scale: TestDescription.Scale
  ) -> Alternative {
    guard isMargin else { return .twoSided }
    return null <= scale.noEffect ? .greater : .less
  }

  /// Effects that are solved for are good ones: more of what is counted, or fewer losses.
  private static func isAbove(
    _ alternative: Alternative, _ scale: TestDescription.Scale
  ) -> Bool {
    alternative == .twoSided ? scale != .hazardRatio : alternative == .greater
  }

  /// What each row knows; two of sessions, power and effect.
  private func targets(
    _ entry: DesignCatalogue.Entry, _ baseline: DesignBaseline, _ null: Double, isAbove: Bool
  ) -> [DesignQuestion.Target] {
    let sizes = sessions?.sizes ?? []
    var effects = self.effects.map {
      DesignQuestion.Effect(value: $0, scale: effectScale ?? entry.scale)
    }
    if effects.isEmpty, isMargin, sizes.isEmpty || powers.isEmpty {
      effects = [DesignQuestion.Effect(value: entry.scale.noEffect, scale: entry.scale)]
    }
    if sizes.isEmpty {
      let powers = !powers.isEmpty ? powers : self.effects.isEmpty ? [0.8] : Self.standardPowers
      if effects.isEmpty {
        effects = Self.standardEffects(entry, baseline, isAbove: isAbove)
      }
      return effects.flatMap { effect in
        powers.map { .sessions(effect: effect, power: $0) }
      }
    }
    if !effects.isEmpty {
      return sizes.flatMap { size in effects.map { .power(size, effect: $0) } }
    }
    let powers = powers.isEmpty ? Self.standardPowers : powers
    return sizes.flatMap { size in powers.map { .effect(size, power: $0) } }
  }

  private static let standardPowers = [0.8, 0.9, 0.95]

  /// The effects of a table where none is named.
  private static func standardEffects(
    _ entry: DesignCatalogue.Entry, _ baseline: DesignBaseline, isAbove: Bool
  ) -> [DesignQuestion.Effect] {
    if entry.scale == .hazardRatio {
      return [0.95, 0.9, 0.85, 0.8, 0.7].map {
        DesignQuestion.Effect(value: isAbove ? 1 / $0 : $0, scale: .hazardRatio)
      }
    }
    let sign = isAbove ? 1.0 : -1
    if case .mean(let mean, let deviation, _) = baseline, !((mean ?? 0) > 0) {
      return [0.05, 0.1, 0.2, 0.3, 0.5].map {
        DesignQuestion.Effect(value: sign * $0 * deviation, scale: .difference)
      }
    }
    return [0.05, 0.1, 0.15, 0.2, 0.3].map {
      DesignQuestion.Effect(value: sign * $0, scale: .relativeLift)
    }
  }
}

extension Allocation {
  /// The shares with the least total for offers of one deviation.
  static func optimal(offers count: Int, _ baseline: DesignBaseline) -> Allocation {
    guard case .mean(_, let control, let offer) = baseline else {
      return .squareRoot(offers: count)
    }
    // An arm a thousand times as large as another is no experiment.
    let ratio = min(max(offer / control, 1e-3), 1e3)
    return .neyman(control: 1, offers: Array(repeating: ratio, count: count))
  }
}

extension DesignPlan.Sessions {
  fileprivate var sizes: [DesignQuestion.Size] {
    switch self {
    case .total(let numbers): numbers.map { .total($0) }
    case .perArm(let numbers): numbers.map { .perArm($0) }
    case .days(let numbers): numbers.map { .days($0) }
    }
  }
}
