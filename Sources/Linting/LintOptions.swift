package import Models
package import Requests
package import Rules
package import Syntax
package import Verdicts

/// What linting depends on beside the file.
package struct LintOptions: Sendable {
  /// The reference time, by which start times and ends of support are judged.
  package var now: Instant
  package var limits = Limits()
  /// Set by `--operation`.
  package var operation: OperationID?
  /// Of requests that declare none.
  package var region: String?
  package var account: String?
  /// Severities that take the place of the rules' own.
  package var levels = RuleLevels()
  /// Whether a suppression has to say why.
  package var requiresReasons = true
  /// Findings below are not reported; warnings still count for verdicts.
  package var minimumSeverity = Severity.warning
  /// Whether findings get keys that tell them from others, which reads all that they are about once more.
  package var keysFindings = false
  /// Whether requests are handed on with the values on which readers disagree.
  package var keepsReadings = false
  /// Ways in which requests may be written down.
  package var carriers = Carriers.all

  package init(now: Instant) { self.now = now }
}
