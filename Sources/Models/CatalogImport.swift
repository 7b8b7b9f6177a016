internal import Syntax

/// Reduces botocore's data to the catalog's files: only inputs, only facts, no documentation text.
///
/// - Shape: a service's file is JSON with botocore's own keys, one operation, shape or member per line, sorted where
///   botocore sorts, so that an API change is a short diff.
/// - Source: botocore's `service-2.json`, `endpoint-rule-set-1.json`, `endpoints.json` and `partitions.json`.
package struct CatalogImport: Sendable {
  private let data: BotocoreData
  private let endpoints: Document?
  private let partitions: Document?

  /// - Throws: if a table of endpoints or partitions exists but cannot be read.
  package init(_ data: BotocoreData) throws(ModelFault) {
    self.data = data
    endpoints = try Self.document("endpoints.json", in: data)
    partitions = try Self.document("partitions.json", in: data)
  }

  /// Whether the data covers all of AWS, not only some services.
  package var isWhole: Bool { endpoints != nil && partitions != nil }

  /// Whether the data has the regions of services.
  package var knowsRegions: Bool { endpoints != nil }

  /// Names of all services, sorted.
  package var serviceNames: [String] { data.serviceNames }

  /// - Parameter service: a name, or `SERVICE@VERSION`.
  package func hasService(_ service: String) -> Bool { data.hasService(service) }

  // MARK: Files

  /// A service's model and, if it has any, its endpoint rules; `nil` for an unknown name.
  ///
  /// - Parameter service: a name, for the newest version, or `SERVICE@VERSION`.
  package func files(of service: String) throws(ModelFault) -> [CatalogFile]? {
    guard let model = try self.service(service) else { return nil }
    var files = [CatalogFile(name: service, endpointPrefix: model.endpointPrefix, json: model.json)]
    // Releases of botocore before 2022 have none.
    if let rules = try endpointRules(of: service) {
      files.append(CatalogFile(name: service + CatalogFile.rulesSuffix, endpointPrefix: nil, json: rules))
    }
    return files
  }

  /// One in this many services with a member must mark it as sensitive for the name alone to decide: `name` and `id`
  /// are sensitive in one of ten.
  private static let sensitiveShare = 8

  /// The facts shared by all services: the table of partitions, and the names that are mostly secrets.
  package func sharedFiles(for services: [CatalogFile]) throws(ModelFault) -> [CatalogFile] {
    // A folder with only some services may lack the table; the compiled-in one then replaces it.
    let partitions =
      if let own = try partitionTable() { own } else { try Catalog.builtIn.partitionTable()?.bytes ?? [] }
    // How many services have a member with the name, and how many mark it as sensitive.
    var counts: [String: (all: Int, sensitive: Int)] = [:]
    for file in services where file.endpointPrefix != nil {
      let service = try ServiceModel(name: file.name, json: SourceText(file.json))
      for (name, isSensitive) in service.memberNames {
        counts[name, default: (0, 0)].all += 1
        if isSensitive { counts[name, default: (0, 0)].sensitive += 1 }
      }
    }
    let names = counts.filter { $0.value.sensitive * Self.sensitiveShare >= $0.value.all }.keys
    var writer = JSONWriter()
    writer.array { writer in names.sorted().forEach { writer.value($0) } }
    writer.endLine()
    return [
      CatalogFile(name: CatalogFile.partitionsName, endpointPrefix: nil, json: partitions),
      CatalogFile(name: CatalogFile.sensitiveName, endpointPrefix: nil, json: writer.bytes),
    ]
  }

  /// The reduced model of one service and its host prefix; `nil` for an unknown name.
  ///
  /// - Parameter service: a name, for the newest version, or `SERVICE@VERSION`.
  package func service(_ name: String) throws(ModelFault) -> (json: [UInt8], endpointPrefix: String)? {
    guard let file = try data.file(BotocoreData.model, of: name) else { return nil }
    return try service(file)
  }

  func service(_ file: BotocoreFile) throws(ModelFault) -> (json: [UInt8], endpointPrefix: String) {
    let document = try Self.parse(file)
    let reduction = ServiceReduction(document: document, path: file.path)
    let prefix = ServiceMetadata(document).endpointPrefix
    return (try reduction.json(regions: regions(ofPrefix: prefix)), prefix)
  }

  /// The rules that lead to a service's endpoint, without documentation; `nil` if the service has none.
  ///
  /// - Shape: one parameter or rule per line, nested rules indented by one blank per level.
  package func endpointRules(of service: String) throws(ModelFault) -> [UInt8]? {
    guard let file = try data.file("endpoint-rule-set-1.json", of: service) else { return nil }
    return try Self.endpointRules(file)
  }

  static func endpointRules(_ file: BotocoreFile) throws(ModelFault) -> [UInt8] {
    try EndpointRulesReduction(document: parse(file), path: file.path).json()
  }

  /// The table of partitions with their regions and host names.
  ///
  /// - Shape: `regions` are those that offer services; `otherRegions` are names that are not places, and regions with
  ///   outputs of their own, each with these outputs.
  package func partitionTable() throws(ModelFault) -> [UInt8]? {
    guard let partitions else { return nil }
    guard let list = partitions.value(of: "partitions", in: partitions.root) else {
      throw ModelFault(path: "partitions.json", .missing(key: "partitions"))
    }
    let lines = partitions.items(of: list).map { line(ofPartition: $0, in: partitions) }
    return Array("{\n\"partitions\":[\n\(lines.joined(separator: ",\n"))\n]\n}\n".utf8)
  }

  private func line(ofPartition partition: NodeID, in partitions: Document) -> String {
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
      writeOtherRegions(of: partition, in: partitions, besides: Set(known), to: &writer)
    }
    return writer.text
  }

  private func writeOtherRegions(
    of partition: NodeID, in partitions: Document, besides known: Set<String>, to writer: inout JSONWriter
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
    guard let endpoints else { return [] }
    return endpoints.items(of: "partitions", in: endpoints.root)
      .first { endpoints.hasText(id, at: endpoints.value(of: "partition", in: $0)) }
      .map { endpoints.keys(of: "regions", in: $0) } ?? []
  }

  private func regions(ofPrefix prefix: String) -> [String]? {
    guard let endpoints else { return nil }
    var found: [String] = []
    for partition in endpoints.items(of: "partitions", in: endpoints.root) {
      guard let services = endpoints.value(of: "services", in: partition),
        let service = endpoints.value(of: prefix, in: services)
      else { continue }
      let isRegional =
        endpoints.value(of: "isRegionalized", in: service).flatMap { endpoints.boolean(of: $0) } ?? true
      guard isRegional else { return nil }
      let known = Set(endpoints.keys(of: "regions", in: partition))
      found += endpoints.keys(of: "endpoints", in: service).filter { known.contains($0) }
    }
    return found.isEmpty ? nil : found.sorted()
  }

  // MARK: Reading

  private static func document(_ name: String, in data: BotocoreData) throws(ModelFault) -> Document? {
    guard let file = try data.file(name) else { return nil }
    return try parse(file)
  }

  private static func parse(_ file: BotocoreFile) throws(ModelFault) -> Document {
    var bytes = file.bytes
    if bytes.starts(with: [0x1F, 0x8B]) {
      do throws(GzipFault) {
        bytes = try gunzip(bytes)
      } catch {
        throw ModelFault(path: file.path, .packed(error))
      }
    }
    let text = SourceText(bytes)
    if let fault = text.fault {
      throw ModelFault(
        path: file.path, .syntax(SyntaxIssue(kind: .syntax, message: "file is not UTF-8", span: fault.span)))
    }
    switch readJSON(text, limits: Limits()) {
    case .document(let document): return document
    case .issue(let issue): throw ModelFault(path: file.path, .syntax(issue))
    }
  }
}

extension Document {
  fileprivate func items(of key: String, in node: NodeID) -> [NodeID] {
    value(of: key, in: node).map { Array(items(of: $0)) } ?? []
  }

  fileprivate func keys(of key: String, in node: NodeID) -> [String] {
    value(of: key, in: node).map { table in entries(of: table).map { string(of: $0.key) } }?.sorted() ?? []
  }

  fileprivate func hasText(_ text: String, at node: NodeID?) -> Bool {
    node.map { hasText(text, at: $0) } ?? false
  }
}
