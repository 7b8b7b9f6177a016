package import Models
package import Syntax
internal import Verdicts

/// Reads and compiles rule files.
package struct RuleLoader {
  /// A fault in a file, with its position.
  package struct FileFault: Error, Sendable {
    package let origin: String
    /// - Units: lines and columns from 1.
    package let position: Position
    package let message: String
  }

  /// How much of a rule file to read.
  package enum Depth: Sendable {
    /// Only what judging needs; explanation and examples are skipped.
    case judging
    case everything
  }

  private let file: RuleFile
  private let depth: Depth
  let document: Document
  var faults: [RuleFault] = []

  private static let keys = [
    "title", "severity", "operations", "when", "assert", "x-batch", "x-snapshot", "at", "message", "hint",
    "fix", "why", "source", "examples",
  ]
  private static let requiredKeys = [
    "title", "severity", "operations", "message", "why", "source", "examples",
  ]

  /// Reads one rule, or returns its faults.
  ///
  /// - Parameter models: if given, operations, members and examples are checked against them.
  package static func load(
    _ file: RuleFile, depth: Depth = .everything, checkedAgainst models: LoadedModels? = nil
  ) -> (rule: Rule?, faults: [FileFault]) {
    read(file, depth, models) { loader, models in
      let rule = loader.load()
      if models != nil, let rule {
        loader.faults += ModelFaults(document: loader.document).find(rule, models)
      }
      return rule
    }
  }

  /// Reads a file's facts about an operation, or returns its faults.
  package static func loadFacts(
    _ file: RuleFile, checkedAgainst models: LoadedModels? = nil
  ) -> (facts: OperationFacts?, faults: [FileFault]) {
    let loaded = read(file, .everything, models) { loader, models in loader.readFacts(models) }
    return (loaded.rule, loaded.faults)
  }

  /// Parses a file with one mapping and passes it to a body.
  private static func read<Value>(
    _ file: RuleFile, _ depth: Depth, _ models: LoadedModels?,
    _ body: (inout RuleLoader, LoadedModels?) -> Value?
  ) -> (rule: Value?, faults: [FileFault]) {
    let source = SourceText(depth == .judging ? file.judgedBytes : file.bytes)
    func located(_ faults: [RuleFault]) -> [FileFault] {
      let lines = LineIndex(source)
      return faults.map {
        FileFault(
          origin: file.origin, position: lines.position(of: $0.span.start), message: visible($0.message))
      }
      .sorted { ($0.position, $0.message) < ($1.position, $1.message) }
    }
    if let fault = source.fault {
      return (nil, located([RuleFault(message: "file is not UTF-8", span: fault.span)]))
    }
    var parsed: [ParsedDocument] = []
    readDocuments(source, as: .yaml, limits: Limits()) { parsed.append($0) }
    for case .issue(let issue) in parsed {
      return (nil, located([RuleFault(message: issue.message, span: issue.span)]))
    }
    guard parsed.count == 1, case .document(let document) = parsed[0],
      document[document.root].kind == .mapping
    else {
      return (nil, located([RuleFault(message: "a rule file holds one mapping", span: ByteSpan(0, 0))]))
    }
    var loader = RuleLoader(file: file, depth: depth, document: document)
    let value = body(&loader, models)
    return loader.faults.isEmpty ? (value, []) : (nil, located(loader.faults))
  }

  private init(file: RuleFile, depth: Depth, document: Document) {
    self.file = file
    self.depth = depth
    self.document = document
  }

  // MARK: Reading

  private mutating func load() -> Rule? {
    checkKeys()
    let title = text("title")
    let severity = text("severity").flatMap { severity in
      let known = Severity(rawValue: severity)
      if known == nil { fault("severity must be error, warning or info", at: value("severity")) }
      return known
    }
    let when = value("when").map { compile($0) }
    let place = value("at").flatMap { node in
      let isText = document[node].kind == .scalar
      let pointer = isText ? JSONPointer(parsing: document.string(of: node)) : nil
      if pointer == nil { fault("at must be a JSON pointer such as /Name", at: node) }
      return pointer
    }
    let message = template("message")
    let hint = template("hint")
    let judgement: Judgement? = if let message { readJudgement(message) } else { nil }
    let fix = readFix()
    let operations = operationPatterns()
    let examples = depth == .everything ? readExamples() : []
    let why = depth == .everything ? text("why") : nil
    let sources = texts("source")
    guard faults.isEmpty, let title, let severity, let judgement, let message else { return nil }
    let description = RuleDescription(
      id: file.id, title: title, severity: severity, operations: operations, why: trimmed(why ?? ""),
      sources: sources, hint: text("hint"), kind: kind,
      needsToken: judgement.needsToken, origin: file.origin, isBuiltIn: file.isBuiltIn)
    return Rule(
      description: description, when: when, judgement: judgement, place: place, message: message, hint: hint,
      fix: fix, examples: examples)
  }

  private mutating func readJudgement(_ message: MessageTemplate) -> Judgement? {
    let given = ["assert", "x-batch", "x-snapshot"].filter { value($0) != nil }
    guard given.count == 1, let node = value(given[0]) else {
      fault("a rule needs one of assert, x-batch, x-snapshot", at: given.last.flatMap { value($0) })
      return nil
    }
    let kinds: [String: RuleFile.Kind] = ["assert": .request, "x-batch": .batch, "x-snapshot": .snapshot]
    if kinds[given[0]] != kind {
      // The kind of a file is determined without parsing it.
      fault("\(given[0]) must stand at the start of a line, without quotes", at: node)
      return nil
    }
    switch given[0] {
    case "x-batch": return batchConstraint(node).map { .batch($0) }
    case "x-snapshot": return snapshotConstraint(node, message).map { .snapshot($0) }
    default: return .request(assert: compile(node))
    }
  }

  private mutating func checkKeys() {
    let isKebab = file.id.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
    if !isKebab || file.id.hasPrefix("-") || file.id.hasSuffix("-") {
      fault("file name \(quote(file.id)) is no rule id: lower case words with hyphens", at: nil)
    }
    for entry in document.entries(of: document.root) {
      let key = document.string(of: entry.key)
      if !Self.keys.contains(key) {
        let near = suggestion(for: key, among: Self.keys).map { "; did you mean \($0)?" } ?? ""
        fault("a rule has no key \(quote(key))\(near)", at: entry.key)
      }
    }
    for duplicate in document.duplicateKeys() {
      fault("key \(quote(document.string(of: duplicate.again))) is given twice", at: duplicate.again)
    }
    for key in Self.requiredKeys where value(key) == nil && (depth == .everything || key != "examples") {
      fault("a rule needs \(key)", at: nil)
    }
  }

  private mutating func operationPatterns() -> [OperationPattern] {
    guard let node = value("operations") else { return [] }
    let items = Array(document.items(of: node))
    if items.isEmpty { fault("operations must be a list of SERVICE.OPERATION, SERVICE.* or *", at: node) }
    return items.compactMap { item in
      let pattern = OperationPattern(parsing: document.string(of: item))
      if pattern == nil { fault("must be SERVICE.OPERATION, SERVICE.* or *", at: item) }
      return pattern
    }
  }

  mutating func compile(_ node: NodeID) -> Schema {
    let options = SchemaCompiler.Options(checksPatterns: depth == .everything)
    let compiled = SchemaCompiler.compile(document, node, options: options)
    faults += compiled.faults
    return compiled.schema
  }

  private mutating func template(_ key: String) -> MessageTemplate? {
    guard let node = value(key), text(key) != nil else { return nil }
    return template(at: node)
  }

  /// A one-line message.
  mutating func template(at node: NodeID) -> MessageTemplate? {
    let text = document.string(of: node)
    if document[node].kind != .scalar || text.contains(where: \.isNewline) || text.isEmpty {
      return fault("must be one line of text", at: node)
    }
    do throws(MessageTemplate.Fault) {
      return try MessageTemplate(parsing: text)
    } catch {
      return fault(error.message, at: node)
    }
  }

  private mutating func readExamples() -> [RuleExample] {
    guard let node = value("examples") else { return [] }
    var examples: [RuleExample] = []
    for entry in document.entries(of: node) {
      let name = document.string(of: entry.key)
      guard name == "good" || name == "bad" else {
        fault("examples are good or bad", at: entry.key)
        continue
      }
      if document[entry.value].kind != .sequence {
        fault("\(name) must be a list of examples", at: entry.value)
      }
      for item in document.items(of: entry.value) {
        if let example = example(item, isGood: name == "good") { examples.append(example) }
      }
    }
    // A rule that only informs may be violated by every request; a rule that nothing violates is useless.
    if examples.allSatisfy(\.isGood) { fault("a rule needs a bad example", at: node) }
    return examples
  }

  private mutating func example(_ node: NodeID, isGood: Bool) -> RuleExample? {
    let keys = document.entries(of: node).map { document.string(of: $0.key) }
    let frame = ["parameters", "operation", "region", "account", "now", "snapshot", "file", "requests"]
    let isFramed =
      (keys.contains("parameters") || keys.contains("requests")) && keys.allSatisfy { frame.contains($0) }
    func field(_ key: String, _ request: NodeID) -> String? {
      isFramed ? document.value(of: key, in: request).map { document.string(of: $0) } : nil
    }
    guard let now = Instant(rfc3339: field("now", node) ?? "2026-11-20T12:00:00Z") else {
      fault("now must be an RFC 3339 date-time", at: node)
      return nil
    }
    let list = isFramed ? document.value(of: "requests", in: node) : nil
    var requests: [RuleExample.Request] = []
    for request in list.map({ Array(document.items(of: $0)) }) ?? [node] {
      let operation = field("operation", request)
      if let operation, OperationID(parsing: operation) == nil {
        fault("operation of an example must be SERVICE.OPERATION", at: request)
        return nil
      }
      let parameters = isFramed ? document.value(of: "parameters", in: request) : request
      guard let parameters else {
        fault("a request of an example needs parameters", at: request)
        return nil
      }
      requests.append(
        RuleExample.Request(
          parameters: parameters, operation: operation.flatMap { OperationID(parsing: $0) },
          region: field("region", request), account: field("account", request)))
    }
    return RuleExample(
      isGood: isGood, document: document, requests: requests,
      snapshot: isFramed ? document.value(of: "snapshot", in: node) : nil, file: field("file", node),
      now: now,
      span: document.anchorSpan(of: node))
  }

  // MARK: Parts

  /// The kind that the file was taken for.
  var kind: RuleFile.Kind { file.kind }

  func value(_ key: String) -> NodeID? { document.value(of: key, in: document.root) }

  private mutating func text(_ key: String) -> String? {
    guard let node = value(key) else { return nil }
    let text = document.string(of: node)
    guard document[node].kind == .scalar, text.contains(where: { !$0.isWhitespace }) else {
      fault("\(key) must be text", at: node)
      return nil
    }
    return text
  }

  /// One text or a list of texts.
  mutating func texts(_ key: String) -> [String] {
    guard let node = value(key) else { return [] }
    let texts = document[node].kind == .sequence ? Array(document.items(of: node)) : [node]
    if texts.isEmpty || texts.contains(where: { document.text(of: $0).isEmpty }) {
      fault("\(key) must be text, or a list of texts", at: node)
    }
    return texts.map { document.string(of: $0) }
  }

  private func trimmed(_ text: String) -> String {
    var end = text.endIndex
    while end > text.startIndex, text[text.index(before: end)].isWhitespace { end = text.index(before: end) }
    return String(text[..<end])
  }

  mutating func fault(_ message: String, at node: NodeID?) {
    let span = node.map { document.anchorSpan(of: $0) } ?? ByteSpan(0, 0)
    faults.append(RuleFault(message: message, span: span))
  }
}
