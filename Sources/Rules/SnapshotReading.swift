internal import Models
internal import Syntax

/// Reads the resources of snapshots and judges them by a rule's condition.
extension SnapshotRun {
  /// Whether an answer lacks a field that the rule reads, or is a list's summary although the full answer is required.
  func isSilent(_ resource: Resource, _ constraint: SnapshotConstraint) -> Bool {
    let snapshot = state.snapshots[resource.snapshot]
    if constraint.needsWhole, snapshot.isList { return true }
    return constraint.readings.contains { reading in
      if case .oneOf(_, isOptional: true) = reading.expected { return false }
      return snapshot.document.follow(reading.field, from: resource.item).value == nil
    }
  }

  mutating func judge(_ resource: Resource, _ constraint: SnapshotConstraint) -> Finding {
    let outcome = outcome(of: resource, constraint, evaluator.budget)
    if case .undecided(let undecided) = outcome { note(undecided) }
    return finding(outcome, of: resource, constraint)
  }

  mutating func outcome(
    of resource: Resource, _ constraint: SnapshotConstraint, _ budget: RuleBudget
  ) -> SavedState.Outcome {
    if constraint.needsWhole, state.snapshots[resource.snapshot].isList {
      return .unknown("a list shows no more than a summary of it")
    }
    var facts: [String] = []
    for reading in constraint.readings {
      switch read(reading, of: resource) {
      case .known(let fact): if let fact { facts.append(fact) }
      case .open(let reason): return .unknown(reason)
      }
    }
    let (holds, undecided) = holds(constraint.assert, of: resource, budget)
    if let undecided { return .undecided(undecided) }
    return holds ? .met(facts) : .unmet(facts)
  }

  mutating func holds(
    _ assertion: SnapshotAssertion, of resource: Resource, _ budget: RuleBudget
  ) -> (holds: Bool, undecided: Undecided?) {
    guard !budget.isSpent else { return (true, .limit(.ruleSteps)) }
    // Combining both takes time too.
    if assertion.readsRequest { budget.spend(context.document.range(of: context.root).count / 16) }
    var evaluator = SchemaEvaluator(
      assertion.readsRequest
        ? combined(resource) : EvaluationContext(joined(resource, to: nil), context),
      budget: budget)
    let holds = evaluator.holds(assertion.schema)
    return (holds, evaluator.unknown)
  }

  /// Describes an outcome in words.
  mutating func finding(
    _ outcome: SavedState.Outcome, of resource: Resource, _ constraint: SnapshotConstraint
  ) -> Finding {
    let file = state.snapshots[resource.snapshot].file
    switch outcome {
    case .unknown(let reason): return (.unknown, "\(file): \(reason)")
    case .undecided(let undecided): return (.unknown, "\(file): \(undecided.reason)")
    case .met(let facts): return (.met, "\(file): \(facts.joined(separator: ", "))")
    case .unmet(let facts):
      let operation = subject.operation
      let renderer = MessageRenderer(context: combined(resource)) {
        Self.isSensitive($0, operation)
      }
      let message = renderer.render(constraint.message, at: nil)
      return (.unmet, "\(file): \(message); \(facts.joined(separator: ", "))")
    }
  }

  enum Fact {
    case known(String?)
    case open(String)
  }

  func read(_ reading: SnapshotConstraint.Reading, of resource: Resource) -> Fact {
    let snapshot = state.snapshots[resource.snapshot]
    let document = snapshot.document
    let name = JSONPointer(snapshot.pointer(of: resource.item).tokens + reading.field.tokens).description
    let value = document.follow(reading.field, from: resource.item).value
    guard let value else {
      if case .oneOf(_, isOptional: true) = reading.expected { return .known(nil) }
      return .open("\(name) is absent")
    }
    func wrongType(_ wanted: String) -> Fact {
      .open("\(name) is \(document.noun(of: value)), not \(wanted)")
    }
    switch reading.expected {
    case .types(let types):
      guard !document.jsonTypes(of: value).isDisjoint(with: types) else { return wrongType(types.noun) }
      return .known("\(name) is \(shown(value, in: document, at: reading.field))")
    case .time:
      guard !document.jsonTypes(of: value).isDisjoint(with: [.number, .string]) else {
        return wrongType("a time")
      }
      guard let instant = document.time(at: value) else {
        return .open("\(name) is no time that can be read")
      }
      return .known("\(name) is \(instant.rfc3339)")
    case .oneOf(let known, _):
      guard document.jsonTypes(of: value) == .string else { return wrongType("a string") }
      let text = shown(value, in: document, at: reading.field)
      guard known.contains(document.string(of: value)) else {
        return .open("\(name) is \(text), a value that is not known here")
      }
      return .known("\(name) is \(text)")
    }
  }

  private func shown(_ value: NodeID, in document: Document, at field: JSONPointer) -> String {
    guard document[value].kind == .scalar else { return document.noun(of: value) }
    if Self.isSensitive(JSONPointer(["snapshot"] + field.tokens), subject.operation) {
      return redacted
    }
    return MessageRenderer.plain(document.string(of: value))
  }

  /// A snapshot field with the name of a sensitive member is just as secret.
  private static func isSensitive(_ pointer: JSONPointer, _ operation: Operation) -> Bool {
    let path = Array(pointer.tokens.dropFirst())
    guard pointer.tokens.first == "snapshot" else { return operation.masks(path) }
    return path.contains { operation.masks([$0]) }
  }

  // MARK: Instances

  /// The request's parameters and the resource, combined into one instance.
  private mutating func combined(_ resource: Resource) -> EvaluationContext {
    if let document = combined[resource] { return EvaluationContext(document, context) }
    let document = joined(resource, to: (context.root, context.document))
    combined[resource] = document
    return EvaluationContext(document, context)
  }

  private func joined(_ resource: Resource, to parameters: (node: NodeID, document: Document)?) -> Document {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      if let parameters {
        writer.key("parameters")
        writer.copy(parameters.node, of: parameters.document)
      }
      writer.key("snapshot")
      writer.copy(resource.item, of: state.snapshots[resource.snapshot].document)
    }
    // Each was within the limits of the run; combined they may nest one level deeper.
    guard case .document(let document) = readJSON(SourceText(writer.bytes), limits: .unbounded) else {
      preconditionFailure("a request and its snapshot are no JSON: \(writer.text)")
    }
    guard let parameters else { return document }
    return document.markingDynamic(
      like: parameters.node, of: parameters.document, at: JSONPointer(["parameters"]))
  }
}

extension EvaluationContext {
  /// Another instance with the same facts.
  fileprivate init(_ document: Document, _ other: EvaluationContext) {
    self.init(
      document: document, root: document.root, rootKey: ByteSpan(0, 0), now: other.now, facts: other.facts,
      limits: other.limits)
  }
}
