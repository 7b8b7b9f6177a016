internal import Models
internal import Requests
internal import Rules
internal import Syntax

/// What of one document must not be shown.
struct DocumentMask {
  /// Of each request, by its place in the document, and of what is outside of requests.
  private(set) var parts: [(request: Int?, parts: MaskedParts)] = []
  private(set) var nodes = MaskedNodes()

  init() {}

  init(_ parts: [(request: Int?, parts: MaskedParts)], in document: Document) {
    self.parts = parts
    nodes = MaskedNodes(parts.flatMap { $0.parts.parts.map { document.range(of: $0.value) } })
  }
}

extension Linter {
  /// What of a document must not be shown.
  mutating func mask(
    of document: Document, in file: RequestFile, for requests: [Request], into report: inout FileReport
  ) -> DocumentMask {
    var found: [(request: Int?, parts: MaskedParts)] = []
    var held: Set<NodeID> = []
    lazy var names = names(in: file, for: requests, &report)
    for (index, request) in requests.enumerated() {
      guard let parameters = request.parameters else { continue }
      held.insert(parameters)
      held.insert(document.resolve(parameters))
      let operation = request.operation.flatMap { try? models.operation($0) }
      let secrecy =
        operation.map { models.secrecy(of: $0) } ?? Secrecy(names: names)
      var parts = MaskedParts()
      parts.add(document.resolve(parameters), in: document, secrecy)
      found.append((index, parts))
    }
    let root = document.resolve(document.root)
    guard !held.contains(root) else { return DocumentMask(found, in: document) }
    var parts = MaskedParts()
    if requests.isEmpty {
      parts.add(root, in: document, Secrecy(names: names))
    } else {
      var frame = FrameMask(document: document, held: held)
      frame.add(root)
      parts = frame.parts
    }
    found.append((nil, parts))
    return DocumentMask(found, in: document)
  }

  /// Values that an alias may bring to another request too.
  mutating func sharedMask(of document: Document, for requests: [Request]) -> MaskedNodes {
    guard document.hasAliases else { return MaskedNodes() }
    var parts = MaskedParts()
    for request in requests {
      guard let parameters = request.parameters, let id = request.operation,
        let operation = try? models.operation(id), operation.hasSensitive
      else { continue }
      parts.add(document.resolve(parameters), in: document, Secrecy(operation, masksUnknown: true))
    }
    return parts.nodes(in: document)
  }

  /// Hides what must not be shown from what has been found in a document.
  mutating func hide(
    _ mask: DocumentMask, of document: Document, for requests: [Request], since mark: FileReport.Mark,
    in report: inout FileReport
  ) {
    var words: [Int?: SecretWords] = [:]
    for (index, parts) in mask.parts {
      let vocabulary = vocabulary(of: index.flatMap { requests[$0].operation })
      var own = SecretWords()
      own.add(members: sensitiveMembers(of: index.flatMap { requests[$0].operation }))
      for part in parts.parts {
        if let entry = part.entry { report.addSensitive(document.writtenSpan(of: entry)) }
        report.addSensitive(document.sourceSpan(of: part.value))
        for id in document.scalars(in: part.value) {
          own.add(document.text(of: id), isLoose: part.isMisplaced, vocabulary: vocabulary)
          // As a comment may repeat it, escapes and all.
          let written = document.source.bytes[document.sourceSpan(of: id).range]
          if written != document.text(of: id) {
            own.add(written, isLoose: part.isMisplaced, vocabulary: vocabulary)
          }
        }
      }
      words[index.map { $0 + mark.requests }] = own
    }
    report.hide(words, since: mark)
  }

  /// Names of an operation's members that must not be shown.
  private mutating func sensitiveMembers(of id: OperationID?) -> [String] {
    guard let id, let operation = try? models.operation(id), operation.hasSensitive else { return [] }
    return operation.shapes.flatMap(\.members).filter { operation[$0.shape].isMasked }.map(\.name)
  }

