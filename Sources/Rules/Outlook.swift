package import Verdicts

/// What a request will do, as far as that is known before it is sent.
package struct Outlook: Sendable {
  /// One sentence.
  package var effect: String
  package var inferred: [InferredValue] = []
  package var schedule = Schedule()
  package var risk = Risk()
  /// Whether it disturbs the resource that it acts on, so that its preconditions matter.
  package var isDisruptive = false
  /// Words of command lines to run afterwards.
  package var followUp: [[String]] = []
  /// Why some of these commands are missing.
  package var unsafeValues: [UnsafeCommandValue] = []

  package init(effect: String) { self.effect = effect }
}
