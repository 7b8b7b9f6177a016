/// What reports and `explain` say of a check that needs no rule file.
///
/// Each is declared beside the code that judges and words it, and listed in `BuiltInCheck.all`.
public struct BuiltInCheck: Sendable {
  /// How a check differs from others.
  public struct Traits: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The file, or a document of it, could not be read.
    public static let fileFault = Traits(rawValue: 1)
    /// Something was not checked, so the finding can be neither off, lowered nor suppressed.
    public static let beyondSuppression = Traits(rawValue: 2)
    /// A baseline cannot accept the finding.
    public static let beyondBaseline = Traits(rawValue: 4)
    /// Judges suppressions.
    public static let ofSuppression = Traits(rawValue: 8)
    /// Planning may find it where linting does not.
    public static let ofPlan = Traits(rawValue: 16)
  }

  /// What the check is called in reports and suppressions; never changes its meaning.
  public let id: String
  /// One line.
  public let title: String
  /// The severity unless a case has another.
  public let severity: Severity
  public let traits: Traits
  /// Why it matters, and what to know about its cases.
  public let why: String

  public init(
    _ id: String, _ title: String, severity: Severity = .error, traits: Traits = [], why: String
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.traits = traits
    self.why = why
  }
}
