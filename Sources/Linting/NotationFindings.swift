internal import Models
internal import Requests
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let ambiguousScalar = BuiltInCheck(
    "ambiguous-scalar", "Value that readers understand differently", severity: .warning,
    why:
      "YAML 1.1 and 1.2 type some plain scalars differently, some readers refuse some of them, and no JSON holds `.inf`, so the request depends on the tool that sends it. Quotes settle it."
  )
}

/// A value that readers interpret differently.
package struct ValueReading: Hashable, Sendable {
  /// RFC 6901, relative to the parameters.
  package let pointer: String
  /// The readers' interpretations; masked if they must not be shown.
  package let text: String
}

/// Words the findings about oddities of notation.
extension NotationOddity {
  var problem: String {
    switch kind {
    case .lineBreak(let character):
      "U+\(Self.digits(of: character)) ends a line to YAML 1.1 readers, and is a character like any other to YAML 1.2 readers"
    case .tabBeforeComment: "a tab before a comment, which PyYAML and the AWS CLI's ruamel.yaml refuse"
    case .byteOrderMark: "byte order mark inside the stream, which PyYAML and ruamel.yaml take for text"
    }
  }

  var remedy: String {
    switch kind {
    case .lineBreak(let character): "write it as \\u\(Self.digits(of: character)) in double quotes"
    case .tabBeforeComment: "put a space before the #"
    case .byteOrderMark: "remove it"
    }
  }

  var fix: Fix? {
    switch kind {
    case .lineBreak: nil
    case .tabBeforeComment: Fix(isSafe: true, edits: [TextEdit(span, " ")])
    case .byteOrderMark: Fix(isSafe: true, edits: [TextEdit(span, "")])
    }
  }

  private static func digits(of character: Unicode.Scalar) -> String {
    let digits = String(character.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension FindingCollector {
  /// Reports a byte order mark before a JSON text, once.
  func addByteOrderMark() {
    let length = file.text.byteOrderMarkLength
    guard file.notation == .json, length > 0, !hasReportedMark else { return }
    hasReportedMark = true
    let mark = ByteSpan(0, length)
    add(
      .invalidEncoding, "JSON begins with a byte order mark, which the AWS CLI and Python refuse",
      hint: "remove it: save the file as UTF-8 without one", at: mark,
      fix: Fix(isSafe: true, edits: [TextEdit(mark, "")]))
  }

  /// Reports places that YAML readers interpret differently.
  ///
  /// - Parameter masked: values that must not be shown, including keys inside them.
  func add(
    _ oddities: [NotationOddity], of document: Document, _ owners: KeyOwners, firstRequest: Int,
    masked: MaskedNodes
  ) {
    let scalars = oddities.compactMap(\.scalar)
    var paths = zip(scalars, document.paths(to: scalars)).makeIterator()
    for oddity in oddities {
      guard let scalar = oddity.scalar, let (_, path) = paths.next() else {
        let owner = owners.request(around: oddity.span).map { firstRequest + $0 }
        add(oddity, at: oddity.span, JSONPointer(), request: owner)
        continue
      }
      let span = document.sourceSpan(of: scalar)
      let owner = owners.request(withParameters: scalar)
      let shown = path.prefix { step in
        guard case .member(let key) = step else { return true }
        return !masked.contains(key)
      }
      let pointer = document.pointer(
        path.prefix(min(shown.count + 1, path.count)).dropFirst(owner?.depth ?? 0))
      let request = (owner?.index ?? owners.request(around: span)).map { firstRequest + $0 }
      add(oddity, at: span, pointer, request: request)
      if let request, owner != nil { addReading(oddity.problem, at: pointer, request: request) }
    }
  }

  private func add(
    _ oddity: NotationOddity, at span: ByteSpan, _ pointer: JSONPointer, request: Int?
  ) {
    let isMark = oddity.kind == .byteOrderMark
    add(
      isMark ? .invalidEncoding : .ambiguousScalar, oddity.problem, hint: oddity.remedy, at: span, pointer,
      request: isMark ? nil : request, fix: oddity.fix)
  }

  /// Reports keys that a mapping has twice.
  ///
  /// - Parameter masked: values that must not be shown, including keys inside them.
  func add(
    _ duplicates: [Document.DuplicateKey], of document: Document, _ owners: KeyOwners, firstRequest: Int,
    masked: MaskedNodes
  ) {
    for (duplicate, path) in zip(duplicates, document.paths(to: duplicates.map(\.again))) {
      let span = document.sourceSpan(of: duplicate.again)
      let inParameters = owners.request(withParameters: duplicate.again)
      let depth = inParameters?.depth ?? 0
      let shown = path.prefix { step in
        guard case .member(let key) = step else { return true }
        return !masked.contains(key)
      }
      let isHidden = shown.count < path.count
      let key =
        isHidden ? "a key inside a sensitive value" : "key \(quote(document.string(of: duplicate.again)))"
      add(
        .duplicateKey, "\(key) is given twice; readers keep the last value", hint: "remove one of the two",
        at: span,
        document.pointer(shown.dropFirst(depth)),
        request: (inParameters?.index ?? owners.request(around: span)).map { firstRequest + $0 })
    }
  }
}
