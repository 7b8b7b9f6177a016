internal import Models
internal import Requests
internal import Syntax

/// The parts of one document that must not be shown.
struct DocumentMask {
  /// The parts for each request, by its index in the document, and for the rest, each with its document.
  private(set) var parts: [(request: Int?, document: Document, parts: MaskedParts)] = []
  /// Nodes of the document itself, without requests that have their own documents.
  private(set) var nodes = MaskedNodes()

  init() {}

  /// Adds the secret parts of a document.
  ///
  /// - Parameter owner: the request that the document belongs to; `nil` for the document of all requests.
  fileprivate mutating func add(
    _ parts: MaskedParts, of document: Document, request: Int?, ownedBy owner: Int? = nil
  ) {
    self.parts.append((request, document, parts))
    let added = parts.parts.map { document.range(of: $0.value) }
    if let owner { ownRanges[owner, default: []] += added } else { ranges += added }
  }

  /// Nodes of a document that belongs to one request.
  func nodes(ofOwn request: Int) -> MaskedNodes { MaskedNodes(ownRanges[request] ?? []) }

  private var ownRanges: [Int: [Range<Int>]] = [:]
  private var ranges: [Range<Int>] = []

  fileprivate mutating func finish() { nodes = MaskedNodes(ranges) }
}

extension FileLint {
  /// The parts of a document that must not be shown.
  func mask(of document: Document, for binding: Binding) -> DocumentMask {
    var found = findMask(of: document, for: binding)
    found.finish()
    return found
  }

  private func findMask(of document: Document, for binding: Binding) -> DocumentMask {
    let requests = binding.requests
    var found = DocumentMask()
    var held: Set<NodeID> = []
    for (index, request) in requests.enumerated() {
      guard let parameters = request.parameters else { continue }
      let owner = request.ownDocument == nil ? nil : index
      if let source = owner == nil ? parameters : request.ownDocumentSource {
        held.formUnion([source, document.resolve(source)])
      }
      let document = request.ownDocument ?? document
      let operation = request.operation.flatMap { try? models.operation($0) }
      let secrecy = operation.map { models.secrecy(of: $0) } ?? .unknownOperation
      var parts = MaskedParts()
      parts.add(document.resolve(parameters), in: document, secrecy)
      found.add(parts, of: document, request: index, ownedBy: owner)
    }
    let root = document.resolve(document.root)
    if requests.isEmpty {
      var parts = MaskedParts()
      parts.add(root, in: document, .unknownOperation)
      found.add(parts, of: document, request: nil)
    } else if !held.contains(root) || requests.contains(where: { $0.ownDocument != nil })
      || binding.marked != nil
    {
      addFrame(of: document, binding, held: held, to: &found)
    }
    return found
  }

  /// Adds the secret parts of the frame: of the document, and of parameters with hidden parts.
  private func addFrame(
    of document: Document, _ binding: Binding, held: Set<NodeID>, to found: inout DocumentMask
  ) {
    let requests = binding.requests
    var words = SecretWords()
    for id in Set(requests.map(\.operation)) { words.add(members: names.sensitiveMembers(of: id)) }
    func mask(_ document: Document) -> FrameMask {
      FrameMask(document: document, held: held, words: words, keys: binding.carrier?.frame ?? CarrierFrame())
    }
    let root = document.resolve(document.root)
    var frame = mask(document)
    if !held.contains(root) { frame.add(root) }
    for (index, request) in requests.enumerated() {
      guard let parameters = request.parameters else { continue }
      guard let own = request.ownDocument else {
        frame.addHidden(of: document.resolve(parameters))
        continue
      }
      var ownFrame = mask(own)
      ownFrame.addHidden(of: own.resolve(parameters))
      found.add(ownFrame.parts, of: own, request: nil, ownedBy: index)
    }
    found.add(frame.parts, of: document, request: nil)
  }

  /// Hides words of directives that belong to no directive, unless no parameter of their operations is sensitive.
  func hideStrays(of binding: Binding) {
    guard !binding.strays.isEmpty else { return }
    let arePlain = binding.requests.allSatisfy { request in
      request.operation.flatMap { try? models.operation($0) }?.hasSensitive == false
    }
    if arePlain, !binding.requests.isEmpty { return }
    for stray in binding.strays { findings.addSensitive(stray) }
  }

  /// Hides all text of a file that cannot be parsed if it may contain a sensitive member; returns whether it may.
  @discardableResult
  func hideUnparsedText() -> Bool {
    if clues.hidesUnparsedText { findings.addSensitive(ByteSpan(0, file.text.bytes.count)) }
    return clues.hidesUnparsedText
  }

