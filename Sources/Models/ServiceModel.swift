package import Syntax

/// One service as its model describes it; operations are unpacked one at a time, when a request names them.
///
/// - Shape: a located tree of `service-2.json`, either botocore's own or the catalog's reduced one.
package struct ServiceModel: Sendable {
  /// The AWS CLI's name for the service, such as `opensearch`.
  package let name: String
  /// Regions with an endpoint of the service; `nil` if nothing is known or the service has one endpoint for all.
  package let regions: [String]?
  /// The limit on nesting of shapes in an input; those of botocore 1.44.8 reach 19.
  static let depthLimit = 100
  package let document: Document
  /// Sorted by name.
  package let operations: [Document.Entry]
  /// Sorted by name.
  package let shapes: [Document.Entry]

  package init(name: String, json: SourceText) throws(ModelFault) {
    self.name = name
    switch readJSON(json, limits: Limits()) {
    case .issue(let issue): throw ModelFault(path: name, .syntax(issue))
    case .document(let document): self.document = document
    }
    let document = document
    regions = document.value(of: "regions", in: document.root).map { list in
      document.items(of: list).map { document.string(of: $0) }
    }
    operations = try Self.table("operations", in: document, service: name)
    shapes = try Self.table("shapes", in: document, service: name)
  }

  /// Facts about the service as a whole.
  package var metadata: ServiceMetadata { ServiceMetadata(document) }

  /// Names of all operations, sorted.
  package var operationNames: [String] { operations.map { document.string(of: $0.key) } }

  /// Whether the service has an operation, by the model's spelling.
  package func hasOperation(_ name: String) -> Bool { find(name, in: operations) != nil }

  /// Unpacks one operation; `nil` if the service has none with that name.
  package func operation(_ name: String) throws(ModelFault) -> Operation? {
    guard let entry = find(name, in: operations) else { return nil }
    var unpacking = Unpacking(model: self)
    let input = document.value(of: "input", in: entry.value).flatMap { reference in
      document.value(of: "shape", in: reference).map { (reference, document.string(of: $0)) }
    }
    let root = try input.map { input throws(ModelFault) in try unpacking.reference(input.0, toShape: input.1)
    }
    unpacking.shapes.markSensitive()
    let metadata = metadata
    let http = document.value(of: "http", in: entry.value)
    let endpoint = document.value(of: "endpoint", in: entry.value)
    return Operation(
      service: self.name, name: name, method: text("method", in: http) ?? "POST",
      requestURI: text("requestUri", in: http) ?? "/", wireProtocol: WireProtocol(metadata),
      isDeprecated: flag("deprecated", in: entry.value),
      documentation: visible("https://docs.aws.amazon.com/goto/WebAPI/\(metadata.uid)/\(name)"),
      input: root?.shape, inputTraits: root?.traits ?? .none, hostPrefix: text("hostPrefix", in: endpoint),
      hasEventStreamOutput: hasEventStreamOutput(entry.value),
      clientTraits: ClientTraits(entry.value, of: document), shapes: unpacking.shapes.map { Shape($0) },
      traits: unpacking.traits)
  }

  private func hasEventStreamOutput(_ operation: NodeID) -> Bool {
    guard let output = document.value(of: "output", in: operation),
      let shape = find(text("shape", in: output) ?? "", in: shapes),
      let members = document.value(of: "members", in: shape.value)
    else { return false }
    return document.entries(of: members).contains { member in
      find(text("shape", in: member.value) ?? "", in: shapes).map { flag("eventstream", in: $0.value) }
        ?? false
    }
  }

  /// Whether an operation is marked as deprecated, without unpacking it.
  package func isDeprecated(_ operation: String) -> Bool {
    find(operation, in: operations).map { flag("deprecated", in: $0.value) } ?? false
  }

  /// The catalog's entry for one operation; `nil` if the service has none with that name.
  ///
  /// It contains the service's metadata, the operation and all shapes that its input reaches.
  ///
  /// - Shape: JSON as in the catalog's files, with botocore's keys, one operation, shape or member per line.
  package func json(of operation: String) throws(ModelFault) -> [UInt8]? {
    guard hasOperation(operation) else { return nil }
    return try ServiceReduction(document: document, path: name).json(regions: nil, only: operation)
  }

  /// The catalog's facts about the service as a whole: its metadata and its regions.
  ///
  /// - Shape: JSON as in the catalog's files, with botocore's keys.
  package func metadataJSON() throws(ModelFault) -> [UInt8] {
    try ServiceReduction(document: document, path: name).metadataJSON(regions: regions)
  }

  /// Names of an operation's input members, without unpacking the rest.
  package func inputMemberNames(of operation: String) -> (names: [String], required: [String]) {
    guard let entry = find(operation, in: operations),
      let input = document.value(of: "input", in: entry.value),
      let shape = document.value(of: "shape", in: input),
      let found = find(document.string(of: shape), in: shapes)
    else { return ([], []) }
    let members = document.value(of: "members", in: found.value)
    let names = members.map { document.entries(of: $0).map { document.string(of: $0.key) } } ?? []
    return (names, strings("required", in: found.value))
  }

  /// All member names in lower case, each with whether any member of that name must not be shown.
  var memberNames: [String: Bool] {
    var names: [String: Bool] = [:]
    for shape in shapes {
      guard let members = document.value(of: "members", in: shape.value) else { continue }
      for member in document.entries(of: members) {
        let target = find(text("shape", in: member.value) ?? "", in: shapes)?.value
        let isSensitive =
          flag("sensitive", in: member.value) || target.map { flag("sensitive", in: $0) } ?? false
        let name = document.string(of: member.key).lowercased()
        names[name] = isSensitive || names[name] ?? false
      }
    }
    return names
  }

  /// Whether the model marks anything as sensitive, in inputs or outputs.
  var mentionsSensitive: Bool { document.source.bytes.contains(sequence: Array("\"sensitive\"".utf8)) }

  /// Names of members that must not be shown.
  ///
  /// - Shape: lists and maps of sensitive values count as sensitive.
  var sensitiveNames: SensitiveNames {
    let sensitivity = ShapeSensitivity(model: self)
    var names: (values: Set<String>, owners: Set<String>) = ([], [])
    for shape in shapes {
      guard let members = document.value(of: "members", in: shape.value) else { continue }
      for member in document.entries(of: members) {
        switch sensitivity.kind(ofReference: member.value) {
        case .plain: continue
        case .value: names.values.insert(document.string(of: member.key).lowercased())
        case .owner: names.owners.insert(document.string(of: member.key).lowercased())
        }
      }
    }
    return SensitiveNames(values: names.values, owners: names.owners.subtracting(names.values))
  }

  // MARK: Reading

  private static func table(
    _ key: String, in document: Document, service: String
  ) throws(ModelFault) -> [Document.Entry] {
    guard let table = document.value(of: key, in: document.root), document[table].kind == .mapping else {
      throw ModelFault(path: service, .missing(key: key))
    }
    let entries = Array(document.entries(of: table))
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { left, right in
      document.text(of: left.key).lexicographicallyPrecedes(document.text(of: right.key))
    }
    if isSorted { return entries }
    return entries.sorted { document.text(of: $0.key).lexicographicallyPrecedes(document.text(of: $1.key)) }
  }

  package func find(_ name: String, in table: [Document.Entry]) -> Document.Entry? {
    index(of: name, in: table).map { table[$0] }
  }

  /// The place of a shape in the service's table.
  func index(ofShape name: String) -> Int? { index(of: name, in: shapes) }

  private func index(of name: String, in table: [Document.Entry]) -> Int? {
    let place = table.partitioningIndex { !document.text(of: $0.key).lexicographicallyPrecedes(name.utf8) }
    return place < table.count && document.hasText(name, at: table[place].key) ? place : nil
  }

  package func text(_ key: String, in node: NodeID?) -> String? {
    node.flatMap { document.value(of: key, in: $0) }.map { document.string(of: $0) }
  }

  package func flag(_ key: String, in node: NodeID) -> Bool {
    document.value(of: key, in: node).flatMap { document.boolean(of: $0) } ?? false
  }

  package func strings(_ key: String, in node: NodeID) -> [String] {
    document.value(of: key, in: node).map { document.items(of: $0).map { document.string(of: $0) } } ?? []
  }

  /// Collects the shapes that one input reaches; recursive ones once.
  private struct Unpacking {
    let model: ServiceModel
    var shapes: [ShapeFacts] = []
    var traits = [WireTraits()]
    private var known: [String: ShapeID] = [:]
    private var depth = 0

    init(model: ServiceModel) { self.model = model }

    mutating func shape(named name: String) throws(ModelFault) -> ShapeID {
      if let id = known[name] { return id }
      // Each level uses stack space.
      guard depth < ServiceModel.depthLimit else { throw ModelFault(path: model.name, .deepShape(name)) }
      depth += 1
      defer { depth -= 1 }
      guard let entry = model.find(name, in: model.shapes) else {
        throw ModelFault(path: model.name, .danglingShape(name))
      }
      let type = model.clientType(ofShape: name) ?? model.text("type", in: entry.value) ?? ""
      guard let kind = Shape.Kind(type) else {
        throw ModelFault(path: model.name, .unknownType(type, shape: name))
      }
      let id = ShapeID(index: shapes.count)
      known[name] = id
      shapes.append(plainShape(name, kind, entry.value))
      switch kind {
      case .structure: shapes[id.index].members = try members(of: entry.value)
      case .list:
        (shapes[id.index].element, shapes[id.index].elementTraits) = try reference("member", in: entry.value)
      case .map:
        (shapes[id.index].key, shapes[id.index].keyTraits) = try reference("key", in: entry.value)
        (shapes[id.index].element, shapes[id.index].elementTraits) = try reference("value", in: entry.value)
      default: break
      }
      return id
    }

    /// A shape and the traits that apply at this place.
    mutating func reference(
      _ node: NodeID, toShape name: String
    ) throws(ModelFault) -> (shape: ShapeID, traits: TraitsID) {
      let id = constrained(try shape(named: name), by: node)
      return (id, self.traits(in: node, over: shapes[id.index].traits))
    }

    /// The shape with a reference's constraints applied: a new shape, or the same one if there are none.
    ///
    /// - Source: botocore applies a member's traits over those of its shape.
    private mutating func constrained(_ id: ShapeID, by node: NodeID) -> ShapeID {
      let document = model.document
      var shape = shapes[id.index]
      // A shape that contains itself is not finished yet.
      let isOpen = (shape.kind == .list || shape.kind == .map) && shape.element == nil
      guard !isOpen, shape.kind != .structure else { return id }
      var isChanged = false
      for entry in document.entries(of: node) {
        if document.hasText("min", at: entry.key) {
          shape.minimum = document.number(of: entry.value)
        } else if document.hasText("max", at: entry.key) {
          shape.maximum = document.number(of: entry.value)
        } else if document.hasText("pattern", at: entry.key) {
          shape.pattern = document.string(of: entry.value)
        } else if document.hasText("enum", at: entry.key) {
          shape.values = document.items(of: entry.value).map { document.string(of: $0) }
        } else if document.hasText("sensitive", at: entry.key) {
          shape.isSensitive = document.boolean(of: entry.value) ?? false
        } else {
          continue
        }
        isChanged = true
      }
      guard isChanged else { return id }
      shapes.append(shape)
      return ShapeID(index: shapes.count - 1)
    }

    private mutating func traits(in node: NodeID, over base: TraitsID) -> TraitsID {
      let document = model.document
      var found = traits[base.index]
      var isChanged = false
      for entry in document.entries(of: node) {
        if document.hasText("locationName", at: entry.key) {
          found.locationName = document.string(of: entry.value)
        } else if document.hasText("queryName", at: entry.key) {
          found.queryName = document.string(of: entry.value)
        } else if document.hasText("timestampFormat", at: entry.key) {
          found.timestampFormat = document.string(of: entry.value)
        } else if document.hasText("flattened", at: entry.key) {
          found.isFlattened = document.boolean(of: entry.value) ?? false
        } else if document.hasText("xmlAttribute", at: entry.key) {
          found.isXMLAttribute = document.boolean(of: entry.value) ?? false
        } else if document.hasText("xmlNamespace", at: entry.key) {
          found.xmlNamespace = namespace(entry.value)
        } else {
          continue
        }
        isChanged = true
      }
      guard isChanged else { return base }
      traits.append(found)
      return TraitsID(index: traits.count - 1)
    }

    private func namespace(_ node: NodeID) -> WireTraits.XMLNamespace {
      let uri = model.text("uri", in: node) ?? model.document.string(of: node)
      return WireTraits.XMLNamespace(prefix: model.text("prefix", in: node), uri: uri)
    }

    private mutating func plainShape(_ name: String, _ kind: Shape.Kind, _ node: NodeID) -> ShapeFacts {
      let document = model.document
      func number(_ key: String) -> ExactNumber? {
        document.value(of: key, in: node).flatMap { document.number(of: $0) }
      }
      return ShapeFacts(
        name: name, kind: kind, minimum: number("min"), maximum: number("max"),
        pattern: model.text("pattern", in: node), values: model.strings("enum", in: node),
        isSensitive: model.flag("sensitive", in: node), isDeprecated: model.flag("deprecated", in: node),
        isUnion: model.flag("union", in: node), isDocument: model.flag("document", in: node),
        isEventStream: model.flag("eventstream", in: node), isStreaming: model.flag("streaming", in: node),
        timestampFormat: model.text("timestampFormat", in: node), traits: traits(in: node, over: .none),
        payload: kind == .structure ? model.text("payload", in: node) : nil)
    }

    private mutating func members(of node: NodeID) throws(ModelFault) -> [Member] {
      let required = Set(model.strings("required", in: node))
      guard let list = model.document.value(of: "members", in: node) else { return [] }
      var members: [Member] = []
      for entry in model.document.entries(of: list) {
        let name = model.document.string(of: entry.key)
        let reference = try reference(entry.value, toShape: model.text("shape", in: entry.value) ?? "")
        members.append(
          Member(
            name: name, shape: reference.shape,
            isRequired: required.contains(name), isDeprecated: model.flag("deprecated", in: entry.value),
            isIdempotencyToken: model.flag("idempotencyToken", in: entry.value),
            isHostLabel: model.flag("hostLabel", in: entry.value),
            location: model.text("location", in: entry.value),
            locationName: model.text("locationName", in: entry.value),
            isJSONValue: model.flag("jsonvalue", in: entry.value)
              && model.text("location", in: entry.value) == "header",
            isStreaming: model.flag("streaming", in: entry.value)
              || shapes[reference.shape.index].isStreaming,
            contextParameter: model.text(
              "name", in: model.document.value(of: "contextParam", in: entry.value)),
            traits: reference.traits))
      }
      return members
    }

    private mutating func reference(
      _ key: String, in node: NodeID
    ) throws(ModelFault) -> (shape: ShapeID, traits: TraitsID) {
      guard let target = model.document.value(of: key, in: node) else {
        throw ModelFault(path: model.name, .missing(key: key))
      }
      return try reference(target, toShape: model.text("shape", in: target) ?? "")
    }
  }
}

