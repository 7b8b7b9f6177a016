internal import Linting
public import Syntax
internal import Verdicts

/// A plan as a file holds it: as much of it as `verify` and `diff` need.
public struct RecordedPlan: Sendable {
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
    /// What else a reviewer has seen, each as compact JSON under a name: address, schedule, conditions, findings.
    let facts: [String: String]
    /// What readers make of values on which they disagree, by pointer; `nil` where the plan only says that they do.
    let readings: [String: String?]
  }

  /// Why a file is no plan that can be relied on.
  public enum Fault: Error, Equatable, Sendable {
    case encoding
    /// No JSON, or cut off.
    case syntax(SyntaxIssue)
    /// JSON, but no plan.
    case notAPlan
    /// A plan of a version that this program does not know, such as `reqlint-plan/2`.
    case otherVersion(String)
    /// A member that a plan has is missing or of another type.
    case malformed(pointer: String)
    /// Two requests of one name, of which a comparison would see but one.
    case repeatedID(String)
    /// What the file holds is not what was written.
    case edited
  }

  public let inputs: PlanInputs
  public let digest: String
  let requests: [Request]
  /// Files with a finding outside any request, such as one that does not parse.
  let faultyFiles: Set<String>
  let document: Document

  /// Reads a plan file.
  public init(_ text: SourceText, limits: Limits) throws(Fault) {
    guard text.fault == nil else { throw .encoding }
    switch readJSON(text, limits: limits) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let document): self.document = document
    }
    let reading = Reading(document: document)
    guard let format = reading.optional("format", in: document.root), format.hasPrefix("reqlint-plan/") else {
      throw .notAPlan
    }
    guard format == PlanSeal.format else { throw .otherVersion(format) }
    guard PlanSeal.holds(for: document) else { throw .edited }
    digest = try reading.text("digest", in: document.root, "")
    inputs = try reading.inputs()
    requests = try reading.requests()
    faultyFiles = reading.faultyFiles()
    guard Digest.ofPlan(requests.map(\.digest)) == digest else { throw .edited }
  }
}

/// Takes the facts out of a plan file.
private struct Reading {
  let document: Document

  func optional(_ key: String, in node: NodeID) -> String? {
    guard let value = document.value(of: key, in: node), document.scalarType(of: value) == .string else {
      return nil
    }
    return document.string(of: value)
  }

  func text(_ key: String, in node: NodeID, _ place: String) throws(RecordedPlan.Fault) -> String {
    guard let text = optional(key, in: node) else { throw .malformed(pointer: "\(place)/\(key)") }
    return text
  }

  func list(_ key: String, in node: NodeID, _ place: String) throws(RecordedPlan.Fault) -> [NodeID] {
    guard let value = document.value(of: key, in: node), document[value].kind == .sequence else {
      throw .malformed(pointer: "\(place)/\(key)")
    }
    return Array(document.items(of: value))
  }

  func inputs() throws(RecordedPlan.Fault) -> PlanInputs {
    guard let node = document.value(of: "inputs", in: document.root) else {
      throw .malformed(pointer: "/inputs")
    }
    var inputs = PlanInputs(
      paths: try list("paths", in: node, "/inputs").map { document.string(of: $0) },
      operation: optional("operation", in: node), region: optional("region", in: node),
      account: optional("account", in: node))
    inputs.configuration = optional("config", in: node)
    return inputs
  }

  private func facts(of node: NodeID) -> [String: String] {
    var facts: [String: String] = [:]
    func add(_ name: String, _ path: [String]) {
      guard let value = document.follow(JSONPointer(path), from: node).value else { return }
      facts[name] = json(value)
    }
    add("url", ["http", "url"])
    add("schedule.earliest", ["schedule", "earliest"])
    // What starts when it is sent starts at another time in every plan, which is no change.
    let now = document.value(of: "now", in: document.root).map { json($0) }
    if let now, facts["schedule.earliest"] == now {
      facts["schedule.earliest"] = "\"when it is sent\""
    } else {
      add("schedule.latest", ["schedule", "latest"])
    }
    for (list, name, value) in [("preconditions", "id", "state"), ("findings", "rule", "severity")] {
      guard let items = document.value(of: list, in: node) else { continue }
      for item in document.items(of: items) {
        guard let name = optional(name, in: item), let value = document.value(of: value, in: item) else {
          continue
        }
        facts["\(list).\(name)"] = json(value)
      }
    }
    return facts
  }

  private func json(_ id: NodeID) -> String {
    var writer = JSONWriter(.compact)
    writer.copy(id, of: document)
    return writer.text
  }

  func faultyFiles() -> Set<String> {
    guard let list = document.value(of: "findings", in: document.root) else { return [] }
    return Set(document.items(of: list).compactMap { optional("file", in: $0) })
  }

  func requests() throws(RecordedPlan.Fault) -> [RecordedPlan.Request] {
    var requests: [RecordedPlan.Request] = []
    var ids: Set<String> = []
    for (index, node) in try list("requests", in: document.root, "").enumerated() {
      let place = "/requests/\(index)"
      guard let verdict = PlannedRequest.Verdict(rawValue: try text("verdict", in: node, place)) else {
        throw .malformed(pointer: "\(place)/verdict")
      }
      guard let parameters = document.value(of: "parameters", in: node) else {
        throw .malformed(pointer: "\(place)/parameters")
      }
      let id = try text("id", in: node, place)
      guard ids.insert(id).inserted else { throw .repeatedID(id) }
      let risk = document.value(of: "risk", in: node).flatMap { optional("level", in: $0) }
      requests.append(
        RecordedPlan.Request(
          id: id, file: try text("file", in: node, place),
          service: optional("service", in: node), operation: optional("operation", in: node),
          region: optional("region", in: node), account: optional("account", in: node), verdict: verdict,
          risk: risk.flatMap { Risk.Level(rawValue: $0) }, digest: try text("digest", in: node, place),
          parameters: parameters, facts: facts(of: node), readings: readings(of: node)))
    }
    return requests
  }

  /// - Shape: plans of earlier versions have findings alone.
  private func readings(of node: NodeID) -> [String: String?] {
    var readings: [String: String?] = [:]
    for list in ["findings", "suppressed"] {
      guard let items = document.value(of: list, in: node) else { continue }
      for item in document.items(of: items) where optional("rule", in: item) == "ambiguous-scalar" {
        readings[optional("pointer", in: item) ?? ""] = .some(nil)
      }
    }
    guard let items = document.value(of: "readings", in: node) else { return readings }
    for item in document.items(of: items) {
      readings[optional("pointer", in: item) ?? ""] = optional("reading", in: item)
    }
    return readings
  }
}
