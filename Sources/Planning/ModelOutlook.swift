public import Models
internal import Rules
internal import Syntax

extension Outlook {
  /// What the model alone lets expect of an operation: cautious, since a model says little of effects.
  ///
  /// - Shape: read-only by the first word of the operation's name; everything else is taken for a change.
  init(of operation: Operation) {
    let reads = isReadOnly(operation)
    self.init(
      effect: reads
        ? "reads through \(operation.id); changes nothing"
        : "calls \(operation.id), which may change or create things")
    schedule = Schedule(note: "takes effect when it is sent")
    risk =
      reads
      ? Risk(level: .low, reasons: ["reads only, by the operation's name"])
      : Risk(level: .medium, reasons: ["changes things, by its name; nothing more is known of it"])
    if destroys(operation) {
      risk = Risk(level: .high, reasons: ["deletes or ends something, by the operation's name"])
      isDisruptive = true
    }
    if operation.isDeprecated {
      risk.level = max(risk.level, .medium)
      risk.reasons.append("operation \(operation.id) is deprecated")
    }
  }

  /// Adds the idempotency tokens that clients fill in where a request has none.
  mutating func addGeneratedTokens(_ operation: Operation, _ document: Document, _ parameters: NodeID) {
    for token in operation.input.map({ operation[$0].members.filter(\.isIdempotencyToken) }) ?? []
    where document.value(of: token.name, in: parameters) == nil {
      inferred.append(
        InferredValue(
          pointer: JSONPointer([token.name]).description, value: "a random token",
          because: "clients fill in the idempotency token when they send, a new one each time",
          source: operation.documentation))
    }
  }
}

extension Operation {
  /// Whether the operation only reads, judged by its method and the first word of its name.
  public var isReadOnlyByName: Bool { isReadOnly(self) }
}

private func firstWord(of operation: Operation) -> Substring {
  OperationSpelling.split(operation.name, by: "-").prefix { $0 != "-" }
}

private func isReadOnly(_ operation: Operation) -> Bool {
  if operation.method == "GET" || operation.method == "HEAD" { return true }
  return [
    "get", "list", "describe", "head", "lookup", "search", "query", "scan", "check", "validate", "estimate",
  ]
  .contains(firstWord(of: operation))
}

private func destroys(_ operation: Operation) -> Bool {
  operation.method == "DELETE"
    || [
      "delete", "terminate", "destroy", "purge", "remove", "deregister", "stop", "disable", "revoke",
      "reboot",
    ]
    .contains(firstWord(of: operation))
}