/// A model's facts about its service as a whole.
///
/// A class, since every call of the service refers to it.
package final class ServiceMetadata: Sendable {
  /// A date such as `2021-01-01`.
  package let apiVersion: String
  package let endpointPrefix: String
  /// AWS's title of the service, such as `CloudWatch Logs`.
  package let serviceID: String
  /// The service name in signatures; empty if it is the endpoint prefix.
  package let signingName: String
  /// `rest-json`, `json`, `query`, `ec2`, `rest-xml` or `smithy-rpc-v2-cbor`; `protocols` takes precedence.
  package let wireProtocol: String
  /// All protocols that the service accepts; empty if the model has only the one above.
  package let protocols: [String]
  /// `1.0` or `1.1` for the protocol `json`.
  package let jsonVersion: String?
  /// Precedes the operation's name in `X-Amz-Target`.
  package let targetPrefix: String?
  /// Whether responses must keep the error codes of the query protocol that the service used before.
  package let isQueryCompatible: Bool
  /// `SERVICE-VERSION` as in the documentation's URLs.
  package let uid: String
  /// The single host of a service without regional hosts, such as `iam.amazonaws.com`.
  package let globalEndpoint: String?

  init(_ document: Document) {
    let metadata = document.value(of: "metadata", in: document.root)
    func value(_ key: String) -> NodeID? { metadata.flatMap { document.value(of: key, in: $0) } }
    func text(_ key: String) -> String? { value(key).map { document.string(of: $0) } }
    apiVersion = text("apiVersion") ?? ""
    endpointPrefix = text("endpointPrefix") ?? ""
    serviceID = text("serviceId") ?? ""
    signingName = text("signingName") ?? ""
    wireProtocol = text("protocol") ?? ""
    protocols = value("protocols").map { document.items(of: $0).map { document.string(of: $0) } } ?? []
    jsonVersion = text("jsonVersion")
    targetPrefix = text("targetPrefix")
    isQueryCompatible = value("awsQueryCompatible") != nil
    uid = text("uid") ?? ""
    globalEndpoint = text("globalEndpoint")
  }
}
