internal import Models
internal import Patterns
internal import Requests
internal import Rules
internal import Syntax

/// Holds the parameters of one request against the shapes of its operation.
///
/// - Source: the service's model; Smithy 2.0, constraint traits.
struct ModelCheck: ~Copyable {
  let document: Document
  let operation: Operation
  let request: Int
  /// What a finding about the parameters as a whole points at.
  let requestKey: ByteSpan
  /// Whether built-in rules know the operation: its patterns are then known to match whole strings.
  let hasOwnRules: Bool
  /// Members that count milliseconds since 1970, as rules say.
  var epochMilliseconds: Set<JSONPointer> = []
  let workbench: Workbench
  let report: FindingCollector

  var path: [Document.Step] = []
  /// What a generated skeleton leaves, and a file may also mean.
  var leftovers: [Leftover] = []
  /// Scalars that fit their shapes only as YAML 1.1 reads them.
  private var yaml11Scalars: [NodeID] = []
  /// Values that must not be shown wherever an alias brings them.
  var shared = MaskedNodes()
  /// The key of the nearest member around the current value.
  private(set) var memberKey: NodeID?
  /// Keys of the mapping last asked for.
  private var knownKeys: (mapping: NodeID, keys: Set<String>)?
  /// What looking for misspelt names may take still, in comparisons of bytes.
  private var searchSteps = 4_000_000
  /// Texts of long keys around the current value.
  private var longKeys: [NodeID: String] = [:]
  /// Keys of maps that must not be shown.
  private var hiddenKeys: Set<NodeID> = []
  /// Whether a shape around the current value is sensitive.
  var isSensitive = false
  /// Whether the current value is sent as XML.
  private var isInXML = false
  /// Whether clients refuse the current value where they must put it, though nothing says so yet.
  var isUnsendable = false

  init(
    document: Document, operation: Operation, request: Int, requestKey: ByteSpan, hasOwnRules: Bool,
    workbench: Workbench, report: FindingCollector
  ) {
    self.document = document
    self.operation = operation
    self.request = request
    self.requestKey = requestKey
    self.hasOwnRules = hasOwnRules
    self.workbench = workbench
    self.report = report
  }

  var models: LoadedModels { workbench.models }

  /// Checks everything; answers the scalars that fit their shapes only as YAML 1.1 reads them.
  mutating func run(_ parameters: NodeID) -> [NodeID] {
    guard let input = operation.input else {
      reportNeedless(document.resolve(parameters))
      return []
    }
    // A text in place of all parameters may hold anything.
    isSensitive = document[document.resolve(parameters)].kind != .mapping
    check(document.resolve(parameters), operation[input])
    reportLeftovers(in: parameters, operation[input])
    return yaml11Scalars
  }

  // MARK: Values

  /// Whether an alias brings a value here that must not be shown.
  func isSharedSecret(_ id: NodeID) -> Bool { document.hasAliases && shared.contains(id) }