  /// Values that an alias may also bring to another request.
  func sharedMask(of document: Document, for requests: [Request]) -> MaskedNodes {
    guard document.hasAliases else { return MaskedNodes() }
    var parts = MaskedParts()
    for request in requests {
      guard request.ownDocument == nil, let parameters = request.parameters, let id = request.operation,
        let operation = try? models.operation(id), operation.hasSensitive
      else { continue }
      parts.add(document.resolve(parameters), in: document, Secrecy(operation, masksUnknown: true))
    }
    return parts.nodes(in: document)
  }

  /// Hides secrets in the findings of a document.
  func hide(
    _ mask: DocumentMask, of document: Document, for requests: [Request], since mark: FindingCollector.Mark
  ) {
    var words = RequestWords()
    for (index, document, parts) in mask.parts where !parts.parts.isEmpty || index != nil {
      let request = index.map { requests[$0] }
      let known =
        parts.parts.isEmpty
        ? [] : request.map { names.vocabulary(of: $0.operation) } ?? names.vocabulary(ofAll: requests)
      var own = SecretWords()
      if let request, request.operation != nil {
        own.add(members: names.sensitiveMembers(of: request.operation))
      }
      let isUnjudged = request.map { $0.operation == nil } ?? requests.isEmpty
      for part in parts.parts { hide(part, of: document, isUnjudged: isUnjudged, known, adding: &own) }
      words[index.map { $0 + mark.requests }] = own
    }
    // Once for all of them, since there may be many requests and many names.
    if requests.isEmpty || requests.contains(where: { $0.operation == nil }) {
      words.frame.add(members: names.sensitiveMembers(of: nil))
    }
    findings.hide(words, since: mark)
  }

  /// Hides a value with its anchor, and adds its texts to the secret words.
  private func hide(
    _ part: MaskedParts.Part, of document: Document, isUnjudged: Bool, _ known: Set<String>,
    adding words: inout SecretWords
  ) {
    let isGuess = isUnjudged && isGuess(part, of: document)
    // Spans are those of the file, even for a document inside a scalar.
    let bytes = file.text.bytes
    if let entry = part.entry { findings.addSensitive(document.writtenSpan(of: entry), isGuess: isGuess) }
    findings.addSensitive(document.sourceSpan(of: part.value), isGuess: isGuess)
    if let anchor = document.anchor(before: part.value, in: bytes) {
      findings.addSensitive(anchor, isGuess: isGuess)
      words.add(bytes[anchor.range], isLoose: true, vocabulary: [])
    }
    for id in document.scalars(in: part.value) {
      words.add(document.text(of: id), isLoose: part.isMisplaced, vocabulary: known)
      // A comment may repeat it in this spelling, with escapes.
      let written = bytes[document.sourceSpan(of: id).range]
      if written != document.text(of: id) {
        words.add(written, isLoose: part.isMisplaced, vocabulary: known)
      }
    }
  }

  /// Whether nothing in a value of an unknown operation looks like a secret, so that a baseline may store its digest.
  private func isGuess(_ part: MaskedParts.Part, of document: Document) -> Bool {
    guard findings.keysFindings else { return false }
    let start = part.entry.map { document.sourceSpan(of: $0.key).start }
    let span = part.entry.map { document.writtenSpan(of: $0) } ?? document.sourceSpan(of: part.value)
    return clues.areHarmless(file.text.bytes[Int(min(start ?? span.start, span.start))..<Int(span.end)])
  }

  private var names: OperationNames { linter.workbench.names }
}

extension Document {
  private static let anchorReach = 1_024

  /// The anchor before a value; without its quotes, a secret that begins with `&` becomes one.
  fileprivate func anchor(before id: NodeID, in bytes: [UInt8]) -> ByteSpan? {
    var end = Int(sourceSpan(of: id).start)
    // Texts without blanks may have any length.
    let first = max(0, end - Self.anchorReach)
    while true {
      while end > first, isYAMLBlank(bytes[end - 1]) { end -= 1 }
      var start = end
      while start > first, !isYAMLBlank(bytes[start - 1]), !isLineEnd(bytes[start - 1]) { start -= 1 }
      guard start < end, bytes[start] == UInt8(ascii: "!") else {
        return start < end && bytes[start] == UInt8(ascii: "&") ? ByteSpan(start + 1, end) : nil
      }
      // A tag may come between them.
      end = start
    }
  }

  /// All scalars of a value, including targets of aliases.
  fileprivate func scalars(in id: NodeID) -> [NodeID] {
    rangesBehindAliases(of: [id]).flatMap { $0.map { NodeID($0) }.filter { self[$0].kind == .scalar } }
  }
}
