public import Bandits

/// Thompson sampling of ten offers, saved rates 10 % to 28 % in steps of two points.
public enum SimulationCase {
  /// The true saved rates.
  public static let rates = (0..<10).map { 0.10 + 0.02 * Double($0) }

  /// Runs as many replications of as many sessions as asked, on one thread.
  public static func run(replications: Int, horizon: Int) async throws -> RegretCurve {
    let world = try BernoulliWorld(rates: rates)
    let simulation = Simulation(replications: replications, horizon: horizon, seed: 20_260_101)
    return await simulation.run(ThompsonSampling(armCount: rates.count), in: world)
  }
}
