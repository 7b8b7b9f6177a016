internal import Models
internal import Patterns
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let unknownParameter = BuiltInCheck(
    "unknown-parameter", "Parameter that the operation does not have",
    why: "Clients refuse to send it.")
  static let unexpandedFileURI = BuiltInCheck(
    "unexpanded-file-uri", "Address of a file in place of its text",
    why:
      "The AWS CLI expands file:// only for a whole argument, never inside a request file. A warning where the operation has no rules of its own."
  )
}

/// Words the findings about a model's constraints.
extension ModelCheck {
  mutating func reportWrongType(_ id: NodeID, _ shape: Shape) {
    isSensitive = isSensitive || operation.masks(text: id, for: shape, in: document)
    let subject = path.isEmpty ? "the parameters" : name(pointer)
    let verb = path.isEmpty ? "are" : "is"
    var readings = document.describe(id, isSensitive: isSensitive)
    let legacy = document.describe(id, .yaml11)
    if document.isAmbiguous(id), !isSensitive, legacy != readings { readings += " (\(legacy) in YAML 1.1)" }
    add(
      .wrongType, "\(subject) must be \(shape.kind.noun), but \(verb) \(readings)",
      hint: document.remedy(for: id, as: shape.kind, isSensitive: isSensitive), at: id,
      fix: fixOfType(id, shape))
  }

  /// Reports a number outside the calendar, or a text that no client reads as a time.
  mutating func reportNoTime(_ id: NodeID, _ shape: Shape, _ number: ExactNumber?) {
    let beyond = ExactNumber(253_402_300_800)...ExactNumber(253_402_300_800_000)
    let isInMilliseconds = number.map { beyond.contains($0) } ?? false
    let hint =
      isInMilliseconds
      ? "a time counts seconds since 1970, not milliseconds" : "write it as in 2026-11-20T12:00:00Z"
    add(
      .wrongType,
      "\(name(pointer)) must be \(shape.kind.noun), but is \(document.describe(id, isSensitive: isSensitive))",
      hint: hint, at: id)
  }

  /// Reports a text that python-dateutil reads as a time.
  mutating func reportDoubtfulTime(_ id: NodeID) {
    add(
      .ambiguousScalar,
      "\(name(pointer))\(shownValue(id)) is a time to the AWS CLI and boto3, which guess at its form,"
        + " but other clients may read another time or none",
      hint: "write it as in 2026-11-20T12:00:00Z", at: id)
  }

  /// - Parameter kind: the required kind of value; `nil` for any JSON.
  mutating func reportAmbiguous(_ id: NodeID, _ kind: Shape.Kind?) {
    let readings =
      isSensitive
      ? "one thing to a YAML 1.2 reader, another to a YAML 1.1 reader such as PyYAML"
      : document.readings(of: id)
    findings.addReading(isSensitive ? redacted : readings, at: pointer, request: request)
    add(
      .ambiguousScalar, "\(name(pointer)) is \(readings)", hint: document.remedyOfReading(id, kind), at: id,
      fix: fixOfReading(id, kind))
  }

  /// Reports a number that JSON cannot express, such as YAML's `.inf` and `.nan`, or one too large for a double.
  mutating func checkFinite(_ id: NodeID, _ reading: ScalarSchema = .core) {
    let number = document.number(of: id, reading)
    guard number.map(\.double.isInfinite) ?? true else { return }
    let what = number == nil ? "not a finite number" : "too large for a double and becomes infinite"
    add(
      .nonFiniteNumber, "\(name(pointer)) is \(what), which JSON cannot hold",
      hint: "write a finite number; --cli-input-json cannot carry it, and services that speak JSON refuse it",
      at: id)
  }

  mutating func reportTooShort(_ id: NodeID, _ count: Int, _ minimum: ExactNumber) {
    add(
      .tooShort,
      "\(name(pointer))\(shownValue(id)) has \(characters(ExactNumber(count))), fewer than \(minimum)",
      hint: "write at least \(characters(minimum))", at: id)
  }

