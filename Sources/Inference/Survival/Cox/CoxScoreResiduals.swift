/// The share of each session in the score of a Cox regression.
///
///     Uᵢ = δᵢ(xᵢ − x̄(tᵢ)) − exp(βᵀxᵢ)(xᵢ a(tᵢ) − b(tᵢ))        a = Σ_{t ≤ tᵢ} dΛ̂        b = Σ_{t ≤ tᵢ} x̄ dΛ̂
///
/// Under Efron's rule a tied event sees the shares `1 − fₗ` of the jumps of its own time. Two readings
/// of the rows, both from the longest watch: the first finds `a` and `b` of whole strata, the second
/// takes what comes after `tᵢ` away.
struct CoxScoreResiduals {
  let likelihood: CoxLikelihood

  /// The jumps of one time: what everyone at risk sees, and what its own events see.
  private struct Jump {
    var hazard = 0.0
    var eventHazard = 0.0
    var mean: [Double]
    var hazardMean: [Double]
    var eventHazardMean: [Double]
  }

  /// Calls a body with each row and the residual of one of its sessions.
  func forEach(at beta: [Double], _ body: (Int, UnsafePointer<Double>) -> Void) {
    let data = likelihood.data
    let width = data.columnCount
    let risks = likelihood.risks(at: beta)
    let zero = Array(repeating: 0.0, count: width)
    var totals = Array(repeating: (hazard: 0.0, mean: zero), count: data.strataCount)
    forEachJump(risks) { block, jump in
      guard block.eventCount > 0 else { return }
      totals[block.stratum].hazard += jump.hazard
      for column in 0..<width { totals[block.stratum].mean[column] += jump.hazardMean[column] }
    }
    // What is left of a and b at the time where the walk stands.
    var (hazard, mean) = (0.0, zero)
    var residual = zero
    forEachJump(risks) { block, jump in
      if block.beginsStratum { (hazard, mean) = totals[block.stratum] }
      for row in block.censored {
        let risk = data.weights[row] > 0 ? risks[row] / data.weights[row] : 0
        for column in 0..<width {
          residual[column] =
            -risk * (data.covariates[row * width + column] * hazard - mean[column])
        }
        body(row, residual)
      }
      guard block.eventCount > 0 else { return }
      hazard -= jump.hazard
      for column in 0..<width { mean[column] -= jump.hazardMean[column] }
      for row in block.events {
        let risk = data.weights[row] > 0 ? risks[row] / data.weights[row] : 0
        for column in 0..<width {
          let x = data.covariates[row * width + column]
          let before = x * (hazard + jump.eventHazard)
          residual[column] =
            x - jump.mean[column] - risk * (before - mean[column] - jump.eventHazardMean[column])
        }
        body(row, residual)
      }
    }
  }

  /// Calls a body with each block and its jump, which says nothing where there is no event.
  private func forEachJump(_ risks: [Double], _ body: (CoxData.Block, Jump) -> Void) {
    let data = likelihood.data
    let width = data.columnCount
    let zero = Array(repeating: 0.0, count: width)
    var (total, first) = (0.0, zero)
    var (tiedTotal, tiedFirst) = (0.0, zero)
    var jump = Jump(mean: zero, hazardMean: zero, eventHazardMean: zero)
    for block in data.blocks {
      if block.beginsStratum { (total, first) = (0, zero) }
      tiedTotal = 0
      for column in 0..<width { tiedFirst[column] = 0 }
      for row in block.events {
        tiedTotal += risks[row]
        for column in 0..<width {
          tiedFirst[column] += risks[row] * data.covariates[row * width + column]
        }
      }
      total += tiedTotal
      for column in 0..<width { first[column] += tiedFirst[column] }
      for row in block.censored {
        total += risks[row]
        for column in 0..<width {
          first[column] += risks[row] * data.covariates[row * width + column]
        }
      }
      if block.eventCount > 0 {
        let sums = CoxTieSums(
          events: block.eventCount, riskSet: total, eventRisk: tiedTotal, ties: likelihood.ties)
        (jump.hazard, jump.eventHazard) = (sums.a, sums.a - sums.b)
        for column in 0..<width {
          let (s, d) = (first[column], tiedFirst[column])
          jump.mean[column] = (sums.a * s - sums.b * d) / Double(block.eventCount)
          jump.hazardMean[column] = sums.c0 * s - sums.c1 * d
          jump.eventHazardMean[column] = (sums.c0 - sums.c1) * s - (sums.c1 - sums.c2) * d
        }
      }
      body(block, jump)
    }
  }
}
