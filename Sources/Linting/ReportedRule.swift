public import Rules
public import Verdicts

/// What a rule or check says of itself in a report.
public struct ReportedRule: Sendable {
  public let id: String
  public let severity: Severity
  public let title: String
  public let why: String
  public let hint: String?
  /// Addresses where the constraint is written down.
  public let sources: [String]

  public init(_ check: BuiltInCheck) {
    id = check.id
    severity = check.severity
    title = check.title
    why = check.why
    hint = nil
    sources = []
  }

  public init(_ rule: RuleDescription) {
    id = rule.id
    severity = rule.severity
    title = rule.title
    why = rule.why
    hint = rule.hint
    sources = rule.sources
  }
}