  /// - Parameter isAnyJSON: whether the value is JSON of its own, whatever the shape.
  private mutating func check(_ id: NodeID, _ shape: Shape, isAnyJSON: Bool = false) {
    let wasSensitive = isSensitive
    defer { isSensitive = wasSensitive }
    // Two flags first: nearly all values are neither.
    let isMasked = shape.holdsSensitive && shape.masks(document[id].kind)
    if isMasked || isSharedSecret(id) {
      isSensitive = true
      report.addSensitive(document.sourceSpan(of: id))
    }
    if document.isPlaceholder(id) { return reportPlaceholder(id, shape) }
    guard !shape.isEventStream else {
      report.addNotEvaluated(
        FindingID.wrongType.rawValue, "an event stream is sent while the call runs", at: span(of: id),
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
    // By index: to count the users of a member costs more than a look at it.
    for index in shape.members.indices
    where operation.mustBeGiven(shape.members[index]) && !isGiven(shape.members[index], in: id) {
      let member = shape.members[index]
      let owner = path.isEmpty ? "" : " in \(name(pointer))"
      report.add(
        .missingParameter, "required parameter \(member.name) is missing\(owner)",
        hint: "add \(member.name), \(operation[member.shape].kind.noun)", at: keySpan(of: id), pointer,
        request: request, subject: member.name)
    }
    let isClosed = shape.isUnion && !document.entries(of: id).contains { document.isPlaceholder($0.key) }
    let given = isClosed ? shape.members.count { isKey($0.name, of: id) } : 1
    if given != 1 {
      let names = shape.members.map(\.name).joined(separator: ", ")
      report.add(
        .unionMembers, "\(name(pointer)) must have exactly one of \(names), but has \(given)",
        at: keySpan(of: id),
        pointer, request: request)
    }
  }

  private mutating func checkMember(_ member: Member, _ entry: Document.Entry, of mapping: NodeID) {
    let shape = operation[member.shape]
    if member.isDeprecated || shape.isDeprecated {
      report.add(
        .deprecatedParameter, "\(name(pointer)) is deprecated", at: document.sourceSpan(of: entry.key),
        pointer, request: request)
    }
    if path.count == 1 {
      isUnsendable = false
      isInXML = operation.wireProtocol == .restXML && !member.isOutsideBody && !isStream(member)
      // What has been reported as empty needs no second finding.
      if member.isOutsideBody, checkPlace(member, entry.value, of: mapping) { return }
    }
    check(entry.value, shape, isAnyJSON: member.isJSONValue)
  }

  private func member(at key: NodeID, of mapping: NodeID, in shape: Shape) -> Member? {
    if let named = shape.member(at: key, in: document) { return named }
    // Clients take other names for members of the input alone.
    guard path.count == 1, document[key].kind == .scalar else { return nil }
    let member = operation.member(forAlias: document.string(of: key), of: shape)
    return member.flatMap { document.value(of: $0.name, in: mapping) == nil ? $0 : nil }
  }

  func isGiven(_ member: Member, in mapping: NodeID) -> Bool {
    if isKey(member.name, of: mapping) { return true }
    guard path.isEmpty, let alias = operation.alias(of: member) else { return false }
    return isKey(alias, of: mapping)
  }

  /// Whether a mapping has a key; large ones only know when their keys have been looked up.
  private func isKey(_ name: String, of mapping: NodeID) -> Bool {
    if let knownKeys, knownKeys.mapping == mapping { return knownKeys.keys.contains(name) }
    return document.value(of: name, in: mapping) != nil
  }

  /// The name among others that one may be meant for, as long as the request's searches have not taken too much.
  mutating func near(_ name: String, among names: [String]) -> String? {
    guard report.hasRoom, maySearch(names.count, each: 32) else { return nil }
    return suggestion(for: name, among: names)
  }

  /// Pays for a search through names.
  mutating func maySearch(_ count: Int, each steps: Int = 1) -> Bool {
    guard count <= mostNames, searchSteps >= count * steps else { return false }
    searchSteps -= count * steps
    return true
  }

  /// All keys of a mapping; looked up once for all that is unknown in it.
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
      if let key = shape.key { check(entry.key, operation[key]) }
      if let element = shape.element { check(entry.value, operation[element]) }
      path.removeLast()
    }
  }

  private mutating func checkCount(_ count: Int, of what: String, _ id: NodeID, _ shape: Shape) {
    if let minimum = shape.minimum, ExactNumber(count) < minimum {
      add(.tooShort, "\(name(pointer)) has \(count) \(what), fewer than \(minimum)", at: id)
    }
    if let maximum = shape.maximum, ExactNumber(count) > maximum {
      add(.tooLong, "\(name(pointer)) has \(count) \(what), more than \(maximum)", at: id)
    }
  }

  private mutating func checkScalar(_ id: NodeID, _ shape: Shape) {
    var reading = ScalarSchema.core
    switch ScalarFit(id, shape.kind, in: document) {
    case .wrong: return reportWrongType(id, shape)
    case .fits: break
    case .ambiguous(let fitting):
      reading = fitting
      if fitting == .yaml11 { yaml11Scalars.append(id) }
      reportAmbiguous(id, shape.kind)
    }
    switch shape.kind {
    case .string: checkString(id, shape)
    case .integer, .long, .float, .double: checkNumber(id, shape, reading)
    case .blob: checkBlob(id, shape)
    case .timestamp:
      noteGeneratedTime(id)
      checkTime(id, shape, reading)
    default: break
    }
  }

