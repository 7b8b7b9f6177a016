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
  mutating func mask(of document: Document, for requests: [Request]) -> DocumentMask {
    var found: [(request: Int?, parts: MaskedParts)] = []
    var held: Set<NodeID> = []
    for (index, request) in requests.enumerated() {
      guard let parameters = request.parameters else { continue }
      held.insert(parameters)
      held.insert(document.resolve(parameters))
      let operation = request.operation.flatMap { try? models.operation($0) }
      let secrecy = operation.map { models.secrecy(of: $0) } ?? .unknownOperation
      var parts = MaskedParts()
      parts.add(document.resolve(parameters), in: document, secrecy)
      found.append((index, parts))
    }
    let root = document.resolve(document.root)
    guard !held.contains(root) else { return DocumentMask(found, in: document) }
    var parts = MaskedParts()
    if requests.isEmpty {
      parts.add(root, in: document, .unknownOperation)
    } else {
      var words = SecretWords()
      for id in Set(requests.map(\.operation)) { words.add(members: sensitiveMembers(of: id)) }
      var frame = FrameMask(document: document, held: held, words: words)
      frame.add(root)
      parts = frame.parts
    }
    found.append((nil, parts))
    return DocumentMask(found, in: document)
  }

  /// Keeps out of excerpts what directives hold that is no part of one, unless their operations take nothing sensitive.
  mutating func hideStrays(_ binding: Binding, in report: inout FileReport) {
    guard !binding.strays.isEmpty else { return }
    let arePlain = binding.requests.allSatisfy { request in
      request.operation.flatMap { try? models.operation($0) }?.hasSensitive == false
    }
    if arePlain, !binding.requests.isEmpty { return }
    for stray in binding.strays { report.addSensitive(stray) }
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
    for (index, parts) in mask.parts where !parts.parts.isEmpty || index != nil {
      let known =
        parts.parts.isEmpty
        ? [] : index.map { vocabulary(of: requests[$0].operation) } ?? vocabulary(ofAll: requests)
      var own = SecretWords()
      if let index, requests[index].operation != nil {
        own.add(members: sensitiveMembers(of: requests[index].operation))
      }
      let isUnjudged = index.map { requests[$0].operation == nil } ?? requests.isEmpty
      for part in parts.parts {
        let isGuess = isUnjudged && isGuess(part, of: document, in: &report)
        if let entry = part.entry { report.addSensitive(document.writtenSpan(of: entry), isGuess: isGuess) }
        report.addSensitive(document.sourceSpan(of: part.value), isGuess: isGuess)
        if let anchor = document.anchor(before: part.value) {
          report.addSensitive(anchor, isGuess: isGuess)
          own.add(document.source.bytes[anchor.range], isLoose: true, vocabulary: [])
        }
        for id in document.scalars(in: part.value) {
          own.add(document.text(of: id), isLoose: part.isMisplaced, vocabulary: known)
          // As a comment may repeat it, escapes and all.
          let written = document.source.bytes[document.sourceSpan(of: id).range]
          if written != document.text(of: id) {
            own.add(written, isLoose: part.isMisplaced, vocabulary: known)
          }
        }
      }
      words[index.map { $0 + mark.requests }] = own
    }
    // Once for all of them, since it may be many requests and many names.
    if requests.isEmpty || requests.contains(where: { $0.operation == nil }) {
      words[nil, default: SecretWords()].add(members: sensitiveMembers(of: nil))
    }
    report.hide(words, since: mark)
  }

  /// Words of a value that are compared with sensitive names; longer ones count as secrets.
  private static let comparedWords = 256
  /// The same of all values of a file.
  private static let mostCompared = 20_000

  /// Whether nothing in a value of an unknown operation looks like a secret, so that a baseline may know its digest.
  private mutating func isGuess(
    _ part: MaskedParts.Part, of document: Document, in report: inout FileReport
  ) -> Bool {
    guard report.keysFindings, report.comparedWords < Self.mostCompared else { return false }
    let names: SensitiveNames
    if let known = report.doubtfulNames {
      names = known
    } else {
      var found = models.sensitiveNames()
      found.formUnion(models.sensitiveNames(of: likelyServices(of: report.file, &report)))
      report.doubtfulNames = found
      names = found
    }
    let start = part.entry.map { document.sourceSpan(of: $0.key).start }
    let span = part.entry.map { document.writtenSpan(of: $0) } ?? document.sourceSpan(of: part.value)
    let text = document.source.bytes[Int(min(start ?? span.start, span.start))..<Int(span.end)]
    let words = text.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }
    report.comparedWords += words.count
    return words.count <= Self.comparedWords
      && !words.contains { names.isValue(String(decoding: $0, as: UTF8.self)) }
  }

  /// Names of an operation's members that are or hold something sensitive; of an unknown one those that mostly are.
  private mutating func sensitiveMembers(of id: OperationID?) -> SensitiveMembers {
    if let known = sensitiveMembers[id] { return known }
    let found: SensitiveNames
    if let operation = id.flatMap({ try? models.operation($0) }) {
      let members = operation.hasSensitive ? operation.shapes.flatMap(\.members) : []
      found = SensitiveNames(
        values: Set(members.filter { operation[$0.shape].holdsSensitive }.map { $0.name.lowercased() }))
    } else {
      found = models.sensitiveNames()
    }
    let names = SensitiveMembers(found)
    sensitiveMembers[id] = names
    return names
  }

  /// The same of all operations of a document, which its frame may speak of.
  private mutating func vocabulary(ofAll requests: [Request]) -> Set<String> {
    var names: Set<String> = []
    for id in Set(requests.compactMap(\.operation)) { names.formUnion(vocabulary(of: id)) }
    return names
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

  /// Whether a text names an operation that takes something sensitive or that is not known, or no operation.
  private mutating func mayBeSensitive(_ file: RequestFile, _ services: Set<String>) -> Bool {
    var isNamed = false
    for claim in binder.claims(in: file.text, path: file.parts, configured: file.binding, models: &models) {
      guard let operation = operation(of: claim, services), !operation.hasSensitive else { return true }
      isNamed = true
    }
    let words = Set(file.text.bytes.split { !isWordByte($0) })
    for service in services {
      for name in models.service(service)?.operationNames ?? [] where words.contains(ArraySlice(name.utf8)) {
        guard let operation = try? models.operation(OperationID(service: service, operation: name)),
          !operation.hasSensitive
        else { return true }
      }
    }
    return !isNamed
  }

  /// The operation that a text claims to be for; of several services that have one of that name, one that takes
  /// something sensitive before all others.
  private mutating func operation(of claim: OperationClaim, _ services: Set<String>) -> Operation? {
    var found: Operation?
    for service in claim.service.map({ [$0] }) ?? services.sorted() {
      guard let id = models.canonicalName(OperationID(service: service, operation: claim.operation)),
        let operation = try? models.operation(id)
      else { continue }
      if operation.hasSensitive { return operation }
      found = operation
    }
    return found
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
  private static let nameKeys = ["service", "operation", "region", "account"]
  private static let textKeys = nameKeys + ["id", "description"]

  let document: Document
  /// Parameters of requests.
  let held: Set<NodeID>
  /// Names of members that a text must not give values to.
  let words: SecretWords
  var parts = MaskedParts()

  init(document: Document, held: Set<NodeID>, words: SecretWords) {
    self.document = document
    self.held = held
    self.words = words
  }

  /// Whether a key, misspelt or not, names something that may be shown.
  private static func isTextKey(_ key: String) -> Bool {
    textKeys.contains(key) || suggestion(for: key, among: textKeys) != nil
  }

  /// Whether a text that may be shown by its key may hold what must not be shown.
  private func mayHideValues(_ id: NodeID, of key: String) -> Bool {
    guard !Self.nameKeys.contains(key) else {
      return document.withText(of: id) { Request.isMoreThanName($0, allowsBlanks: key == "operation") }
    }
    let text = document.text(of: id)
    return Request.holdsOptions(Array(text)) || words.assigns(text)
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
      case _ where kind == .scalar && Self.isTextKey(key) && !mayHideValues(entry.value, of: key): continue
      default: parts.add(whole: entry.value, entry: entry)
      }
    }
  }
}

