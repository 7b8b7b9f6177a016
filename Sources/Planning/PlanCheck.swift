internal import Rules
internal import Syntax
internal import Verdicts

/// Ids of what only planning finds.
enum PlanCheck: String {
  case noEndpoint = "no-endpoint"
  case notSerializable = "not-serializable"
  case nonFiniteNumber = "non-finite-number"
  case unsafeCommandValue = "unsafe-command-value"
  case eventStream = "event-stream"

  func remark(_ message: String) -> Remark {
    Remark(
      rule: rawValue, severity: self == .eventStream ? .info : .error, message: message,
      isFinal: self != .eventStream)
  }
}

extension Remark {
  init(_ value: UnsafeCommandValue, in document: Document, below parameters: NodeID) {
    let name = value.pointer.map { $0.tokens.joined(separator: "/") } ?? "a value of the request"
    self.init(
      rule: PlanCheck.unsafeCommandValue.rawValue, severity: .warning,
      message: "\(name) \(value.problem), so no command to run afterwards is printed with it")
    if let pointer = value.pointer, let node = document.value(at: pointer, from: parameters) {
      self.value = (document.sourceSpan(of: node), pointer)
    }
  }
}
