internal import Inference

/// One row's question: everything is one value, and one of sessions, power and effect is missing.
struct DesignQuestion: Sendable {
  /// The test, and why it.
  var entry: DesignCatalogue.Entry
  var choice: String
  var alpha: Double
  var alternative: Alternative
  var baseline: DesignBaseline
  /// The effect under the null, on the test's scale.
  var null: Double
  var isMargin: Bool
  var allocation: Allocation
  var adjustment: DesignPlan.Adjustment
  var looks: DesignPlan.Looks?
  var clusters: ClusterDesign?
  var target: Target
  var traffic: Traffic?
  var start: Int64?
  /// Whether an effect that is solved for lies above the null.
  var isAbove: Bool
  /// What was taken from a log or from another number, in words.
  var sources: [String] = []

  /// What is known, and by that what is solved for.
  enum Target: Hashable, Sendable {
    case sessions(effect: Effect, power: Double)
    case power(Size, effect: Effect)
    case effect(Size, power: Double)
  }

  /// An effect and the scale on which it is stated.
  struct Effect: Hashable, Sendable {
    var value: Double
    var scale: TestDescription.Scale
  }

  /// How many sessions there are.
  enum Size: Hashable, Sendable {
    case total(Double)
    case perArm(Double)
    case days(Double)
  }

  /// How many offers there are.
  var offers: Int { allocation.offers.count }

  /// How many sessions are shown one offer for each that is shown none.
  var offersPerControl: Double { allocation.offers[0] / allocation.control }

  /// The error of one comparison.
  var level: Double {
    switch adjustment {
    case .unadjusted: alpha
    case .bonferroni: alpha / Double(offers)
    case .dunnett:
      switch RejectionRule.dunnett(
        offers: offers, offersPerControl: offersPerControl, alpha: alpha, alternative)
      {
      case .once(let level, _): level
      case .looks, .alwaysValid: alpha / Double(offers)
      }
    }
  }

  /// When one comparison rejects.
  var rule: RejectionRule {
    switch looks {
    case nil: .once(alpha: level, alternative)
    case .planned(let times, let spending):
      .looks(
        GroupSequentialDesign(
          times: times, alpha: level, sides: alternative == .twoSided ? .two : .one,
          spending: spending))
    case .always(let planned): .alwaysValid(alpha: level, alternative, tunedFor: planned)
    }
  }
}

/// Why a question of a design has no answer.
struct DesignRefusal: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
