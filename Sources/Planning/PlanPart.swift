internal import Linting

/// One file's part of a plan, before `Plan` puts the parts together.
///
/// A class, since a single worker gathers and sorts the parts, and moving a reference is cheap.
package final class PlanPart: Sendable {
  package let path: String
  /// Findings outside any request.
  let findings: [LocatedFinding]
  let requests: [PlannedRequest]
  /// What was not evaluated outside any request, such as a request whose operation is known only at run time.
  let gaps: [String]
  let hash: String
  /// Whether something could not be checked, since a model cannot be used.
  package let hasFaultOfModel: Bool

  init(
    path: String, findings: [LocatedFinding], requests: [PlannedRequest], gaps: [String], hash: String,
    hasFaultOfModel: Bool
  ) {
    self.path = path
    self.findings = findings
    self.requests = requests
    self.gaps = gaps
    self.hash = hash
    self.hasFaultOfModel = hasFaultOfModel
  }
}
