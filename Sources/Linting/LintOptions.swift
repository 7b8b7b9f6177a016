package import Models
package import Requests
package import Rules
package import Syntax
package import Verdicts

/// The inputs of linting apart from the file.
package struct LintOptions: Sendable {
  /// The reference time for judging start times and ends of support.
  package var now: Instant
  package var limits = Limits()
  /// Set by `--operation`.
  package var operation: OperationID?
  /// For requests that declare none.
  package var region: String?
  package var account: String?
  /// Severities that override the rules' own.
  package var levels = RuleLevels()
  /// Whether a suppression must have a reason.
  package var requiresReasons = true
  /// Findings below are not reported; warnings still count for verdicts.
  package var minimumSeverity = Severity.warning
  /// Whether findings get keys that identify them, which reads everything that they are about once more.
  package var keysFindings = false
  /// Whether requests are passed on with the values on which readers disagree.
  package var keepsReadings = false
  /// The supported ways to write requests.
  package var carriers = Carriers.all

  package init(now: Instant) { self.now = now }
}
