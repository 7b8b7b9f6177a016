internal import Syntax

/// The secret words of each request of a document, and of the text outside its requests.
struct RequestWords {
  private var words: [Int: SecretWords] = [:]
  /// The secret words outside requests.
  var frame = SecretWords()

  /// - Parameter request: its number in the file; `nil` outside requests.
  subscript(request: Int?) -> SecretWords? {
    get { request.map { words[$0] } ?? frame }
    set {
      guard let newValue else { return }
      if let request { words[request] = newValue } else { frame = newValue }
    }
  }

  var isEmpty: Bool { frame.isEmpty && words.values.allSatisfy(\.isEmpty) }

  /// The words of all requests.
  var all: SecretWords { words.values.reduce(into: frame) { $0.formUnion($1) } }

  /// The words that a finding about a request must not show; all words for a finding outside requests.
  func of(_ request: Int?) -> SecretWords? {
    guard let request else { return all }
    // Problems with a request's frame may be reported for the request.
    guard var own = words[request] else { return frame }
    own.formUnion(frame)
    return own
  }
}

extension Finding {
  mutating func mask(_ words: SecretWords) {
    let (message, hint) = (words.masking(message), hint.map { words.masking($0) })
    let pointer = pointer.masked(words)
    let reason = suppression?.reason.map { words.masking(reason: $0) }
    guard
      message != self.message || hint != self.hint || pointer != self.pointer || reason != suppression?.reason
    else { return }
    (self.message, self.hint, self.pointer) = (message, hint, pointer)
    suppression?.reason = reason
  }
}

extension NotEvaluated {
  mutating func mask(_ words: SecretWords) {
    self = NotEvaluated(
      request: request, rule: rule, reason: words.masking(reason), span: span, pointer: pointer.masked(words))
  }
}

extension JSONPointer {
  fileprivate func masked(_ words: SecretWords) -> JSONPointer {
    guard tokens.contains(where: { !words.ranges(in: ArraySlice($0.utf8)).isEmpty }) else { return self }
    return JSONPointer(tokens.map { words.ranges(in: ArraySlice($0.utf8)).isEmpty ? $0 : redacted })
  }
}