  private mutating func checkTime(_ id: NodeID, _ shape: Shape, _ reading: ScalarSchema) {
    if let number = document.number(of: id, reading) {
      if Timestamp(epoch: number) == nil { reportNoTime(id, shape, number) }
    } else if Timestamp(document.text(of: id)) == nil {
      mayBeTime(document.string(of: id)) ? reportDoubtfulTime(id) : reportNoTime(id, shape, nil)
    }
  }

  private mutating func checkNumber(_ id: NodeID, _ shape: Shape, _ reading: ScalarSchema) {
    if shape.kind == .float || shape.kind == .double { checkFinite(id, reading) }
    guard let number = document.number(of: id, reading) else { return }
    let limits: (low: ExactNumber, high: ExactNumber)? =
      switch shape.kind {
      case .integer: (ExactNumber(Int(Int32.min)), ExactNumber(Int(Int32.max)))
      case .long: (ExactNumber(Int.min), ExactNumber(Int.max))
      default: nil
      }
    if let limits, number < limits.low || number > limits.high {
      let bits = shape.kind == .long ? 64 : 32
      return add(
        .integerOverflow,
        "\(name(pointer))\(shown(" \(shortened(number))")) does not fit a \(bits)-bit integer",
        hint: "the largest value is \(limits.high), the smallest \(limits.low)", at: id)
    }
    if let minimum = shape.minimum, number < minimum {
      add(.tooSmall, "\(name(pointer))\(shown(" is \(number),")) must be at least \(minimum)", at: id)
    }
    if let maximum = shape.maximum, number > maximum {
      add(.tooLarge, "\(name(pointer))\(shown(" is \(number),")) must be at most \(maximum)", at: id)
    }
  }

  // MARK: Strings

  private mutating func checkString(_ id: NodeID, _ shape: Shape) {
    guard document.textCount(of: id) > 0 else { return checkEmpty(id, shape) }
    if isInXML { checkXML(id) }
    checkAuthoring(id, shape)
    let count = document.scalarCount(of: id)
    if let minimum = shape.minimum, ExactNumber(count) < minimum { reportTooShort(id, count, minimum) }
    if let maximum = shape.maximum {
      let size = document.textCount(of: id)
      if ExactNumber(count) > maximum {
        let message =
          "\(name(pointer))\(shownValue(id)) has \(characters(ExactNumber(count))), more than \(maximum)"
        let elsewhere = siblingHint { $0.maximum.map { ExactNumber(count) <= $0 } ?? false }
        add(.tooLong, message, hint: elsewhere ?? "shorten it to \(characters(maximum))", at: id)
      } else if ExactNumber(size) > maximum {
        report.add(
          .tooLong,
          "\(name(pointer)) has \(count) characters but \(size) bytes in UTF-8, more than \(maximum)",
          hint: "the service may count bytes", severity: .warning, at: span(of: id), pointer, request: request
        )
      }
    }
    if !shape.values.isEmpty, !shape.hasValue(at: id, in: document) {
      reportUnknownValue(id, shape)
    }
    if let pattern = shape.pattern { checkPattern(pattern, id) }
  }

  /// Where the model allows an empty text, a skeleton may have left it.
  private mutating func checkEmpty(_ id: NodeID, _ shape: Shape) {
    var isRefused = false
    if let minimum = shape.minimum, minimum > ExactNumber(0) {
      reportTooShort(id, 0, minimum)
      isRefused = true
    }
    if !shape.values.isEmpty, !shape.values.contains("") {
      reportUnknownValue(id, shape)
      isRefused = true
    }
    if let pattern = shape.pattern, checkPattern(pattern, id) { isRefused = true }
    noteEmpty(id, isRefused: isRefused)
  }

  private mutating func reportUnknownValue(_ id: NodeID, _ shape: Shape) {
    let text = document.string(of: id)
    let near = near(text, among: shape.values).map { "did you mean \($0)?" }
    let elsewhere = siblingHint { [document] in $0.values.isEmpty || $0.hasValue(at: id, in: document) }
    let known = shape.values.prefix(8).joined(separator: ", ") + (shape.values.count > 8 ? ", …" : "")
    let verb = shape.values.count == 1 ? "must be" : "must be one of"
    let fix = report.hasRoom ? fixOfValue(id, shape) : nil
    add(
      .unknownValue, "\(name(pointer)) \(verb) \(known)\(shown(", not \(quote(text))"))",
      hint: isSensitive ? nil : elsewhere ?? near, at: id, fix: fix)
  }