  /// Names that the model of an operation has, which show nothing of a value.
  private mutating func vocabulary(of id: OperationID?) -> Set<String> {
    guard let id, let operation = try? models.operation(id) else { return [] }
    if let known = vocabularies[id] { return known }
    var names: Set<String> = [id.service, id.operation]
    for shape in operation.shapes {
      names.formUnion(shape.values)
      for member in shape.members { names.insert(member.name) }
    }
    vocabularies[id] = names
    return names
  }

  /// Names of members that must not be shown: those of the services in question, and where these are not sure those
  /// that mostly are.
  mutating func names(
    in file: RequestFile, for requests: [Request], _ report: inout FileReport
  ) -> SensitiveNames {
    let services = Set(requests.compactMap(\.operation?.service))
    guard requests.isEmpty || requests.contains(where: { $0.operation == nil }) else {
      return models.sensitiveNames(of: services)
    }
    let likely = services.union(likelyServices(of: file, &report))
    if let known = report.doubtfulNames, known.services == likely { return known.names }
    var names = models.sensitiveNames()
    names.formUnion(models.sensitiveNames(of: likely))
    report.doubtfulNames = (likely, names)
    return names
  }

  /// Keeps all text of a file out of excerpts where it cannot be parsed and may hold a sensitive member; answers whether
  /// it may.
  mutating func hideUnparsedText(of file: RequestFile, in report: inout FileReport) -> Bool {
    if let known = report.hidesUnparsedText { return known }
    let services = likelyServices(of: file, &report)
    var names = models.sensitiveNames()
    names.formUnion(models.sensitiveNames(of: services))
    // Names in another encoding could not be found.
    let isForeign = file.text.fault.map { if case .notUTF8 = $0 { false } else { true } } ?? false
    let hides = isForeign || names.isNamed(in: file.text.bytes) || mayBeSensitive(file, services)
    if hides { report.addSensitive(ByteSpan(0, file.text.bytes.count)) }
    report.hidesUnparsedText = hides
    return hides
  }

  /// Whether a text names an operation that takes something sensitive, or a service that has such and no operation.
  private mutating func mayBeSensitive(_ file: RequestFile, _ services: Set<String>) -> Bool {
    let words = Set(
      (file.text.bytes + [0x20] + file.parts.all.joined(separator: " ").utf8).split { !isWordByte($0) })
    var isNamed = (binder.flaggedOperation ?? file.binding).flatMap { try? models.operation($0) }
    if isNamed?.hasSensitive == true { return true }
    for service in services {
      for name in models.service(service)?.operationNames ?? [] where words.contains(ArraySlice(name.utf8)) {
        guard let operation = try? models.operation(OperationID(service: service, operation: name)) else {
          return true
        }
        if operation.hasSensitive { return true }
        isNamed = operation
      }
    }
    return isNamed == nil && services.contains { !models.sensitiveNames(of: $0).isEmpty }
  }

  /// How many misspelt names of services are searched for in a file; more than a few are noise.
  private static let searchedNames = 16

  /// The services that a file is likely for, misspelt ones among them.
  mutating func likelyServices(of file: RequestFile, _ report: inout FileReport) -> Set<String> {
    if let known = report.likelyServices { return known }
    let words = binder.serviceWords(file.text, path: file.parts)
    var services = Set(words.compactMap { models.serviceName($0) })
    let unknown = words.filter { models.serviceName($0) == nil }
    for word in unknown.sorted().prefix(Self.searchedNames) {
      if let near = models.nearService(word) { services.insert(near) }
    }
    if let binding = file.binding { services.insert(binding.service) }
    report.likelyServices = services
    return services
  }
}

/// What of a document's frame must not be shown: what is unknown there, or of the wrong type.
private struct FrameMask {
  private static let textKeys = ["service", "operation", "region", "account", "id", "description"]

  let document: Document
  /// Parameters of requests.
  let held: Set<NodeID>
  var parts = MaskedParts()

  init(document: Document, held: Set<NodeID>) {
    self.document = document
    self.held = held
  }

  /// Whether a key, misspelt or not, names something that may be shown.
  private static func isTextKey(_ key: String) -> Bool {
    textKeys.contains(key) || suggestion(for: key, among: textKeys) != nil
  }

