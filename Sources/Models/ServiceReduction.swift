internal import Syntax

/// Cuts one `service-2.json` down to what inputs need.
struct ServiceReduction {
  let document: Document
  let path: String

  private static let metadataKeys: Set<String> = [
    "apiVersion", "auth", "checksumFormat", "endpointPrefix", "globalEndpoint", "jsonVersion", "protocol",
    "protocolSettings", "protocols", "serviceId", "signatureVersion", "signingName", "targetPrefix", "uid",
    "xmlNamespace", "awsQueryCompatible",
  ]
  private static let operationKeys: Set<String> = [
    "auth", "authtype", "contextParams", "deprecated", "endpoint", "endpointdiscovery", "http",
    "httpChecksum",
    "httpChecksumRequired", "idempotent", "input", "operationContextParams", "requestcompression",
    "staticContextParams", "unsignedPayload",
  ]
  private static let shapeKeys: Set<String> = [
    "box", "deprecated", "document", "enum", "event", "eventheader", "eventpayload", "eventstream",
    "flattened",
    "key", "locationName", "max", "member", "members", "min", "pattern", "payload", "required", "sensitive",
    "streaming", "timestampFormat", "type", "union", "value", "wrapper", "xmlNamespace", "xmlOrder",
  ]
  private static let dropped: Set<String> = [
    "documentation", "deprecatedMessage", "deprecatedSince", "documentationUrl",
  ]

  func json(regions: [String]?) throws(ModelFault) -> [UInt8] {
    let root = document.root
    guard let metadata = document.value(of: "metadata", in: root) else { throw missing("metadata") }
    guard let operations = document.value(of: "operations", in: root) else { throw missing("operations") }
    guard let shapes = document.value(of: "shapes", in: root) else { throw missing("shapes") }
    let table = Dictionary(document.entries(of: shapes).map { (document.string(of: $0.key), $0.value) }) {
      $1
    }
    var text = "{\n\"metadata\":\(compact(metadata, keeping: Self.metadataKeys)),\n"
    if let regions {
      var writer = JSONWriter(.compact)
      writer.array { writer in regions.forEach { writer.value($0) } }
      text += "\"regions\":\(writer.text),\n"
    }
    var reachable: Set<String> = []
    var lines: [String] = []
    for entry in sorted(operations) {
      lines.append("\(quoted(entry.key)):\(compact(entry.value, keeping: Self.operationKeys))")
      if let input = document.follow(JSONPointer(["input", "shape"]), from: entry.value).value {
        try reach(document.string(of: input), table, &reachable)
      }
    }
    try checkEnds(of: reachable, table)
    text += "\"operations\":{\n\(lines.joined(separator: ",\n"))\n},\n\"shapes\":{\n"
    text += sorted(shapes).filter { reachable.contains(document.string(of: $0.key)) }
      .map { "\(quoted($0.key)):\(shape($0.value))" }.joined(separator: ",\n")
    return Array((text + "\n}\n}\n").utf8)
  }

  private func reach(
    _ name: String, _ table: [String: NodeID], _ reachable: inout Set<String>
  ) throws(ModelFault) {
    var waiting = [name]
    while let name = waiting.popLast() {
      guard reachable.insert(name).inserted else { continue }
      guard let shape = table[name] else { throw ModelFault(path: path, .danglingShape(name)) }
      let type = document.value(of: "type", in: shape).map { document.string(of: $0) } ?? ""
      guard Shape.Kind(type) != nil else { throw ModelFault(path: path, .unknownType(type, shape: name)) }
      var references = ["member", "key", "value"].compactMap { document.value(of: $0, in: shape) }
      if let members = document.value(of: "members", in: shape) {
        references += document.entries(of: members).map(\.value)
      }
      for reference in references {
        if let target = document.value(of: "shape", in: reference) {
          waiting.append(document.string(of: target))
        }
      }
    }
  }

  /// Refuses structures that require themselves, at once or through others.
  private func checkEnds(of reachable: Set<String>, _ table: [String: NodeID]) throws(ModelFault) {
    var finished: Set<String> = []
    for start in reachable.sorted() {
      var path = [(name: start, rest: required(start, table)[...])]
      var open: Set<String> = [start]
      while let last = path.indices.last {
        guard let next = path[last].rest.popFirst() else {
          finished.insert(path[last].name)
          open.remove(path[last].name)
          path.removeLast()
          continue
        }
        if open.contains(next) { throw ModelFault(path: self.path, .endlessShape(next)) }
        guard !finished.contains(next) else { continue }
        open.insert(next)
        path.append((next, required(next, table)[...]))
      }
    }
  }

  /// Shapes of which every value of a structure holds one; those of a union are alternatives.
  private func required(_ name: String, _ table: [String: NodeID]) -> [String] {
    guard let shape = table[name], let list = document.value(of: "required", in: shape),
      let members = document.value(of: "members", in: shape)
    else { return [] }
    return document.items(of: list).compactMap { name in
      document.value(of: document.string(of: name), in: members)
        .flatMap { document.value(of: "shape", in: $0) }.map { document.string(of: $0) }
    }
  }

  /// A shape on one line, or one line a member.
  private func shape(_ node: NodeID) -> String {
    guard let members = document.value(of: "members", in: node), document.count(of: members) > 0 else {
      return compact(node, keeping: Self.shapeKeys)
    }
    let head = compact(node, keeping: Self.shapeKeys.subtracting(["members"])).dropLast()
    let lines = document.entries(of: members).map { "\(quoted($0.key)):\(compact($0.value, keeping: nil))" }
    return "\(head),\"members\":{\n\(lines.joined(separator: ",\n"))\n}}"
  }

  private func compact(_ node: NodeID, keeping keys: Set<String>?) -> String {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      for entry in document.entries(of: node) {
        let key = document.string(of: entry.key)
        guard keys?.contains(key) ?? !Self.dropped.contains(key) else { continue }
        writer.key(key)
        writer.copy(entry.value, of: document) { !Self.dropped.contains($0) }
      }
    }
    return writer.text
  }

  private func quoted(_ key: NodeID) -> String {
    var writer = JSONWriter(.compact)
    writer.value(document.string(of: key))
    return writer.text
  }

  private func sorted(_ table: NodeID) -> [Document.Entry] {
    document.entries(of: table).sorted {
      document.text(of: $0.key).lexicographicallyPrecedes(document.text(of: $1.key))
    }
  }

  private func missing(_ key: String) -> ModelFault { ModelFault(path: path, .missing(key: key)) }
}
