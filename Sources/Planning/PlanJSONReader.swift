internal import Linting
internal import Syntax
internal import Verdicts
internal import Wire

/// Takes the facts out of a plan file that `Plan.writeJSON(to:)` wrote.
struct PlanJSONReader {
  let document: Document

  func optional(_ key: PlanKey, in node: NodeID) -> String? { optional(key.rawValue, in: node) }

  private func optional(_ key: LocatedFinding.JSONKey, in node: NodeID) -> String? {
    optional(key.rawValue, in: node)
  }

  private func optional(_ key: String, in node: NodeID) -> String? {
    guard let value = document.value(of: key, in: node), document.scalarType(of: value) == .string else {
      return nil
    }
    return document.string(of: value)
  }

  func text(_ key: PlanKey, in node: NodeID, _ place: String) throws(RecordedPlan.Fault) -> String {
    guard let text = optional(key, in: node) else { throw .malformed(pointer: "\(place)/\(key.rawValue)") }
    return text
  }

  /// A string that may be absent, but of no other type.
  private func optionalText(
    _ key: PlanKey, in node: NodeID, _ place: String
  ) throws(RecordedPlan.Fault) -> String? {
    guard document.value(of: key, in: node) != nil else { return nil }
    return try text(key, in: node, place)
  }

  /// A boolean; false if absent.
  private func flag(_ key: PlanKey, in node: NodeID, _ place: String) throws(RecordedPlan.Fault) -> Bool {
    guard let value = document.value(of: key, in: node) else { return false }
    guard let flag = document.boolean(of: value) else {
      throw .malformed(pointer: "\(place)/\(key.rawValue)")
    }
    return flag
  }

  private func list(_ key: PlanKey, in node: NodeID, _ place: String) throws(RecordedPlan.Fault) -> [NodeID] {
    guard let value = document.value(of: key, in: node), document[value].kind == .sequence else {
      throw .malformed(pointer: "\(place)/\(key.rawValue)")
    }
    return Array(document.items(of: value))
  }

  func inputs() throws(RecordedPlan.Fault) -> PlanInputs {
    guard let node = document.value(of: .inputs, in: document.root) else {
      throw .malformed(pointer: "/inputs")
    }
    var inputs = PlanInputs(
      paths: try list(.paths, in: node, "/inputs").map { document.string(of: $0) },
      operation: optional(.operation, in: node), region: optional(.region, in: node),
      account: optional(.account, in: node))
    inputs.endpoints = EndpointOptions(
      usesFIPS: try flag(.usesFIPS, in: node, "/inputs"),
      usesDualStack: try flag(.usesDualStack, in: node, "/inputs"),
      endpointURL: try optionalText(.endpointURL, in: node, "/inputs"))
    inputs.configuration = optional(.configuration, in: node)
    return inputs
  }

  // MARK: Requests

  func requests() throws(RecordedPlan.Fault) -> [RecordedPlan.Request] {
    var requests: [RecordedPlan.Request] = []
    var ids: Set<String> = []
    for (index, node) in try list(.requests, in: document.root, "").enumerated() {
      let place = "/requests/\(index)"
      guard let verdict = PlannedRequest.Verdict(rawValue: try text(.verdict, in: node, place)) else {
        throw .malformed(pointer: "\(place)/verdict")
      }
      guard let parameters = document.value(of: .parameters, in: node) else {
        throw .malformed(pointer: "\(place)/parameters")
      }
      let id = try text(.id, in: node, place)
      guard ids.insert(id).inserted else { throw .repeatedID(id) }
      let risk = document.value(of: .risk, in: node).flatMap { optional(.level, in: $0) }
      requests.append(
        RecordedPlan.Request(
          id: id, file: try text(.file, in: node, place),
          service: optional(.service, in: node), operation: optional(.operation, in: node),
          region: optional(.region, in: node), account: optional(.account, in: node), verdict: verdict,
          risk: risk.flatMap { Risk.Level(rawValue: $0) }, digest: try text(.digest, in: node, place),
          parameters: parameters, dynamic: items(.dynamic, of: node).map { document.string(of: $0) },
          facts: facts(of: node), readings: readings(of: node)))
    }
    return requests
  }

  private func facts(of node: NodeID) -> [String: String] {
    var facts: [String: String] = [:]
    func add(_ name: String, _ path: [PlanKey]) {
      guard let value = document.follow(JSONPointer(path.map(\.rawValue)), from: node).value else { return }
      facts[name] = json(value)
    }
    add("url", [.http, .url])
    add("schedule.earliest", [.schedule, .earliest])
    // A start "when it is sent" differs in every plan without being a change.
    let now = document.value(of: .now, in: document.root).map { json($0) }
    if let now, facts["schedule.earliest"] == now {
      facts["schedule.earliest"] = "\"when it is sent\""
    } else {
      add("schedule.latest", [.schedule, .latest])
    }
    for item in items(.preconditions, of: node) {
      guard let id = optional(.id, in: item), let state = document.value(of: .state, in: item) else {
        continue
      }
      facts["preconditions.\(id)"] = json(state)
    }
    for item in items(.findings, of: node) {
      guard let rule = optional(LocatedFinding.JSONKey.rule, in: item),
        let severity = document.value(of: LocatedFinding.JSONKey.severity.rawValue, in: item)
      else { continue }
      facts["findings.\(rule)"] = json(severity)
    }
    return facts
  }

  private func json(_ id: NodeID) -> String {
    var writer = JSONWriter(.compact)
    writer.copy(id, of: document)
    return writer.text
  }

  /// - Shape: plans of earlier versions have findings alone.
  private func readings(of node: NodeID) -> [String: String?] {
    var readings: [String: String?] = [:]
    for list in [PlanKey.findings, .suppressed] {
      for item in items(list, of: node)
      where optional(LocatedFinding.JSONKey.rule, in: item) == BuiltInCheck.ambiguousScalar.id {
        readings[optional(LocatedFinding.JSONKey.pointer, in: item) ?? ""] = .some(nil)
      }
    }
    for item in items(.readings, of: node) {
      readings[optional(PlanKey.pointer, in: item) ?? ""] = optional(.reading, in: item)
    }
    return readings
  }

  private func items(_ key: PlanKey, of node: NodeID) -> [NodeID] {
    document.value(of: key, in: node).map { Array(document.items(of: $0)) } ?? []
  }

  // MARK: Findings outside any request

  func faultyFiles() -> Set<String> {
    Set(items(.findings, of: document.root).compactMap { optional(LocatedFinding.JSONKey.file, in: $0) })
  }
}
