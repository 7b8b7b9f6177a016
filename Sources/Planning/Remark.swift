internal import Linting
internal import Rules
internal import Syntax
internal import Verdicts

/// Something worth saying about a request, or about one of its values.
struct Remark: Sendable {
  let rule: String
  var severity: Severity
  let message: String
  var hint: String?
  /// The value it is about, by RFC 6901; `nil` for the request as a whole.
  var pointer: String?
  /// Whether it keeps the request from being sent, whatever a configuration says.
  var isFinal = false
  /// The value that it speaks of, where there is one.
  var value: (span: ByteSpan, pointer: JSONPointer)?
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
      self.value = (document.sourceSpan(of: node), pointer)
    }
  }
}
