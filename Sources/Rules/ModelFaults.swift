internal import Models
internal import Syntax

/// Checks a rule against the models: the operations and members that it names must exist.
struct ModelFaults {
  let document: Document

  func find(_ rule: Rule, _ models: LoadedModels?) -> [RuleFault] {
    guard let models else { return [] }
    var faults: [RuleFault] = []
    var operations: [Operation] = []
    let places = value("operations").map { Array(document.items(of: $0)) } ?? []
    for (pattern, place) in zip(rule.description.operations, places) {
      do {
        switch try self.operations(of: pattern, models) {
        case .success(let found): operations += found
        case .failure(let problem):
          faults.append(RuleFault(message: problem.message, span: document.sourceSpan(of: place)))
        }
      } catch {
        faults.append(
          RuleFault(message: "the model cannot be read: \(error)", span: document.sourceSpan(of: place)))
      }
    }
    let coversAll = rule.description.operations.contains { $0.service == nil }
    return coversAll || operations.isEmpty ? faults : faults + memberFaults(rule, operations)
  }

  private struct Problem: Error { let message: String }

  private func operations(
    of pattern: OperationPattern, _ models: LoadedModels
  ) throws(ModelFault) -> Result<[Operation], Problem> {
    guard let service = pattern.service else { return .success([]) }
    guard let model = models.service(service) else {
      let near = didYouMean(service, models.catalog.serviceNames)
      return .failure(Problem(message: "service \(quote(service)) is not in the catalog\(near)"))
    }
    guard let name = pattern.operation else {
      var operations: [Operation] = []
      for name in model.operationNames { try model.operation(name).map { operations.append($0) } }
      return .success(operations)
    }
    guard
      let operation = try model.canonicalOperationName(name).flatMap({ name throws(ModelFault) in
        try model.operation(name)
      })
    else {
      let near = didYouMean(name, model.operationNames)
      return .failure(Problem(message: "service \(service) has no operation \(quote(name))\(near)"))
    }
    return .success([operation])
  }

  /// Checks a file's facts about an operation against the operation's model.
  func find(_ facts: OperationFacts, _ operation: Operation) -> [RuleFault] {
    var check = MemberCheck(document: document, operations: [operation])
    value("disrupts").map { check.check(schema: $0) }
    for key in ["effect", "inferred", "schedule", "risk", "follow-up"] {
      for item in value(key).map({ Array(document.items(of: $0)) }) ?? [] {
        document.value(of: "when", in: item).map { check.check(schema: $0) }
        for name in ["pointer", "starts"] {
          document.value(of: name, in: item).map { check.check(pointer: $0) }
        }
        if let field = document.value(of: "from", in: item) { check.check(identity: field) }
        if let starts = document.value(of: "starts", in: item),
          let field = document.value(of: "daily", in: starts)
        {
          check.check(identity: field)
        }
      }
    }
    let texts =
      facts.effects.map(\.text) + facts.timings.map(\.note) + facts.hazards.map(\.reason)
      + facts.inferences.flatMap { [$0.value, $0.because] } + facts.followUp.flatMap(\.words)
    let unknown = texts.flatMap(\.parameters).filter { !check.exists($0) }
    return check.faults
      + unknown.map {
        RuleFault(
          message: "{\($0.tokens.joined(separator: "/"))} is no member of the operation",
          span: span(of: "operation"))
      }
  }

  private func memberFaults(_ rule: Rule, _ operations: [Operation]) -> [RuleFault] {
    var check = MemberCheck(document: document, operations: operations)
    for key in ["when", "assert"] { if let node = value(key) { check.check(schema: node) } }
    if let batch = value("x-batch") { check.check(batch: batch) }
    if let snapshot = value("x-snapshot") { check.check(snapshot: snapshot) }
    if let fix = value("fix") { check.check(fix: fix, at: rule.place) }
    var faults = check.faults
    var templates = [(rule.message, span(of: "message"))]
    rule.hint.map { templates.append(($0, span(of: "hint"))) }
    if case .snapshot(let constraint) = rule.judgement, let statement = constraint.statement {
      templates.append((statement, span(of: "statement", in: value("x-snapshot"))))
    }
    for (template, span) in templates {
      for pointer in template.parameters where !check.exists(pointer) && !rule.knows(pointer) {
        let name = pointer.tokens.joined(separator: "/")
        faults.append(RuleFault(message: "{\(name)} is no member of the operations", span: span))
      }
    }
    if let pointer = rule.place, !check.exists(pointer) {
      faults.append(RuleFault(message: "at names no member of the operations", span: span(of: "at")))
    }
    return faults
  }

  private func value(_ key: String) -> NodeID? { document.value(of: key, in: document.root) }

  private func span(of key: String, in mapping: NodeID? = nil) -> ByteSpan {
    document.value(of: key, in: mapping ?? document.root).map { document.sourceSpan(of: $0) }
      ?? ByteSpan(0, 0)
  }
}

extension Rule {
  /// Whether a message may show a pointer that leads to no member: into the snapshot, or to a count of the batch.
  fileprivate func knows(_ pointer: JSONPointer) -> Bool {
    switch judgement {
    case .request: false
    case .batch: [["count"], ["limit"], ["token"], ["operation"]].contains(pointer.tokens)
    case .snapshot: pointer.tokens.first == "snapshot"
    }
  }
}

