public import Models
public import Requests
public import Rules
public import Syntax
public import Verdicts

/// What linting depends on beside the file.
public struct LintOptions: Sendable {
  /// The reference time, by which start times and ends of support are judged.
  public var now: Instant
  public var limits = Limits()
  /// Set by `--operation`.
  public var operation: OperationID?
  /// Of requests that declare none.
  public var region: String?
  public var account: String?
  /// Severities that take the place of the rules' own.
  public var levels = RuleLevels()
  /// Whether a suppression has to say why.
  public var requiresReasons = true
  /// Findings below are not reported; warnings still count for verdicts.
  public var minimumSeverity = Severity.warning
  /// Whether findings get keys that tell them from others, which reads all that they are about once more.
  public var keysFindings = false
  /// Whether requests are handed on with the values on which readers disagree.
  public var keepsReadings = false
  /// Ways in which requests may be written down.
  public var carriers = Carriers.all

  public init(now: Instant) { self.now = now }
}
