/// What reports and `explain` say about a check that has no rule file.
///
/// Each check is declared next to the code that judges and words it, and listed in `BuiltInCheck.all`.
package struct BuiltInCheck: Sendable {
  /// Special properties of a check.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The file, or a document of it, could not be read.
    package static let fileFault = Traits(rawValue: 1)
    /// Something was not checked, so the finding cannot be turned off, lowered or suppressed.
    package static let beyondSuppression = Traits(rawValue: 2)
    /// A baseline cannot accept the finding.
    package static let beyondBaseline = Traits(rawValue: 4)
    /// The check judges suppressions.
    package static let ofSuppression = Traits(rawValue: 8)
    /// Planning may find it even if linting does not.
    package static let ofPlan = Traits(rawValue: 16)
  }

  /// The check's name in reports and suppressions; its meaning never changes.
  package let id: String
  /// A one-line title.
  package let title: String
  /// The default severity, which individual cases may override.
  package let severity: Severity
  package let traits: Traits
  /// Why the check matters, and what to know about its cases.
  package let why: String

  package init(
    _ id: String, _ title: String, severity: Severity = .error, traits: Traits = [], why: String
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.traits = traits
    self.why = why
  }
}
