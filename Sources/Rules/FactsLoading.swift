internal import Models
internal import Syntax
internal import Verdicts

/// Reads a file's facts about an operation.
extension RuleLoader {
  private static let factKeys = [
    "operation", "effect", "inferred", "schedule", "risk", "disrupts", "follow-up", "source",
  ]

  mutating func readFacts(_ models: LoadedModels?) -> OperationFacts? {
    _ = checkKeys(of: document.root, Self.factKeys, in: "an operation's file")
    for key in ["operation", "effect", "risk", "source"] where value(key) == nil {
      fault("an operation's file needs \(key)", at: nil)
    }
    for duplicate in document.duplicateKeys() {
      fault("key \(quote(document.string(of: duplicate.again))) is given twice", at: duplicate.again)
    }
    guard let node = value("operation") else { return nil }
    if kind != .operation {
      return fault("operation must stand at the start of a line, without quotes", at: node)
    }
    guard let written = OperationID(parsing: document.string(of: node)) else {
      return fault("operation must be SERVICE.OPERATION", at: node)
    }
    if models != nil, models?.canonicalName(written) != written {
      return fault("operation \(quote(written.description)) is not in the catalog", at: node)
    }
    let sources = texts("source")
    let facts = OperationFacts(
      operation: written, effects: list("effect").compactMap { effect($0) },
      timings: list("schedule").compactMap { timing($0) }, hazards: list("risk").compactMap { hazard($0) },
      inferences: list("inferred").compactMap { inference($0, source: sources.first ?? "") },
      disrupts: value("disrupts").map { compile($0) }, followUp: list("follow-up").compactMap { command($0) })
    if let operation = try? models?.operation(written) {
      faults += ModelFaults(document: document).find(facts, operation)
    }
    return facts
  }

  private mutating func effect(_ node: NodeID) -> OperationFacts.Effect? {
    guard checkKeys(of: node, ["when", "text"], in: "an effect"), let text = template("text", in: node) else {
      return nil
    }
    return OperationFacts.Effect(when: schema("when", in: node), text: text)
  }

  private mutating func hazard(_ node: NodeID) -> OperationFacts.Hazard? {
    guard checkKeys(of: node, ["when", "level", "reason"], in: "a risk"),
      let reason = template("reason", in: node), let value = document.value(of: "level", in: node)
    else { return nil }
    guard let level = Risk.Level(rawValue: document.string(of: value)) else {
      return fault("level must be low, medium or high", at: value)
    }
    return OperationFacts.Hazard(when: schema("when", in: node), level: level, reason: reason)
  }

  private mutating func inference(_ node: NodeID, source: String) -> OperationFacts.Inference? {
    let keys = ["when", "pointer", "value", "from", "because", "source"]
    guard checkKeys(of: node, keys, in: "an inferred value"), let value = template("value", in: node),
      let because = template("because", in: node)
    else { return nil }
    guard let place = document.value(of: "pointer", in: node) else { return fault("needs pointer", at: node) }
    guard let pointer = pointer(place) else { return nil }
    return OperationFacts.Inference(
      when: schema("when", in: node), pointer: pointer, value: value,
      field: document.value(of: "from", in: node).flatMap { snapshotField($0) }, because: because,
      source: document.value(of: "source", in: node).map { document.string(of: $0) } ?? source)
  }

  private mutating func timing(_ node: NodeID) -> OperationFacts.Timing? {
    guard checkKeys(of: node, ["when", "starts", "ends", "note"], in: "a schedule"),
      let note = template("note", in: node)
    else { return nil }
    return OperationFacts.Timing(
      when: schema("when", in: node), start: document.value(of: "starts", in: node).flatMap { start($0) },
      end: document.value(of: "ends", in: node).flatMap { end($0) }, note: note)
  }

  private mutating func start(_ node: NodeID) -> OperationFacts.Timing.Start? {
    if document.hasText("now", at: node) { return .now }
    guard document[node].kind == .mapping else { return pointer(node).map { .member($0) } }
    guard checkKeys(of: node, ["daily", "hours"], in: "starts") else { return nil }
    guard let field = document.value(of: "daily", in: node).flatMap({ snapshotField($0) }),
      let hours = document.value(of: "hours", in: node).flatMap({ document.number(of: $0)?.int64 }),
      (1...24).contains(hours)
    else { return fault("starts must be now, a JSON pointer, or daily with hours", at: node) }
    return .daily(field, hours: Int(hours))
  }

  private mutating func end(_ node: NodeID) -> OperationFacts.Timing.End? {
    if document.hasText("current-hour", at: node) { return .currentHour }
    guard document[node].kind == .mapping, document.count(of: node) == 1,
      let hours = document.value(of: "hours", in: node).flatMap({ document.number(of: $0)?.int64 }),
      (1...1000).contains(hours)
    else { return fault("ends must be current-hour, or hours after the start", at: node) }
    return .hours(Int(hours))
  }

  // MARK: Parts

  private mutating func list(_ key: String) -> [NodeID] {
    guard let node = value(key) else { return [] }
    guard document[node].kind == .sequence else {
      fault("\(key) must be a list", at: node)
      return []
    }
    return Array(document.items(of: node))
  }

  /// Reads a list of words, or `when` with the words as `command`.
  private mutating func command(_ node: NodeID) -> OperationFacts.Command? {
    let isPlain = document[node].kind == .sequence
    if !isPlain, !checkKeys(of: node, ["when", "command"], in: "a follow-up") { return nil }
    let list = isPlain ? node : document.value(of: "command", in: node)
    guard let list, document.count(of: list) > 0, document[list].kind == .sequence else {
      return fault("must be a list of words, or when and command", at: node)
    }
    let words = document.items(of: list).compactMap { template(at: $0) }
    return OperationFacts.Command(when: isPlain ? nil : schema("when", in: node), words: words)
  }

  private mutating func schema(_ key: String, in node: NodeID) -> Schema? {
    document.value(of: key, in: node).map { compile($0) }
  }

  private mutating func template(_ key: String, in node: NodeID) -> MessageTemplate? {
    guard let value = document.value(of: key, in: node) else { return fault("needs \(key)", at: node) }
    return template(at: value)
  }
}
