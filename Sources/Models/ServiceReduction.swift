internal import Syntax

/// Reduces one `service-2.json` to the parts that inputs need.
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

  /// - Parameter only: the single operation to keep, with everything it reaches; `nil` for all.
  func json(regions: [String]?, only operation: String? = nil) throws(ModelFault) -> [UInt8] {
    let root = document.root
    let head = try head(regions: regions)
    guard let operations = document.value(of: "operations", in: root) else { throw missing("operations") }
    guard let shapes = document.value(of: "shapes", in: root) else { throw missing("shapes") }
    let table = Dictionary(document.entries(of: shapes).map { (document.string(of: $0.key), $0.value) }) {
      $1
    }
    var reachable: Set<String> = []
    var lines: [String] = []
    for entry in sorted(operations) where operation.map({ document.hasText($0, at: entry.key) }) ?? true {
      lines.append("\(quoted(entry.key)):\(compact(entry.value, keeping: Self.operationKeys))")
      guard let input = document.value(of: "input", in: entry.value) else { continue }
      guard let shape = document.value(of: "shape", in: input) else {
        throw missing("operations.\(document.string(of: entry.key)).input.shape")
      }
      try reach(document.string(of: shape), table, &reachable)
    }
    try checkEnds(of: reachable, table)
    var text = "\(head),\n\"operations\":{\n\(lines.joined(separator: ",\n"))\n},\n\"shapes\":{\n"
    text += sorted(shapes).filter { reachable.contains(document.string(of: $0.key)) }
      .map { "\(quoted($0.key)):\(shape($0.value))" }.joined(separator: ",\n")
    return Array((text + "\n}\n}\n").utf8)
  }

  func metadataJSON(regions: [String]?) throws(ModelFault) -> [UInt8] {
    Array("\(try head(regions: regions))\n}\n".utf8)
  }

  /// The part before the operations, without a trailing comma.
  private func head(regions: [String]?) throws(ModelFault) -> String {
    guard let metadata = document.value(of: "metadata", in: document.root) else { throw missing("metadata") }
    let text = "{\n\"metadata\":\(compact(metadata, keeping: Self.metadataKeys))"
    guard let regions else { return text }
    var writer = JSONWriter(.compact)
    writer.array { writer in regions.forEach { writer.value($0) } }
    return "\(text),\n\"regions\":\(writer.text)"
  }

  private func reach(
    _ name: String, _ table: [String: NodeID], _ reachable: inout Set<String>
  ) throws(ModelFault) {
    var waiting = [(name: name, depth: 1)]
    while let (name, depth) = waiting.popLast() {
      guard reachable.insert(name).inserted else { continue }
      guard depth <= ServiceModel.depthLimit else { throw ModelFault(path: path, .deepShape(name)) }
      guard let shape = table[name] else { throw ModelFault(path: path, .danglingShape(name)) }
      let type = document.value(of: "type", in: shape).map { document.string(of: $0) } ?? ""
      guard let kind = Shape.Kind(type) else {
        throw ModelFault(path: path, .unknownType(type, shape: name))
      }
      for reference in try references(of: shape, named: name, kind) {
        waiting.append((reference, depth + 1))
      }
    }
  }

  /// Names of the shapes that a shape refers to.
  private func references(
    of shape: NodeID, named name: String, _ kind: Shape.Kind
  ) throws(ModelFault) -> [String] {
    let keys =
      switch kind {
      case .list: ["member"]
      case .map: ["key", "value"]
      default: [String]()
      }
    var references: [(place: String, node: NodeID)] = []
    for key in keys {
      guard let node = document.value(of: key, in: shape) else { throw missing("shapes.\(name).\(key)") }
      references.append((key, node))
    }
    if kind == .structure, let members = document.value(of: "members", in: shape) {
      references += document.entries(of: members).map { ("members.\(document.string(of: $0.key))", $0.value) }
    }
    var targets: [String] = []
    for reference in references {
      guard let target = document.value(of: "shape", in: reference.node) else {
        throw missing("shapes.\(name).\(reference.place).shape")
      }
      targets.append(document.string(of: target))
    }
    return targets
  }

  /// Throws for structures that require themselves, and for lists and maps that contain only themselves.
  ///
  /// The cycle may pass through other shapes.
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

  /// The shapes that can make a shape endless.
  ///
  /// For a structure, the shapes of its required members; members of a union are alternatives and do not count. For a
  /// list or map, the list or map that it contains.
  private func required(_ name: String, _ table: [String: NodeID]) -> [String] {
    guard let shape = table[name] else { return [] }
    if let element = target(of: "member", in: shape) ?? target(of: "value", in: shape) {
      let holdsMore = table[element].flatMap { target(of: "member", in: $0) ?? target(of: "value", in: $0) }
      return holdsMore == nil ? [] : [element]
    }
    guard let list = document.value(of: "required", in: shape),
      let members = document.value(of: "members", in: shape)
    else { return [] }
    // One walk: looking up each name would take quadratic time for a wide structure.
    let names = Set(document.items(of: list).map { document.string(of: $0) })
    return document.entries(of: members).compactMap { entry in
      guard names.contains(document.string(of: entry.key)) else { return nil }
      return document.value(of: "shape", in: entry.value).map { document.string(of: $0) }
    }
  }

  /// The shape that the reference under a key names.
  private func target(of key: String, in node: NodeID) -> String? {
    document.value(of: key, in: node).flatMap { document.value(of: "shape", in: $0) }
      .map { document.string(of: $0) }
  }

  /// A shape on one line, or on one line per member.
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

  /// Sorted by name; of repeated names only the last, which is the one that counts.
  private func sorted(_ table: NodeID) -> [Document.Entry] {
    let entries = Dictionary(document.entries(of: table).map { (document.string(of: $0.key), $0) }) { $1 }
    return entries.values.sorted {
      document.text(of: $0.key).lexicographicallyPrecedes(document.text(of: $1.key))
    }
  }

  private func missing(_ key: String) -> ModelFault { ModelFault(path: path, .missing(key: key)) }
}
