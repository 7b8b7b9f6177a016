internal import Models
internal import Patterns
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let missingParameter = BuiltInCheck(
    "missing-parameter", "Required parameter missing",
    why: "The service refuses the call. A required idempotency token is none, since clients fill it in.")
  static let unionMembers = BuiltInCheck(
    "union-members", "Union with none or several of its members",
    why: "Exactly one member of a union may be set.")
  static let deprecatedParameter = BuiltInCheck(
    "deprecated-parameter", "Deprecated parameter", severity: .warning,
    why: "The model marks it so.")
}

/// Checks the parameters of one request against the shapes of its operation.
///
/// - Source: the service's model; Smithy 2.0, constraint traits.
struct ModelCheck: ~Copyable {
  let document: Document
  let operation: Operation
  let request: Int
  /// Where a finding about the parameters as a whole points.
  let requestKey: ByteSpan
  /// Whether built-in rules cover the operation: its patterns are then known to match whole strings.
  let hasOwnRules: Bool
  /// Members that count milliseconds since 1970, according to rules.
  var epochMilliseconds: Set<JSONPointer> = []
  let workbench: Workbench
  let findings: FindingCollector

  var path: [Document.Step] = []
  /// Values that a generated skeleton leaves, but that a file may also mean.
  var leftovers: [Leftover] = []
  /// Scalars that fit their shapes only as YAML 1.1.
  var yaml11Scalars: [NodeID] = []
  /// Values that must not be shown wherever an alias leads to them.
  var shared = MaskedNodes()
  /// The key of the nearest member around the current value.
  private(set) var memberKey: NodeID?
  /// The keys of the mapping that was queried last.
  private var knownKeys: (mapping: NodeID, keys: Set<String>)?
  /// What searches for misspelt names may still cost, in byte comparisons.
  private var searchSteps = 4_000_000
  /// Texts of long keys around the current value.
  var longKeys: [NodeID: String] = [:]
  /// Keys of maps that must not be shown.
  var maskedKeys: Set<NodeID> = []
  /// Whether a shape around the current value is sensitive.
  var isSensitive = false
  /// Whether the current value is sent as XML.
  private(set) var isInXML = false
  /// Whether clients cannot send the current value at its place, although that has not been reported yet.
  var isUnsendable = false

  /// Whether any value of the document is known only at run time; cached, since almost no document has such values.
  private let hasDynamic: Bool

  init(
    document: Document, operation: Operation, request: Int, requestKey: ByteSpan, hasOwnRules: Bool,
    workbench: Workbench, findings: FindingCollector
  ) {
    self.document = document
    hasDynamic = document.hasDynamic
    self.operation = operation
    self.request = request
    self.requestKey = requestKey
    self.hasOwnRules = hasOwnRules
    self.workbench = workbench
    self.findings = findings
  }

  var models: LoadedModels { workbench.models }

  /// Checks everything, and returns the scalars that fit their shapes only as YAML 1.1.
  mutating func run(_ parameters: NodeID) -> [NodeID] {
    guard let input = operation.input else {
      reportNeedless(document.resolve(parameters))
      return []
    }
    // A text in place of all parameters may contain anything.
    isSensitive = document[document.resolve(parameters)].kind != .mapping
    check(document.resolve(parameters), operation[input])
    reportLeftovers(in: parameters, operation[input])
    return yaml11Scalars
  }

  // MARK: Values

  /// Whether a value is known only at run time, so that it may be any value.
  func isUnknown(_ id: NodeID) -> Bool {
    hasDynamic && document.isUnknown(id)
  }

  /// Whether a collection may have more children than are written.
  func isOpen(_ id: NodeID) -> Bool { hasDynamic && document[id].isDynamic }

  /// Whether an alias brings a secret value here.
  func isSharedSecret(_ id: NodeID) -> Bool { document.hasAliases && shared.contains(id) }

  /// - Parameter isAnyJSON: whether the value may be any JSON, whatever the shape.
  private mutating func check(_ id: NodeID, _ shape: Shape, isAnyJSON: Bool = false) {
    let wasSensitive = isSensitive
    defer { isSensitive = wasSensitive }
    // Two flags first, since nearly all values have neither.
    let isMasked = shape.holdsSensitive && shape.masks(document[id].kind)
    if isMasked || isSharedSecret(id) {
      isSensitive = true
      findings.addSensitive(document.sourceSpan(of: id))
    }
    if isUnknown(id) { return }
    if document.isPlaceholder(id) { return reportPlaceholder(id, shape) }
    guard !shape.isEventStream else {
      findings.addNotEvaluated(
        BuiltInCheck.wrongType.id, "an event stream is sent while the call runs", at: span(of: id),
        pointer, request: request)
      return
    }
    guard !shape.isDocument, !isAnyJSON else { return checkAnyJSON(id) }
    switch shape.kind {
    case .structure: checkStructure(id, shape)
    case .list: checkList(id, shape)
    case .map: checkMap(id, shape)
    default: checkScalar(id, shape)
    }
  }

