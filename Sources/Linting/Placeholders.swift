internal import Rules
internal import Syntax

/// Values of a request that are still to be filled in, which no rule can judge.
struct Placeholders {
  private var spans: Set<ByteSpan> = []
  private var texts: Set<String> = []

  mutating func add(_ span: ByteSpan, _ text: String) {
    spans.insert(span)
    texts.insert(text)
  }

  /// Whether a violation is about a placeholder.
  func speak(of violation: RuleViolation) -> Bool {
    !spans.isEmpty && (spans.contains(violation.span) || isNamed(in: violation.message))
  }

  /// Whether a message mentions a placeholder, which is enclosed in angle brackets.
  private func isNamed(in message: String) -> Bool {
    let ends = message.indices.filter { message[$0] == ">" }
    return message.indices.contains { start in
      message[start] == "<"
        && ends.contains { $0 > start && texts.contains(String(message[start...$0])) }
    }
  }
}
