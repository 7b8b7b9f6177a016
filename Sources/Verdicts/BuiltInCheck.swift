/// What reports and `explain` say of a check that needs no rule file.
///
/// Each is declared beside the code that judges and words it, and listed in `BuiltInCheck.all`.
package struct BuiltInCheck: Sendable {
  /// How a check differs from others.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The file, or a document of it, could not be read.
    package static let fileFault = Traits(rawValue: 1)
    /// Something was not checked, so the finding can be neither off, lowered nor suppressed.
    package static let beyondSuppression = Traits(rawValue: 2)
    /// A baseline cannot accept the finding.
    package static let beyondBaseline = Traits(rawValue: 4)
    /// Judges suppressions.
    package static let ofSuppression = Traits(rawValue: 8)
    /// Planning may find it where linting does not.
    package static let ofPlan = Traits(rawValue: 16)
  }

  /// What the check is called in reports and suppressions; never changes its meaning.
  package let id: String
  /// One line.
  package let title: String
  /// The severity unless a case has another.
  package let severity: Severity
  package let traits: Traits
  /// Why it matters, and what to know about its cases.
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