  private mutating func checkStructure(_ id: NodeID, _ shape: Shape) {
    guard document[id].kind == .mapping else {
      return reportWrongType(id, shape)
    }
    for entry in document.entries(of: id) {
      path.append(.member(entry.key))
      noteLongKey(entry.key)
      defer { path.removeLast() }
      let outerKey = memberKey
      memberKey = entry.key
      defer { memberKey = outerKey }
      if isUnknown(entry.key) { continue }
      if let member = member(at: entry.key, of: id, in: shape) {
        checkMember(member, entry, of: id)
      } else if document.isPlaceholder(entry.key) {
        reportPlaceholderKey(entry.key)
      } else if path.count == 1, let own = operation.clientMember(document.string(of: entry.key)) {
        check(entry.value, own)
      } else {
        reportUnknown(entry, of: id, in: shape)
      }
    }
    if shape.members.count > 256, document.count(of: id) > 256 { _ = keys(of: id) }
    let isOpen = isOpen(id)
    // By index: retaining a member costs more than checking it.
    for index in shape.members.indices
    where !isOpen && operation.mustBeGiven(shape.members[index]) && !isGiven(shape.members[index], in: id) {
      let member = shape.members[index]
      let owner = path.isEmpty ? "" : " in \(name(pointer))"
      findings.add(
        .missingParameter, "required parameter \(member.name) is missing\(owner)",
        hint: "add \(member.name), \(operation[member.shape].kind.noun)", at: keySpan(of: id), pointer,
        request: request, subject: member.name)
    }
    let isClosed = shape.isUnion && !document.entries(of: id).contains { document.isPlaceholder($0.key) }
    let given = isClosed ? shape.members.count { isKey($0.name, of: id) } : 1
    if given > 1 || (given == 0 && !isOpen) {
      let names = shape.members.map(\.name).joined(separator: ", ")
      findings.add(
        .unionMembers, "\(name(pointer)) must have exactly one of \(names), but has \(given)",
        at: keySpan(of: id),
        pointer, request: request)
    }
  }

  private mutating func checkMember(_ member: Member, _ entry: Document.Entry, of mapping: NodeID) {
    let shape = operation[member.shape]
    if member.isDeprecated || shape.isDeprecated {
      findings.add(
        .deprecatedParameter, "\(name(pointer)) is deprecated", at: document.sourceSpan(of: entry.key),
        pointer, request: request)
    }
    if path.count == 1 {
      isUnsendable = false
      isInXML = operation.wireProtocol == .restXML && !member.isOutsideBody && !isStream(member)
      // A value that was reported as empty needs no second finding.
      if member.isOutsideBody, !isUnknown(entry.value), checkPlace(member, entry.value, of: mapping) {
        return
      }
    }
    check(entry.value, shape, isAnyJSON: member.isJSONValue)
  }

  private func member(at key: NodeID, of mapping: NodeID, in shape: Shape) -> Member? {
    if let named = shape.member(at: key, in: document) { return named }
    // Clients have other names only for members of the input.
    guard path.count == 1, document[key].kind == .scalar else { return nil }
    let member = operation.member(forAlias: document.string(of: key), of: shape)
    return member.flatMap { document.value(of: $0.name, in: mapping) == nil ? $0 : nil }
  }

  func isGiven(_ member: Member, in mapping: NodeID) -> Bool {
    if isKey(member.name, of: mapping) { return true }
    guard path.isEmpty, let alias = operation.alias(of: member) else { return false }
    return isKey(alias, of: mapping)
  }

  /// Whether a mapping has a key; for large mappings, known only once their keys have been collected.
  private func isKey(_ name: String, of mapping: NodeID) -> Bool {
    if let knownKeys, knownKeys.mapping == mapping { return knownKeys.keys.contains(name) }
    return document.value(of: name, in: mapping) != nil
  }

  /// The name that another was probably meant for, unless the request's searches have cost too much.
  mutating func near(_ name: String, among names: [String]) -> String? {
    guard findings.hasRoom, maySearch(names.count, each: 32) else { return nil }
    return suggestion(for: name, among: names)
  }

  /// Charges for a search through names.
  mutating func maySearch(_ count: Int, each steps: Int = 1) -> Bool {
    guard count <= mostNames, searchSteps >= count * steps else { return false }
    searchSteps -= count * steps
    return true
  }

  /// All keys of a mapping; collected once for all unknown names in it.
  mutating func keys(of mapping: NodeID) -> Set<String> {
    if let knownKeys, knownKeys.mapping == mapping { return knownKeys.keys }
    let keys = Set(document.entries(of: mapping).map { document.string(of: $0.key) })
    knownKeys = (mapping, keys)
    return keys
  }

  private mutating func checkList(_ id: NodeID, _ shape: Shape) {
    guard document[id].kind == .sequence else { return reportWrongType(id, shape) }
    checkCount(document.count(of: id), of: "items", id, shape)
    guard let element = shape.element else { return }
    for (index, item) in document.items(of: id).enumerated() {
      path.append(.item(index))
      check(item, operation[element])
      path.removeLast()
    }
  }

  private mutating func checkMap(_ id: NodeID, _ shape: Shape) {
    guard document[id].kind == .mapping else { return reportWrongType(id, shape) }
    let entries = Array(document.entries(of: id))
    checkCount(entries.count, of: "entries", id, shape)
    for entry in entries {
      path.append(.member(entry.key))
      noteLongKey(entry.key)
      if isSensitive { hideKey(entry.key) }
      if document.hasText("KeyName", at: entry.key) { noteGeneratedKey(entry) }
      if let key = shape.key, !isUnknown(entry.key) { check(entry.key, operation[key]) }
      if let element = shape.element { check(entry.value, operation[element]) }
      path.removeLast()
    }
  }

  private mutating func checkCount(_ count: Int, of what: String, _ id: NodeID, _ shape: Shape) {
    if let minimum = shape.minimum, ExactNumber(count) < minimum, !isOpen(id) {
      add(.tooShort, "\(name(pointer)) has \(count) \(what), fewer than \(minimum)", at: id)
    }
    if let maximum = shape.maximum, ExactNumber(count) > maximum {
      add(.tooLong, "\(name(pointer)) has \(count) \(what), more than \(maximum)", at: id)
    }
  }
}
