import Foundation
import Probability

/// A buffer of draws, filled from a stream of its own.
func filled(
  _ count: Int, seed: UInt64, _ fill: (inout MutableSpan<Double>, inout Philox) -> Void
) -> [Double] {
  var draws = [Double](repeating: .nan, count: count)
  var span = draws.mutableSpan
  var rng = Philox(StreamKey(seed: seed, purpose: .posterior))
  fill(&span, &rng)
  return draws
}

/// The distance of draws from a law, at every 64th of them in order, over the Kolmogorov–Smirnov
/// distance that a right sampler exceeds with probability at most 1e-6.
///
/// The bound is that of Massart (1990), *Annals of Probability* 18, 1269–1283; looking at fewer places
/// only lowers the distance, by 6e-5 for a million draws.
func distanceOverBound(_ draws: [Double], _ cdf: (Double) -> Double) -> Double {
  let sorted = draws.sorted()
  let n = Double(sorted.count)
  var distance = 0.0
  for index in stride(from: 0, to: sorted.count, by: 64) {
    let p = cdf(sorted[index])
    distance = max(distance, Double(index + 1) / n - p, p - Double(index) / n)
  }
  return distance / (log(2e6) / (2 * n)).squareRoot()
}

/// The chi-squared statistic of counts against probabilities, over the value that a right sampler
/// exceeds with probability 1e-6; neighbouring values share a cell until 20 draws are expected.
func chiSquaredOverBound(_ draws: [Double], from first: Int, masses: [Double]) -> Double {
  let n = Double(draws.count)
  var observed = [Double](repeating: 0, count: masses.count + 1)
  for draw in draws {
    let index = Int(draw) - first
    observed[masses.indices.contains(index) ? index : masses.count] += 1
  }
  let expected = masses.map { $0 * n } + [max(0, n - n * masses.reduce(0, +))]
  var (statistic, cells) = (0.0, 0)
  var (seen, awaited) = (0.0, 0.0)
  var last = (seen: 0.0, awaited: 0.0)
  for (count, mean) in zip(observed, expected) {
    seen += count
    awaited += mean
    guard awaited >= 20 else { continue }
    statistic += (seen - awaited) * (seen - awaited) / awaited
    cells += 1
    last = (seen, awaited)
    (seen, awaited) = (0, 0)
  }
  if awaited + seen > 0 {
    // What is left over joins the last cell.
    statistic -= (last.seen - last.awaited) * (last.seen - last.awaited) / last.awaited
    let (all, mean) = (last.seen + seen, last.awaited + awaited)
    statistic += (all - mean) * (all - mean) / mean
  }
  return statistic / ChiSquaredDistribution(degreesOfFreedom: Double(cells - 1)).upperQuantile(1e-6)
}
