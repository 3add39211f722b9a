internal import Inference

extension DesignRow {
  /// Answers a question, or says why there is no answer.
  init(_ question: DesignQuestion) {
    self.init(asking: question)
    do throws(DesignRefusal) {
      fill(try DesignAnswer(question), question)
    } catch {
      refusal = error.sentence
    }
  }

  /// What is known before there is an answer.
  private init(asking question: DesignQuestion) {
    test = question.entry.name
    method = question.entry.basis
    choice = question.choice
    scale = question.entry.scale
    alpha = question.alpha
    baseline = question.baseline.controlMean
    if case .mean = question.baseline { isShare = false } else { isShare = true }
    offers = question.offers
    controlShare = question.allocation.control
    windowDays = Int(question.traffic?.windowDays ?? 0)
    sources = question.sources
    let alternative = question.alternative
    null =
      alternative == .twoSided
      ? "effect = \(question.null)"
      : "effect \(alternative == .greater ? "≤" : "≥") \(question.null)"
    tail = alternative == .twoSided ? "two-sided, both tails count" : "one-sided, \(alternative)"
    adjustment =
      question.offers == 1
      ? "none: one comparison"
      : "\(question.adjustment.rawValue) over \(question.offers) offers"
    looks = question.looksInWords
    switch question.target {
    case .sessions(_, let power):
      (solvedFor, powerAsked) = ("sessions", power)
    case .power: solvedFor = "power"
    case .effect(_, let power): (solvedFor, powerAsked) = ("effect", power)
    }
  }

  private mutating func fill(_ answer: DesignAnswer, _ question: DesignQuestion) {
    level = question.level
    effect = answer.effect
    power = answer.power
    sessionsPerOffer = Int(answer.sizes.offer)
    controlSessions = Int(answer.sizes.control)
    total = Int(answer.total)
    exactTotal = answer.exactTotal
    offer = question.baseline.offerMean(effect: answer.effect, on: scale)
    difference = offer.flatMap { question.baseline.effect(offerMean: $0, on: .difference) }
    if scale == .difference { difference = answer.effect }
    lift = offer.flatMap { question.baseline.effect(offerMean: $0, on: .relativeLift) }
    if scale == .relativeLift { lift = answer.effect }
    for path in [\Self.offer, \.difference, \.lift] where self[keyPath: path]?.isFinite == false {
      self[keyPath: path] = nil
    }
    let inflation = DesignInflation(question)
    self.inflation = inflation.total == nil ? nil : inflation
    fillDays(answer.total, question)
    warnings = question.warnings(answer)
  }

  /// Whole days, so that what is read off a calendar adds up.
  private mutating func fillDays(_ total: Double, _ question: DesignQuestion) {
    guard let traffic = question.traffic else { return }
    let enrolment = traffic.enrollmentDays(total: total * (1 - 1e-12)).rounded(.up)
    guard enrolment <= 1e9 else {
      warnings.append("the sessions would come in over more than a thousand million days")
      return
    }
    enrolmentDays = Int(enrolment)
    days = Int(enrolment) + windowDays
    let calendar = Traffic(sessionsPerDay: 1, windowDays: traffic.windowDays)
    verdict = question.start.flatMap { calendar.readout(total: enrolment, start: $0) }
      .flatMap { $0 < lastInstant ? Instant.text($0) : nil }
  }
}

/// The first instant that RFC 3339 cannot write: 10000-01-01T00:00:00Z.
private let lastInstant: Int64 = 253_402_300_800_000_000

extension DesignQuestion {
  fileprivate var looksInWords: String {
    switch looks {
    case nil: entry.looks == .always ? "after any session" : "once"
    case .always(let planned):
      "after any session, tuned for \(Decimals.text(planned, 0)) sessions in two arms"
    case .planned(let times, let spending):
      "\(times.count) looks, error spent as \(spending.words)"
    }
  }

  /// What to know before believing an answer.
  fileprivate func warnings(_ answer: DesignAnswer) -> [String] {
    var warnings: [String] = []
    if case .rate(let rate) = baseline, entry.greatestArm == nil {
      let offer = baseline.offerMean(effect: answer.effect, on: entry.scale) ?? rate
      let counts = [
        answer.sizes.control * rate, answer.sizes.control * (1 - rate), answer.sizes.offer * offer,
        answer.sizes.offer * (1 - offer),
      ]
      if let least = counts.min(), least < 10 {
        warnings.append(
          "an arm expects \(Decimals.text(max(0, least), 1)) successes or failures: below ten a formula "
            + "is a guess; plan 'fisherMidP' or 'boschloo', whose power is exact")
      }
    }
    if entry.name == "pooledZ", choice.hasPrefix("chosen"),
      min(answer.sizes.offer, answer.sizes.control) < 1_000
    {
      warnings.append(
        "a run chooses 'boschloo' where an arm has fewer than 1000 sessions; it needs much the same "
          + "number of them")
    }
    if let clusters {
      let least = min(answer.sizes.offer, answer.sizes.control) / clusters.meanSize
      if least < 40 {
        warnings.append(
          "an arm has \(Decimals.text(least, 1)) clusters: below forty a normal statistic is not normal"
        )
      }
      if entry.greatestArm != nil {
        warnings.append("an exact test of sessions is not exact where they come in clusters")
      }
    }
    return warnings
  }
}

extension SpendingFunction {
  fileprivate var words: String {
    switch self {
    case .obrienFleming: "O'Brien and Fleming"
    case .pocock: "Pocock"
    case .power(let rho): "Kim and DeMets, power \(rho)"
    case .hwangShihDeCani(let gamma): "Hwang, Shih and DeCani, γ = \(gamma)"
    case .points: "straight lines"
    }
  }
}
