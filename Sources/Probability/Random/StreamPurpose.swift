/// What a random stream is drawn for.
///
/// Randomness belongs to its use: two uses of one seed never share a number, and a use added
/// later leaves the numbers of the others as they were. A raw value, once given, is kept for ever.
public struct StreamPurpose: RawRepresentable, Hashable, Sendable {
  /// The number that sets the purpose apart in the counter of the generator.
  public let rawValue: UInt16

  /// Names a purpose by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The behaviour of simulated customers.
  public static let world = StreamPurpose(rawValue: 1)
  /// The choices of a policy.
  public static let policy = StreamPurpose(rawValue: 2)
  /// The honest halves of a search for segments.
  public static let split = StreamPurpose(rawValue: 3)
  /// The weights of bootstrap replicates.
  public static let bootstrap = StreamPurpose(rawValue: 4)
  /// The shuffles of a permutation test.
  public static let permutation = StreamPurpose(rawValue: 5)
  /// The replay of logged sessions.
  public static let replay = StreamPurpose(rawValue: 6)
  /// The writing of synthetic logs.
  public static let generation = StreamPurpose(rawValue: 7)
  /// Draws from posterior distributions.
  public static let posterior = StreamPurpose(rawValue: 8)
  /// The sampling of rows, to look at a part of the data first.
  public static let subsample = StreamPurpose(rawValue: 9)
  /// The folds of a reward model that is cross-fitted.
  public static let folds = StreamPurpose(rawValue: 10)
  /// The half of the customers that a policy is learned from.
  public static let halves = StreamPurpose(rawValue: 11)
  /// The permuted labels of a study of false positives: never those of the test that it studies.
  public static let labels = StreamPurpose(rawValue: 12)
  /// The arms of a log dealt out anew, to see how often an analysis finds what is not there.
  public static let relabelling = StreamPurpose(rawValue: 13)
  /// The folds by which a penalty is chosen.
  public static let penaltyFolds = StreamPurpose(rawValue: 40)
  /// The halves of a stability selection.
  public static let stability = StreamPurpose(rawValue: 41)
  /// The noise of knockoffs.
  public static let knockoffs = StreamPurpose(rawValue: 42)
}
