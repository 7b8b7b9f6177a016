internal import Linting
internal import Rules
internal import Syntax
internal import Verdicts

/// What only planning finds in a request or in one of its values.
struct Remark: Sendable {
  let rule: String
  var severity: Severity
  let message: String
  var hint: String?
  /// Drops the remark if linting reports an error at this pointer (RFC 6901); `nil` to drop it only for a finding of
  /// the same rule.
  var coveringPointer: String?
  /// Whether it keeps the request from being sent, whatever a configuration says.
  var isFinal = false
  /// The value at which the finding is placed; `nil` for the line of the request.
  var location: (span: ByteSpan, pointer: JSONPointer)?
}

extension Remark {
  /// - Parameter isFinal: by default whether the check is an error.
  init(_ check: BuiltInCheck, _ message: String, hint: String? = nil, isFinal: Bool? = nil) {
    self.init(
      rule: check.id, severity: check.severity, message: message, hint: hint,
      isFinal: isFinal ?? (check.severity == .error))
  }

  init(_ value: UnsafeCommandValue, in document: Document, below parameters: NodeID) {
    let name = value.pointer.map { $0.tokens.joined(separator: "/") } ?? "a value of the request"
    self.init(
      .unsafeCommandValue, "\(name) \(value.problem), so no command to run afterwards is printed with it")
    if let pointer = value.pointer, let node = document.value(at: pointer, from: parameters) {
      self.location = (document.sourceSpan(of: node), pointer)
    }
  }
}
