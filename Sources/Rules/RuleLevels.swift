package import Verdicts

/// Severities that a user sets for rules and checks in place of the default ones.
package struct RuleLevels: Hashable, Sendable {
  /// The setting for a rule.
  package enum Level: Hashable, Sendable {
    case off
    case severity(Severity)
  }

  private let levels: [String: Level]

  /// - Parameter levels: by rule id.
  package init(_ levels: [String: Level] = [:]) { self.levels = levels }

  /// The severity of a finding; `nil` if its rule is off.
  package func severity(of rule: String, _ own: Severity) -> Severity? {
    switch levels[rule] {
    case nil: own
    case .off: nil
    case .severity(let severity): severity
    }
  }

  func isOff(_ rule: String) -> Bool { levels[rule] == .off }
}
