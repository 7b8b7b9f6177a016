/// How much work all matches together may take, counted in engine steps so that no outcome depends on the machine.
///
/// - Units: thousands of steps; a match of fewer than ten thousand steps is free.
package struct MatchBudget: Equatable, Sendable {
  /// Why a match has no outcome.
  package enum Stop: Equatable, Sendable {
    /// The budget ran out.
    case steps
    /// The engine's stack, which has a fixed size, is full.
    case stack
    /// The text is longer than a pattern with back references may read.
    case length(longest: Int)
  }

  package private(set) var remaining: Int
  /// The limit for one match, so that a runaway match leaves something for the others.
  let longestMatch: Int
  /// Why the latest match without an outcome has none; `nil` if there was no such match.
  package internal(set) var stop: Stop?

  package init(_ remaining: Int) {
    self.remaining = remaining
    longestMatch = remaining / 4 * 3
  }

  /// The budget for one request.
  ///
  /// - Parameters:
  ///   - steps: for a small request; a request of 64 KiB may take twice as many.
  ///   - size: of the request, in bytes.
  package init(steps: Int, size: Int) {
    let thousands = max(1, steps / 1000)
    self.init(thousands + Int((Double(thousands) * Double(size) / 65_536).rounded(.down)))
  }

  package var isSpent: Bool { remaining <= 0 }

  mutating func spend(_ steps: Int) { remaining -= steps }
}
