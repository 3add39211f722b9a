internal import Holdfast
public import Sessions

/// Reading a synthetic cancel log: the world of the bundled data set with as many sessions as asked.
public enum CancelLogCase {
  /// The bundled data set, whose world is generated anew and whose mapping is read with.
  private static let dataset =
    #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    + "/datasets/cancel_sessions"

  /// The mapping of the log: each of its fifteen columns plays a role.
  public static func schema() throws -> Schema {
    try RunPlan(contentsOf: dataset + "/plan.yaml", environment: [:]).schema
  }

  /// Writes `sessions.csv.gz` and its truth into a folder.
  public static func write(sessions: Int, to folder: String) throws {
    var world = try CancelWorld(contentsOf: dataset + "/world.yaml")
    world.sessions = sessions
    try CancelLog(world).write(to: folder)
  }
}
