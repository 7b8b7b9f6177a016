internal import Models
internal import Syntax

/// Locates findings and names their places in messages.
extension ModelCheck {
  var pointer: JSONPointer {
    let plain = longKeys.isEmpty ? document.pointer(path) : pointerByLongKeys
    guard !maskedKeys.isEmpty else { return plain }
    return JSONPointer(
      zip(path, plain.tokens).map { step, token in
        if case .member(let key) = step, maskedKeys.contains(key) { redacted } else { token }
      })
  }

  /// The pointer to the current value; the text of long keys is shared among all findings.
  private var pointerByLongKeys: JSONPointer {
    JSONPointer(
      path.map { step in
        switch step {
        case .member(let key): longKeys[key] ?? document.string(of: key)
        case .item(let index): String(index)
        }
      })
  }

  /// Hides a key in pointers and messages.
  mutating func hideKey(_ key: NodeID) { maskedKeys.insert(key) }

  /// Records a key that is too long to copy for each finding below it.
  mutating func noteLongKey(_ key: NodeID) {
    if document.textCount(of: key) > 256, longKeys[key] == nil { longKeys[key] = document.string(of: key) }
  }

  func name(_ pointer: JSONPointer) -> String {
    let tokens = pointer.tokens
    guard !tokens.isEmpty else { return "the parameters" }
    func shown(_ token: String) -> String {
      let isPlain =
        token.utf8.count <= 240 && token.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
      return isPlain ? token : quote(token)
    }
    // Nobody reads the middle of a path with hundreds of parts.
    guard tokens.count > 24 else { return tokens.map(shown).joined(separator: ".") }
    return tokens.prefix(12).map(shown).joined(separator: ".") + "…"
      + tokens.suffix(8).map(shown).joined(separator: ".")
  }

  /// A blank and the value in quotes; nothing for an empty or sensitive one.
  func shownValue(_ id: NodeID) -> String {
    document.textCount(of: id) == 0 ? "" : shown(" \(quote(document.string(of: id)))")
  }

  func shortened(_ number: ExactNumber) -> String {
    let text = number.description
    return text.count > 40 ? "\(text.prefix(36))…" : text
  }

  /// The text, or nothing if the value is sensitive.
  func shown(_ text: String) -> String { isSensitive ? "" : text }

  func characters(_ count: ExactNumber) -> String {
    count == ExactNumber(1) ? "1 character" : "\(count) characters"
  }

  func span(of id: NodeID) -> ByteSpan {
    if path.isEmpty { return requestKey }
    let span = document[id].kind == .scalar ? document.sourceSpan(of: id) : document.anchorSpan(of: id)
    guard span.isEmpty, case .member(let key)? = path.last else { return span }
    return document.sourceSpan(of: key)
  }

  func keySpan(of id: NodeID) -> ByteSpan {
    guard case .member(let key)? = path.last else {
      return path.isEmpty ? requestKey : document.anchorSpan(of: id)
    }
    return document.sourceSpan(of: key)
  }
}
