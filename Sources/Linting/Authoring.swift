internal import Models
internal import Syntax

/// Detects unfinished values by a scalar's text alone.
extension Document {
  /// Whether a text is a file URI, which the AWS CLI resolves only as a whole argument.
  func isFileURI(_ id: NodeID) -> Bool {
    guard firstByte(of: id) == UInt8(ascii: "f") else { return false }
    let text = text(of: id)
    return text.starts(with: "file://".utf8) || text.starts(with: "fileb://".utf8)
  }

  /// Whether a text is a placeholder that was never filled in: `CHANGEME`, `string`.
  ///
  /// - Parameter mayBeWord: whether the word `string`, boto3's example for every text, counts.
  func isMark(_ id: NodeID, mayBeWord: Bool) -> Bool {
    switch firstByte(of: id) {
    case UInt8(ascii: "s"): !mayBeWord && hasText("string", at: id)
    case UInt8(ascii: "C"): hasText("CHANGEME", at: id) || hasText("CHANGE_ME", at: id)
    case UInt8(ascii: "R"): hasText("REPLACE_ME", at: id) || hasText("REPLACEME", at: id)
    case UInt8(ascii: "T"): hasText("TODO", at: id)
    case UInt8(ascii: "F"): hasText("FIXME", at: id)
    default: false
    }
  }

  /// Whether a value of any type is a placeholder such as `<your-name>`, but not XML.
  func isPlaceholder(_ id: NodeID) -> Bool {
    let id = resolve(id)
    guard firstByte(of: id) == UInt8(ascii: "<") else { return false }
    let text = text(of: id)
    guard text.count > 2, text.last == UInt8(ascii: ">"),
      scalarType(of: id) == .string
    else { return false }
    let inside = text.dropFirst().dropLast()
    return inside.last != UInt8(ascii: "/")
      && !inside.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "\n") }
  }

  /// The remedy for a value that does not fit a shape's kind.
  func remedy(for id: NodeID, as kind: Shape.Kind, isSensitive: Bool) -> String? {
    switch (scalarType(of: id), kind) {
    case (.null, _): return "remove it, or give a value"
    case (nil, .string) where notation == .yaml: return "write it as text, for example as a block after |"
    case (nil, _): return nil
    case (_, .string): return isSensitive ? "quote it" : "quote it: \(quote(string(of: id)))"
    case (.string, _) where isFileURI(id): return "write the file's content here"
    case (.string, _) where kind.takes(withText(of: id, PlainText.type(of:))): return "remove the quotes"
    default: return nil
    }
  }
}
