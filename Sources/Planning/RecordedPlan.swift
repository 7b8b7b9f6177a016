internal import Linting
package import Syntax
internal import Verdicts

/// A plan as a file holds it: as much of it as `verify` and `diff` need.
package struct RecordedPlan: Sendable {
  /// One request of the file.
  struct Request: Sendable {
    let id: String
    let file: String
    let service: String?
    let operation: String?
    let region: String?
    let account: String?
    let verdict: PlannedRequest.Verdict
    let risk: Risk.Level?
    let digest: String
    let parameters: NodeID
    /// Pointers to values that are known at run time only.
    let dynamic: [String]
    /// What else a reviewer has seen, each as compact JSON under a name: address, schedule, conditions, findings.
    let facts: [String: String]
    /// What readers make of values on which they disagree, by pointer; `nil` where the plan only says that they do.
    let readings: [String: String?]
  }

  /// Why a file cannot be used as a plan.
  package enum Fault: Error, Equatable, Sendable {
    case encoding
    /// No JSON, or cut off.
    case syntax(SyntaxIssue)
    /// JSON, but no plan.
    case notAPlan
    /// A plan of a version that this program does not know, such as `reqlint-plan/2`.
    case otherVersion(String)
    /// A member that a plan has is missing or of another type.
    case malformed(pointer: String)
    /// Two requests with the same id; a comparison would see only one of them.
    case repeatedID(String)
    /// What the file holds is not what was written.
    case edited
  }

  package let inputs: PlanInputs
  package let digest: String
  let requests: [Request]
  /// Files with a finding outside any request, such as one that does not parse.
  let faultyFiles: Set<String>
  let document: Document

  /// Reads a plan file.
  package init(_ text: SourceText, limits: Limits) throws(Fault) {
    guard text.fault == nil else { throw .encoding }
    switch readJSON(text, limits: limits) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let document): self.document = document
    }
    let reader = PlanJSONReader(document: document)
    guard let format = reader.optional(.format, in: document.root), format.hasPrefix("reqlint-plan/") else {
      throw .notAPlan
    }
    guard format == PlanSeal.format else { throw .otherVersion(format) }
    guard PlanSeal.holds(for: document) else { throw .edited }
    digest = try reader.text(.digest, in: document.root, "")
    inputs = try reader.inputs()
    requests = try reader.requests()
    faultyFiles = reader.faultyFiles()
    guard Digest.ofPlan(requests.map(\.digest)) == digest else { throw .edited }
  }
}