  /// Whether a text goes on as a command line does, whose options may hold anything.
  private func holdsOptions(_ id: NodeID) -> Bool {
    Array(document.text(of: id)).contains(sequence: Array(" --".utf8))
  }

  mutating func add(_ frame: NodeID) {
    for entry in document.entries(of: frame) where !held.contains(entry.value) {
      let key = document.string(of: entry.key)
      let kind = document[entry.value].kind
      switch key {
      case "requests" where kind == .sequence:
        for item in document.items(of: entry.value) {
          if document[item].kind == .mapping {
            add(item)
          } else {
            parts.add(whole: item)
          }
        }
      case "defaults" where kind == .mapping: add(entry.value)
      case _ where kind == .scalar && Self.isTextKey(key) && !holdsOptions(entry.value): continue
      default: parts.add(whole: entry.value, entry: entry)
      }
    }
  }
}

extension Document {
  /// All scalars of a value, those behind aliases too.
  fileprivate func scalars(in id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var seen: Set<NodeID> = [id]
    var open = [range(of: id)]
    while let range = open.popLast() {
      for index in range {
        let node = resolve(NodeID(index))
        if self[node].kind == .scalar {
          found.append(node)
        } else if node.index != index, seen.insert(node).inserted {
          open.append(self.range(of: node))
        }
      }
    }
    return found
  }
}

extension FileReport {
  /// Where the findings of a document begin.
  struct Mark {
    let findings: Int
    let suppressed: Int
    let notEvaluated: Int
    let requests: Int
  }

  var mark: Mark {
    Mark(
      findings: result.findings.count, suppressed: result.suppressed.count,
      notEvaluated: result.notEvaluated.count, requests: result.requests.count)
  }

  /// Keeps secret words out of what has been found since a mark: each request's own, and all of them where no
  /// request is concerned.
  ///
  /// - Parameter words: by the number of the request in the file; `nil` for those outside of requests.
  mutating func hide(_ words: [Int?: SecretWords], since mark: Mark) {
    guard words.contains(where: { !$0.value.isEmpty }) else { return }
    let all = words.values.reduce(into: SecretWords()) { $0.formUnion($1) }
    result.secretWords.formUnion(all)
    // What is wrong with a request's frame may be said of the request.
    func hidden(_ request: Int?) -> SecretWords? {
      guard let request else { return all }
      guard var own = words[request], let frame = words[nil] else { return words[request] ?? words[nil] }
      own.formUnion(frame)
      return own
    }
    for index in result.findings.indices.dropFirst(mark.findings) {
      if let words = hidden(result.findings[index].request) {
        result.findings[index] = result.findings[index].masked(words)
      }
    }
    for index in result.suppressed.indices.dropFirst(mark.suppressed) {
      if let words = hidden(result.suppressed[index].request) {
        result.suppressed[index] = result.suppressed[index].masked(words)
      }
    }
    for index in result.notEvaluated.indices.dropFirst(mark.notEvaluated) {
      if let words = hidden(result.notEvaluated[index].request) {
        result.notEvaluated[index] = result.notEvaluated[index].masked(words)
      }
    }
  }
}

extension Finding {
  fileprivate func masked(_ words: SecretWords) -> Finding {
    let (message, hint) = (words.masking(message), hint.map { words.masking($0) })
    let pointer = pointer.masked(words)
    guard message != self.message || hint != self.hint || pointer != self.pointer else { return self }
    var finding = self
    (finding.message, finding.hint, finding.pointer) = (message, hint, pointer)
    return finding
  }
}

extension NotEvaluated {
  fileprivate func masked(_ words: SecretWords) -> NotEvaluated {
    NotEvaluated(
      request: request, rule: rule, reason: words.masking(reason), span: span, pointer: pointer.masked(words))
  }
}

extension JSONPointer {
  fileprivate func masked(_ words: SecretWords) -> JSONPointer {
    guard tokens.contains(where: { !words.ranges(in: ArraySlice($0.utf8)).isEmpty }) else { return self }
    return JSONPointer(tokens.map { words.ranges(in: ArraySlice($0.utf8)).isEmpty ? $0 : redacted })
  }
}