extension Document {
  private static let anchorReach = 1_024

  /// The anchor before a value; a forgotten quote before `&` makes one of a secret.
  fileprivate func anchor(before id: NodeID) -> ByteSpan? {
    let bytes = source.bytes
    var end = Int(sourceSpan(of: id).start)
    // Texts without blanks are as long as they like.
    let first = max(0, end - Self.anchorReach)
    while true {
      while end > first, isYAMLBlank(bytes[end - 1]) { end -= 1 }
      var start = end
      while start > first, !isYAMLBlank(bytes[start - 1]), !isLineEnd(bytes[start - 1]) { start -= 1 }
      guard start < end, bytes[start] == UInt8(ascii: "!") else {
        return start < end && bytes[start] == UInt8(ascii: "&") ? ByteSpan(start + 1, end) : nil
      }
      // A tag may stand between them.
      end = start
    }
  }

  /// All scalars of a value, those behind aliases too.
  fileprivate func scalars(in id: NodeID) -> [NodeID] {
    rangesBehindAliases(of: [id]).flatMap { $0.map { NodeID($0) }.filter { self[$0].kind == .scalar } }
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
    let reason = suppression?.reason.map { words.masking(reason: $0) }
    guard
      message != self.message || hint != self.hint || pointer != self.pointer || reason != suppression?.reason
    else { return self }
    var finding = self
    (finding.message, finding.hint, finding.pointer) = (message, hint, pointer)
    finding.suppression?.reason = reason
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
