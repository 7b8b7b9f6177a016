/// How much work matches may take together, counted in steps of the engine, so that no outcome depends on the machine.
///
/// - Units: thousands of steps; a match that takes fewer than ten thousand costs nothing.
package struct MatchBudget: Equatable, Sendable {
  /// Why a match has no outcome.
  package enum Stop: Equatable, Sendable {
    /// The budget ran out.
    case steps
    /// The engine's stack is full, which has a fixed size.
    case stack
    /// The text is longer than patterns with back references may look at.
    case length(longest: Int)
  }

  package private(set) var remaining: Int
  /// What one match may take, so that one that runs away leaves something for the others.
  let longestMatch: Int
  /// Why the last match without an outcome has none; `nil` while there is no such match.
  package internal(set) var stop: Stop?

  package init(_ remaining: Int) {
    self.remaining = remaining
    longestMatch = remaining / 4 * 3
  }

  /// For one request.
  ///
  /// - Parameters:
  ///   - steps: for a small request; one of 64 KiB may take twice as many.
  ///   - size: of the request, in bytes.
  package init(steps: Int, size: Int) {
    let thousands = max(1, steps / 1000)
    self.init(thousands + Int((Double(thousands) * Double(size) / 65_536).rounded(.down)))
  }

  package var isSpent: Bool { remaining <= 0 }

  mutating func spend(_ steps: Int) { remaining -= steps }
}
