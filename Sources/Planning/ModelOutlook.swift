internal import Models
internal import Rules
internal import Syntax

/// What the model alone lets expect of a request: cautious, since a model says little of effects.
///
/// - Shape: read-only by the first word of the operation's name; everything else is taken for a change.
func modelOutlook(of operation: Operation, _ document: Document, _ parameters: NodeID) -> Outlook {
  let reads = isReadOnly(operation)
  var outlook = Outlook(
    effect: reads
      ? "reads through \(operation.id); changes nothing"
      : "calls \(operation.id), which may change or create things")
  outlook.schedule = Schedule(note: "takes effect when it is sent")
  outlook.risk =
    reads
    ? Risk(level: .low, reasons: ["reads only, by the operation's name"])
    : Risk(level: .medium, reasons: ["changes things, by the operation's name; nothing more is known of it"])
  if destroys(operation) {
    outlook.risk.level = .high
    outlook.risk.reasons = ["deletes or ends something, by the operation's name"]
    outlook.isDisruptive = true
  }
  if operation.isDeprecated {
    outlook.risk.level = max(outlook.risk.level, .medium)
    outlook.risk.reasons.append("operation \(operation.id) is deprecated")
  }
  for token in operation.input.map({ operation[$0].members.filter(\.isIdempotencyToken) }) ?? []
  where document.value(of: token.name, in: parameters) == nil {
    outlook.inferred.append(
      InferredValue(
        pointer: JSONPointer([token.name]).description, value: "a random token",
        because: "clients fill in the idempotency token when they send, a new one each time",
        source: operation.documentation))
  }
  return outlook
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
