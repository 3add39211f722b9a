/// The name of a random stream: a seed, what the stream is for, and an index.
///
/// Streams of one seed that differ in purpose or in index cannot meet, for both are words of
/// the generator's counter; streams of different seeds run under different keys of the cipher.
/// So a replication, a customer or a bootstrap replicate draws the same numbers on whichever
/// thread or machine it runs, and whatever else is drawn.
public struct StreamKey: Hashable, Sendable {
  /// The seed of the run.
  public let seed: UInt64
  /// What the stream is drawn for.
  public let purpose: StreamPurpose
  /// Which of the streams of this seed and purpose it is.
  public let index: UInt64

  /// Names a stream.
  public init(seed: UInt64, purpose: StreamPurpose, index: UInt64 = 0) {
    self.seed = seed
    self.purpose = purpose
    self.index = index
  }

  /// The stream of the same seed and purpose that has another index: one a replication, say.
  ///
  /// Only a key of index 0 has children, since children of children would meet.
  public func child(_ index: UInt64) -> StreamKey {
    precondition(self.index == 0, "the child of a stream has no children of its own")
    return StreamKey(seed: seed, purpose: purpose, index: index)
  }
}