  /// Reports a pattern whose match did not finish.
  mutating func reportStopped(_ source: String, _ id: NodeID) {
    let limit = EvaluationLimit(findings.budget.matches.stop)
    add(
      .evaluationLimit,
      "\(name(pointer)) is not checked against the pattern \(shortened(source)): \(limit.reason)",
      hint: limit.remedy, at: id)
  }

  private func shortened(_ source: String) -> String {
    source.unicodeScalars.count > 200 ? "\(source.prefix(180))…" : source
  }

  /// - Parameters:
  ///   - content: what must replace the address.
  ///   - isRefused: whether clients reject the address as a value.
  mutating func reportFileURI(_ id: NodeID, content: String, isRefused: Bool = false) {
    findings.add(
      .unexpandedFileURI, "\(name(pointer)) is the address of a file, which is sent as it stands",
      hint: "write \(content) here", severity: hasOwnRules || isRefused ? .error : .warning, at: span(of: id),
      pointer, request: request)
  }

  /// Reports every parameter of an operation that has none.
  mutating func reportNeedless(_ id: NodeID) {
    guard document[id].kind == .mapping else {
      return add(
        .wrongType, "the parameters must be a mapping, but are \(document.describe(id, isSensitive: true))",
        at: id)
    }
    for entry in document.entries(of: id) {
      let key = document.string(of: entry.key)
      findings.add(
        .unknownParameter, "\(operation.id) has no parameter \(quote(key)), and no other", hint: "remove it",
        at: document.sourceSpan(of: entry.key), JSONPointer([key]), request: request)
    }
  }

  mutating func reportUnknown(
    _ entry: Document.Entry, of mapping: NodeID, in shape: Shape
  ) {
    let key = entry.key
    guard document[key].kind == .scalar else {
      findings.add(.unknownParameter, "a key must be text", at: span(of: key), pointer, request: request)
      return
    }
    let isHidden =
      isSensitive
      || Secrecy(operation, masksUnknown: true).hidesKey(of: entry, at: .shape(shape), in: document)
    if isHidden { hideKey(key) }
    let written = document.string(of: key)
    let elsewhere = siblingHint { _ in true }
    let near = nearMember(written, of: mapping, in: shape).map { "did you mean \($0)?" }
    let names = shape.members.prefix(12).map(\.name)
    let known =
      names.isEmpty
      ? "and no other"
      : "only " + names.joined(separator: ", ") + (shape.members.count > 12 ? ", …" : "")
    let owner =
      path.count == 1 ? operation.id.description : name(JSONPointer(Array(pointer.tokens.dropLast())))
    let fix = findings.hasRoom ? fixOfName(key, of: mapping, in: shape) : nil
    findings.add(
      .unknownParameter, "\(owner) has no parameter \(isHidden ? redacted : quote(written)), \(known)",
      hint: isSensitive ? nil : near ?? elsewhere ?? (names.isEmpty ? "remove it" : nil),
      at: document.sourceSpan(of: key), pointer, request: request,
      fix: fix)
  }

  /// The member that an unknown key most likely means.
  private mutating func nearMember(_ written: String, of mapping: NodeID, in shape: Shape) -> String? {
    guard findings.hasRoom, shape.members.count <= mostNames else { return nil }
    let given = keys(of: mapping)
    // A member that is already given was not meant, unless only its case is wrong.
    return near(
      written,
      among: shape.members.map(\.name).filter {
        !given.contains($0) || $0.lowercased() == written.lowercased()
      })
  }

  /// A hint if the service's sibling accepts the value at the current path.
  mutating func siblingHint(_ fits: (Shape) -> Bool) -> String? {
    guard findings.hasRoom, let sibling = models.sibling(of: operation.id),
      let shape = sibling.shape(at: pointer.tokens),
      fits(shape)
    else { return nil }
    return "\(sibling.id) takes it; change the service"
  }

  mutating func add(
    _ check: BuiltInCheck, _ message: String, hint: String? = nil, at node: NodeID, fix: Fix? = nil
  ) {
    findings.add(check, message, hint: hint, at: span(of: node), pointer, request: request, fix: fix)
  }
}
