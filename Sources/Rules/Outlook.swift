public import Verdicts

/// What a request will do, as far as can be told before it is sent.
public struct Outlook: Sendable {
  /// One sentence.
  public var effect: String
  public var inferred: [InferredValue] = []
  public var schedule = Schedule()
  public var risk = Risk()
  /// Whether what it acts on is disturbed, so that its preconditions matter.
  public var isDisruptive = false
  /// Words of command lines to run afterwards.
  public var followUp: [[String]] = []
  /// Why some of these commands are missing.
  public var unsafeValues: [UnsafeCommandValue] = []

  public init(effect: String) { self.effect = effect }
}