  /// Answers whether the text is known not to match.
  @discardableResult
  private mutating func checkPattern(_ source: String, _ id: NodeID) -> Bool {
    let pattern: Pattern
    do throws(Pattern.Fault) {
      pattern = try workbench.patterns.pattern(source)
    } catch {
      addPatternNotEvaluated("pattern \(source) \(error.reason)", id)
      return false
    }
    switch document.withText(of: id, { pattern.matchesWhole($0, &report.budget.matches) }) {
    case .match: return false
    case .unknown:
      reportStopped(source, id)
      return false
    case .noMatch:
      // An error only where it is certain that no part matches either.
      let search =
        hasOwnRules ? .noMatch : document.withText(of: id) { pattern.isFound(in: $0, &report.budget.matches) }
      report.add(
        .patternMismatch,
        "\(name(pointer))\(shownValue(id)) does not match the pattern \(source)",
        hint: "the whole value must match", severity: search == .noMatch ? .error : .warning,
        at: span(of: id), pointer, request: request)
      if search == .unknown { reportStopped(source, id) }
      return true
    }
  }

  private mutating func addPatternNotEvaluated(_ reason: String, _ id: NodeID) {
    report.addNotEvaluated(
      FindingID.patternMismatch.rawValue, reason, at: span(of: id), pointer, request: request)
  }

  // MARK: Places

  var pointer: JSONPointer {
    let plain = longKeys.isEmpty ? document.pointer(path) : pointerByLongKeys
    guard !hiddenKeys.isEmpty else { return plain }
    return JSONPointer(
      zip(path, plain.tokens).map { step, token in
        if case .member(let key) = step, hiddenKeys.contains(key) { redacted } else { token }
      })
  }

  /// The pointer to the current value, in which long keys are kept once for all findings.
  private var pointerByLongKeys: JSONPointer {
    JSONPointer(
      path.map { step in
        switch step {
        case .member(let key): longKeys[key] ?? document.string(of: key)
        case .item(let index): String(index)
        }
      })
  }

  /// Keeps a key out of pointers and messages.
  mutating func hideKey(_ key: NodeID) { hiddenKeys.insert(key) }

  /// Takes down a key that would cost more than a copy for each finding below it.
  private mutating func noteLongKey(_ key: NodeID) {
    if document.textCount(of: key) > 256, longKeys[key] == nil { longKeys[key] = document.string(of: key) }
  }

  func name(_ pointer: JSONPointer) -> String {
    let tokens = pointer.tokens
    guard !tokens.isEmpty else { return "the parameters" }
    func shown(_ token: String) -> String {
      let isPlain =
        token.utf8.count <= 240 && token.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
      return isPlain ? token : quote(token)
    }
    // Nobody reads the middle of a path of hundreds of parts.
    guard tokens.count > 24 else { return tokens.map(shown).joined(separator: ".") }
    return tokens.prefix(12).map(shown).joined(separator: ".") + "…"
      + tokens.suffix(8).map(shown).joined(separator: ".")
  }

  /// A blank and the value in quotes; nothing for an empty or sensitive one.
  func shownValue(_ id: NodeID) -> String {
    document.textCount(of: id) == 0 ? "" : shown(" \(quote(document.string(of: id)))")
  }

  func shortened(_ number: ExactNumber) -> String {
    let text = number.description
    return text.count > 40 ? "\(text.prefix(36))…" : text
  }

  /// Text that must not be shown where the value is sensitive.
  func shown(_ text: String) -> String { isSensitive ? "" : text }

  func characters(_ count: ExactNumber) -> String {
    count == ExactNumber(1) ? "1 character" : "\(count) characters"
  }

  func span(of id: NodeID) -> ByteSpan {
    if path.isEmpty { return requestKey }
    let span = document[id].kind == .scalar ? document.sourceSpan(of: id) : document.anchorSpan(of: id)
    guard span.isEmpty, case .member(let key)? = path.last else { return span }
    return document.sourceSpan(of: key)
  }

  func keySpan(of id: NodeID) -> ByteSpan {
    guard case .member(let key)? = path.last else {
      return path.isEmpty ? requestKey : document.anchorSpan(of: id)
    }
    return document.sourceSpan(of: key)
  }
}