/// The end of a message, with the name that was probably meant.
private func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String {
  suggestion(for: name, among: candidates).map { "; did you mean \($0)?" } ?? ""
}

/// Finds members that a rule names but no operation has.
private struct MemberCheck {
  let document: Document
  let operations: [Operation]
  var faults: [RuleFault] = []

  /// The shapes, one per operation that has the place; `nil` if anything is permitted.
  private typealias Place = [(operation: Operation, shape: Shape)]?

  init(document: Document, operations: [Operation]) {
    self.document = document
    self.operations = operations
  }

  // MARK: Pointers

  /// Checks the pointers and schemas of a batch rule: `same`, `differ`, `first`.
  mutating func check(batch node: NodeID) {
    for key in ["same", "differ"] {
      for item in document.value(of: key, in: node).map({ Array(document.items(of: $0)) }) ?? [] {
        check(pointer: document.value(of: "hour-of", in: item) ?? item)
      }
    }
    document.value(of: "first", in: node).map { check(schema: $0) }
  }

  /// Checks a snapshot rule's view of the request: how a snapshot is matched to it, and `parameters` in the schema.
  mutating func check(snapshot node: NodeID) {
    check(identity: node)
    guard let assert = document.value(of: "assert", in: node) else { return }
    checkParameters(inside: assert)
  }

  /// Checks the schemas of the parameters wherever a schema of `{parameters, snapshot}` has them.
  private mutating func checkParameters(inside node: NodeID) {
    for entry in document.entries(of: node) {
      switch document.string(of: entry.key) {
      case "properties": document.value(of: "parameters", in: entry.value).map { check(schema: $0) }
      case "allOf", "anyOf", "oneOf":
        for item in document.items(of: entry.value) { checkParameters(inside: item) }
      case "not", "if", "then", "else": checkParameters(inside: entry.value)
      default: break
      }
    }
  }

  /// Checks the members that identify a snapshot's resource.
  mutating func check(identity node: NodeID) {
    guard let identity = document.value(of: "where", in: node) else { return }
    for entry in document.entries(of: identity) {
      let isList = document[entry.value].kind == .sequence
      for origin in isList ? Array(document.items(of: entry.value)) : [entry.value] {
        if document[origin].kind == .mapping { check(identity: origin) } else { check(pointer: origin) }
      }
    }
  }

  /// Checks a pointer into the parameters; skips texts that are not pointers.
  mutating func check(pointer node: NodeID) {
    let text = document.string(of: node)
    guard text.hasPrefix("/"), let pointer = JSONPointer(parsing: text), !exists(pointer) else { return }
    faults.append(
      RuleFault(message: "\(text) is no member of the operations", span: document.sourceSpan(of: node)))
  }

  /// Checks what a fix removes and adds, and when.
  mutating func check(fix node: NodeID, at place: JSONPointer?) {
    document.value(of: "when", in: node).map { check(schema: $0) }
    document.value(of: "remove", in: node).map { check(pointer: $0) }
    guard let added = document.value(of: "add", in: node) else { return }
    for entry in document.entries(of: added) {
      let name = document.string(of: entry.key)
      if exists(JSONPointer((place?.tokens.dropLast() ?? []) + [name])) { continue }
      faults.append(
        RuleFault(
          message: "\(quote(name)) is no member of the operations", span: document.sourceSpan(of: entry.key)))
    }
  }

  func exists(_ pointer: JSONPointer) -> Bool {
    operations.contains { $0.shape(at: pointer.tokens) != nil }
  }

  mutating func check(schema node: NodeID) {
    check(node, operations.compactMap { operation in operation.input.map { (operation, operation[$0]) } })
  }

  private mutating func check(_ node: NodeID, _ place: Place) {
    guard let place, !place.isEmpty else { return }
    for entry in document.entries(of: node) {
      switch document.string(of: entry.key) {
      case "properties":
        for property in document.entries(of: entry.value) {
          check(property.value, member(property.key, place))
        }
      case "dependentSchemas":
        for item in document.entries(of: entry.value) {
          check(item.value, member(item.key, place) == nil ? nil : place)
        }
      case "required": for name in document.items(of: entry.value) { _ = member(name, place) }
      case "dependentRequired":
        for item in document.entries(of: entry.value) {
          _ = member(item.key, place)
          for name in document.items(of: item.value) { _ = member(name, place) }
        }
      case "allOf", "anyOf", "oneOf": for item in document.items(of: entry.value) { check(item, place) }
      case "not", "if", "then", "else": check(entry.value, place)
      case "items", "contains": check(entry.value, elements(place))
      default: break
      }
    }
  }

  private mutating func member(_ key: NodeID, _ place: [(operation: Operation, shape: Shape)]) -> Place {
    let name = document.string(of: key)
    guard place.allSatisfy({ $0.shape.kind == .structure && !$0.shape.isDocument }) else {
      return elements(place)
    }
    let found = place.compactMap { item in
      item.shape.member(name).map { (item.operation, item.operation[$0.shape]) }
    }
    if found.isEmpty {
      let hint = didYouMean(name, place.flatMap { $0.shape.members.map(\.name) })
      faults.append(
        RuleFault(
          message: "\(quote(name)) is no member of the operations\(hint)", span: document.sourceSpan(of: key))
      )
    }
    return found
  }

  private func elements(_ place: [(operation: Operation, shape: Shape)]) -> Place {
    place.compactMap { item in item.shape.element.map { (item.operation, item.operation[$0]) } }
  }
}
