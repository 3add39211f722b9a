/// The version of Holdfast, written into every result.
public enum HoldfastVersion {
  /// The version in the form of Semantic Versioning.
  public static let current = "0.1.0"
}
