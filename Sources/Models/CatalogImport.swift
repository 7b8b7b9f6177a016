public import Syntax

/// One file of botocore's `data` folder, already read.
public struct BotocoreFile: Sendable {
  /// Relative to the `data` folder, `/` between parts.
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Turns botocore's data into the catalog's files: inputs only, facts only, no documentation text.
///
/// - Shape: a service's file is JSON with botocore's own keys, one operation, shape or member a line, sorted where
///   botocore sorts, so that a change of the API is a short diff.
/// - Source: botocore's `service-2.json`, `endpoint-rule-set-1.json`, `endpoints.json` and `partitions.json`.
public struct CatalogImport: Sendable {
  /// What keeps a file from being imported.
  public enum Fault: Error, Equatable, Sendable {
    case packed(path: String, GzipFault)
    case syntax(path: String, SyntaxIssue)
    case missing(path: String, key: String)
    case danglingShape(path: String, shape: String)
  }

  private let endpoints: Document
  private let partitions: Document

  public init(endpoints: BotocoreFile, partitions: BotocoreFile) throws(Fault) {
    self.endpoints = try Self.parse(endpoints)
    self.partitions = try Self.parse(partitions)
  }

  /// The shortened model of one service and the host prefix that it answers to.
  public func service(_ file: BotocoreFile) throws(Fault) -> (json: [UInt8], endpointPrefix: String) {
    let document = try Self.parse(file)
    let reduction = ServiceReduction(document: document, path: file.path)
    let prefix = ServiceMetadata(document).endpointPrefix
    return (try reduction.json(regions: regions(ofPrefix: prefix)), prefix)
  }

  /// The rules that lead to one service's endpoint, without documentation.
  ///
  /// - Shape: a parameter or a rule a line, nested rules set in by a blank for each level.
  public func endpointRules(_ file: BotocoreFile) throws(Fault) -> [UInt8] {
    try EndpointRulesReduction(document: Self.parse(file), path: file.path).json()
  }

  /// The table of partitions with their regions and host names.
  ///
  /// - Shape: `regions` are those that offer services; `otherRegions` the names that stand for no place, and regions
  ///   with outputs of their own, each with these outputs.
  public func partitionTable() throws(Fault) -> [UInt8] {
    guard let list = partitions.value(of: "partitions", in: partitions.root) else {
      throw .missing(path: "partitions.json", key: "partitions")
    }
    var lines: [String] = []
    for partition in partitions.items(of: list) {
      var writer = JSONWriter(.compact)
      writer.object { writer in
        for key in ["id", "outputs", "regionRegex"] {
          guard let value = partitions.value(of: key, in: partition) else { continue }
          writer.key(key)
          writer.copy(value, of: partitions) { _ in true }
        }
        writer.key("regions")
        let id = partitions.value(of: "id", in: partition).map { partitions.string(of: $0) } ?? ""
        let known = regions(ofPartition: id)
        writer.array { writer in known.forEach { writer.value($0) } }
        writeOtherRegions(of: partition, besides: Set(known), to: &writer)
      }
      lines.append(writer.text)
    }
    return Array("{\n\"partitions\":[\n\(lines.joined(separator: ",\n"))\n]\n}\n".utf8)
  }

  private func writeOtherRegions(
    of partition: NodeID, besides known: Set<String>, to writer: inout JSONWriter
  ) {
    let regions =
      partitions.value(of: "regions", in: partition).map { Array(partitions.entries(of: $0)) } ?? []
    let others = regions.filter { region in
      !known.contains(partitions.string(of: region.key))
        || partitions.entries(of: region.value).contains { !partitions.hasText("description", at: $0.key) }
    }
    guard !others.isEmpty else { return }
    writer.key("otherRegions")
    writer.object { writer in
      for region in others {
        writer.key(partitions.string(of: region.key))
        writer.copy(region.value, of: partitions) { $0 != "description" }
      }
    }
  }

  // MARK: Regions

  private func regions(ofPartition id: String) -> [String] {
    for partition in endpointPartitions where text("partition", in: partition) == id {
      return keys("regions", in: partition)
    }
    return []
  }

  private func regions(ofPrefix prefix: String) -> [String]? {
    var found: [String] = []
    for partition in endpointPartitions {
      guard let services = endpoints.value(of: "services", in: partition),
        let service = endpoints.value(of: prefix, in: services)
      else { continue }
      let isRegional =
        endpoints.value(of: "isRegionalized", in: service).flatMap { endpoints.boolean(of: $0) } ?? true
      guard isRegional else { return nil }
      let known = Set(keys("regions", in: partition))
      found += keys("endpoints", in: service).filter { known.contains($0) }
    }
    return found.isEmpty ? nil : found.sorted()
  }

  private var endpointPartitions: [NodeID] {
    endpoints.value(of: "partitions", in: endpoints.root).map { Array(endpoints.items(of: $0)) } ?? []
  }

  private func text(_ key: String, in node: NodeID) -> String? {
    endpoints.value(of: key, in: node).map { endpoints.string(of: $0) }
  }

  private func keys(_ key: String, in node: NodeID) -> [String] {
    endpoints.value(of: key, in: node).map { table in
      endpoints.entries(of: table).map { endpoints.string(of: $0.key) }
    }?.sorted() ?? []
  }

  private static func parse(_ file: BotocoreFile) throws(Fault) -> Document {
    var bytes = file.bytes
    if bytes.starts(with: [0x1F, 0x8B]) {
      do throws(GzipFault) { bytes = try gunzip(bytes) } catch { throw .packed(path: file.path, error) }
    }
    switch readJSON(SourceText(bytes), limits: Limits()) {
    case .document(let document): return document
    case .issue(let issue): throw .syntax(path: file.path, issue)
    }
  }
}

/// Cuts one `service-2.json` down to what inputs need.
private struct ServiceReduction {
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

  func json(regions: [String]?) throws(CatalogImport.Fault) -> [UInt8] {
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
    text += "\"operations\":{\n\(lines.joined(separator: ",\n"))\n},\n\"shapes\":{\n"
    text += sorted(shapes).filter { reachable.contains(document.string(of: $0.key)) }
      .map { "\(quoted($0.key)):\(shape($0.value))" }.joined(separator: ",\n")
    return Array((text + "\n}\n}\n").utf8)
  }

  private func reach(
    _ name: String, _ table: [String: NodeID], _ reachable: inout Set<String>
  ) throws(CatalogImport.Fault) {
    var waiting = [name]
    while let name = waiting.popLast() {
      guard reachable.insert(name).inserted else { continue }
      guard let shape = table[name] else { throw .danglingShape(path: path, shape: name) }
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

  private func missing(_ key: String) -> CatalogImport.Fault { .missing(path: path, key: key) }
}
