internal import Linting
internal import Verdicts

extension Suppression {
  /// Where it is said and why: `by a comment: renamed soon (until 2027-01-31)`.
  var words: String {
    let place =
      switch origin {
      case .comment: "by a comment"
      case .configuration: "by the configuration"
      case .baseline: "by the baseline"
      }
    return place + (reason.map { ": \($0)" } ?? "") + (until.map { " (until \($0))" } ?? "")
  }
}

extension LocatedFinding {
  /// The severity, and whether it counts.
  var label: String { (suppression == nil ? "" : "suppressed ") + severity.rawValue }
}
