internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let syntaxError = BuiltInCheck(
    "syntax-error", "File is no well-formed YAML or JSON", traits: [.fileFault, .beyondSuppression],
    why: "No reader can make a request of it.")
  static let invalidEncoding = BuiltInCheck(
    "invalid-encoding", "File is not UTF-8", traits: [.fileFault, .beyondSuppression],
    why: "JSON must be UTF-8 without a byte order mark, and YAML readers guess otherwise.")
  static let documentLimit = BuiltInCheck(
    "document-limit", "File passes a bound", traits: [.fileFault, .beyondSuppression, .beyondBaseline],
    why: "Nesting, aliases, size or findings go beyond what an honest file has.")
}

/// Findings about files and documents that cannot be read.
extension FindingCollector {
  /// - Parameter discreetly: whether to leave out words of the file.
  func add(_ issue: SyntaxIssue, discreetly: Bool) {
    let message = discreetly ? issue.discreetMessage : issue.message
    switch issue.kind {
    case .syntax: add(.syntaxError, message, at: issue.span)
    case .limit: add(.documentLimit, message, hint: issue.limit.map(Self.remedy), at: issue.span)
    }
  }

  /// How to work around a limit.
  static func remedy(for limit: Limits.Name) -> String {
    "simplify it, or raise the limit: --limit \(limit.rawValue)=NUMBER, or limits in .reqlint.yaml"
  }

  func add(_ fault: SourceText.EncodingFault) {
    switch fault {
    case .notUTF8(let span):
      let bytes = file.text.bytes[span.range].map { byte in
        (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16, uppercase: true)
      }
      add(
        .invalidEncoding, "\(bytes.joined(separator: " ")) is not UTF-8", hint: "save the file as UTF-8",
        at: span)
    case .otherEncoding(let name, let mark):
      add(.invalidEncoding, "file is \(name), but must be UTF-8", hint: "save the file as UTF-8", at: mark)
    case .unmarkedEncoding(let name, let first):
      add(
        .invalidEncoding, "file is \(name) without a byte order mark, but must be UTF-8",
        hint: "save the file as UTF-8", at: first)
    }
  }
}
