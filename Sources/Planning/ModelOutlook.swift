internal import Models
internal import Rules
internal import Syntax
internal import Verdicts

extension Outlook {
  /// What the model alone lets expect of an operation: cautious, since a model says little of effects.
  init(of operation: Operation, _ effects: EffectTable) {
    switch effects.effect(of: operation.id, method: operation.method) {
    case .reads:
      self.init(effect: "reads through \(operation.id); changes nothing")
      risk = Risk(level: .low, reasons: ["reads only, by the operation's name"])
    case .changes:
      self.init(effect: "calls \(operation.id), which may change or create things")
      risk = Risk(level: .medium, reasons: ["changes things, by its name; nothing more is known of it"])
    case .ends:
      self.init(effect: "calls \(operation.id), which deletes, ends or interrupts something")
      risk = Risk(level: .high, reasons: ["deletes or ends something, by the operation's name"])
      isDisruptive = true
    }
    schedule = Schedule(note: "takes effect when it is sent")
    if operation.isDeprecated {
      risk.level = max(risk.level, .medium)
      risk.reasons.append("operation \(operation.id) is deprecated")
    }
  }

  /// Adds the idempotency tokens that clients fill in where a request has none.
  mutating func addGeneratedTokens(_ operation: Operation, _ document: Document, _ parameters: NodeID) {
    for token in operation.absentTokens(in: parameters, of: document) {
      inferred.append(
        InferredValue(
          pointer: JSONPointer([token.name]).description, value: "a random token",
          because: "clients fill in the idempotency token when they send, a new one each time",
          source: operation.documentation))
    }
  }
}
