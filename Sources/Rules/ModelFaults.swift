internal import Models
internal import Syntax

/// Holds a rule against the models: the operations and members that it names must exist.
struct ModelFaults {
  let document: Document

  func find(_ rule: Rule, _ models: inout LoadedModels?) -> [RuleFault] {
    guard var known = models else { return [] }
    defer { models = known }
    var faults: [RuleFault] = []
    var operations: [Operation] = []
    let places = value("operations").map { Array(document.items(of: $0)) } ?? []
    for (pattern, place) in zip(rule.description.operations, places) {
      do throws(ServiceModel.Fault) {
        switch try self.operations(of: pattern, &known) {
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
    of pattern: OperationPattern, _ models: inout LoadedModels
  ) throws(ServiceModel.Fault) -> Result<[Operation], Problem> {
    guard let service = pattern.service else { return .success([]) }
    guard let model = try models.service(service) else {
      let near = didYouMean(service, models.catalog.serviceNames)
      return .failure(Problem(message: "service \(quote(service)) is not in the catalog\(near)"))
    }
    guard let name = pattern.operation else {
      var operations: [Operation] = []
      for name in model.operationNames { try model.operation(name).map { operations.append($0) } }
      return .success(operations)
    }
    guard
      let operation = try model.canonicalOperationName(name).flatMap({ name throws(ServiceModel.Fault) in
        try model.operation(name)
      })
    else {
      let near = didYouMean(name, model.operationNames)
      return .failure(Problem(message: "service \(service) has no operation \(quote(name))\(near)"))
    }
    return .success([operation])
  }

  private func memberFaults(_ rule: Rule, _ operations: [Operation]) -> [RuleFault] {
    var check = MemberCheck(document: document, operations: operations)
    for key in ["when", "assert"] { if let node = value(key) { check.check(schema: node) } }
    var faults = check.faults
    let templates = [(rule.message, "message")] + (rule.hint.map { [($0, "hint")] } ?? [])
    for (template, key) in templates {
      for pointer in template.parameters where !check.exists(pointer) && !rule.knows(pointer) {
        let name = pointer.tokens.joined(separator: "/")
        faults.append(RuleFault(message: "{\(name)} is no member of the operations", span: span(of: key)))
      }
    }
    if let pointer = rule.place, !check.exists(pointer) {
      faults.append(RuleFault(message: "at names no member of the operations", span: span(of: "at")))
    }
    return faults
  }

  private func value(_ key: String) -> NodeID? { document.value(of: key, in: document.root) }

  private func span(of key: String) -> ByteSpan {
    value(key).map { document.sourceSpan(of: $0) } ?? ByteSpan(0, 0)
  }
}

extension Rule {
  /// Whether a message may show a place that is no member: of the snapshot, or a count of the batch.
  fileprivate func knows(_ pointer: JSONPointer) -> Bool {
    switch judgement {
    case .request: false
    case .batch: pointer.tokens == ["count"] || pointer.tokens == ["limit"]
    case .snapshot: pointer.tokens.first == "snapshot"
    }
  }
}

/// The end of a message that names what was probably meant.
private func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String {
  suggestion(for: name, among: candidates).map { "; did you mean \($0)?" } ?? ""
}

/// Looks for members that a rule names and no operation has.
private struct MemberCheck {
  let document: Document
  let operations: [Operation]
  var faults: [RuleFault] = []

  /// The shapes, one for each operation that has the place; `nil` where anything goes.
  private typealias Place = [(operation: Operation, shape: Shape)]?

  init(document: Document, operations: [Operation]) {
    self.document = document
    self.operations = operations
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
