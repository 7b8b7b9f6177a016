package import Rules
package import Verdicts

/// A rule's or check's own description in a report.
package struct ReportedRule: Sendable {
  package let id: String
  package let severity: Severity
  package let title: String
  package let why: String
  package let hint: String?
  /// Addresses that document the constraint.
  package let sources: [String]

  package init(_ check: BuiltInCheck) {
    id = check.id
    severity = check.severity
    title = check.title
    why = check.why
    hint = nil
    sources = []
  }

  package init(_ rule: RuleDescription) {
    id = rule.id
    severity = rule.severity
    title = rule.title
    why = rule.why
    hint = rule.hint
    sources = rule.sources
  }
}
