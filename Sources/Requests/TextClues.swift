package import Models
package import Syntax

extension Binder {
  /// Whether a text that cannot be parsed looks like a request file: its path or its words would bind it.
  package func looksLikeRequests(
    _ text: SourceText, path: PathParts, models: LoadedModels
  ) -> Bool {
    if hasFlag { return true }
    let names = path.names(in: models.catalog)
    if models.operation(among: names) != nil { return true }
    if !models.misspeltOperations(among: names).isEmpty { return true }
    let bytes = text.searchableBytes
    return bytes.contains(sequence: Array(Directive.mark.utf8))
      || carriers.contains { $0.mayHoldRequests(bytes) }
      || holdsMisspeltDirective(text.bytes, models: models)
  }

  /// Whether a line of a text is a comment within two edits of a directive.
  private func holdsMisspeltDirective(_ bytes: [UInt8], models: LoadedModels) -> Bool {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(where: isLineEnd) ?? bytes.count
      let comment = ByteSpan(bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? end, end)
      if !comment.isEmpty, bytes[Int(comment.start)] == UInt8(ascii: "#"),
        MisspeltDirective(comment, in: bytes, models: models) != nil
      {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// What a text that cannot be parsed, and its surroundings, say about its operations.
  ///
  /// - Shape: the operations that `--operation`, the configuration and the path name, and every name after
  ///   `reqlint:` or a carrier's mark, whether or not such an operation exists.
  package func claims(
    in text: SourceText, path: PathParts, configured: OperationID?, models: LoadedModels
  ) -> [OperationClaim] {
    if let flaggedOperation { return [OperationClaim(flaggedOperation)] }
    var claims =
      configured.map { [OperationClaim($0)] } ?? path.names(in: models.catalog).map { OperationClaim($0) }
    let bytes = text.searchableBytes
    let marks = carriers.map(\.marks)
    let kinds: [(OperationClaim.Mark, [String])] = [
      (.directive, [Directive.mark]), (.operation, marks.flatMap(\.operations)),
      (.command, marks.flatMap(\.commands)),
    ]
    for (kind, mark) in kinds.flatMap({ kind, marks in marks.map { (kind, $0) } }) {
      var start = 0
      while let found = bytes.firstIndex(of: Array(mark.utf8), from: start) {
        start = found + mark.utf8.count
        let line = bytes[start...].prefix(Self.claimLength).prefix { !isLineEnd($0) }
        let words = line.split { $0 == 0x20 || $0 == 0x09 || "\"':,{}[]".utf8.contains($0) }
          .map { String(decoding: $0, as: UTF8.self) }
        claims.append(OperationClaim(behind: kind, words))
      }
    }
    return claims
  }

  /// How many bytes after a mark are searched.
  private static let claimLength = 200

  /// Words of a file that may name its services, even if it cannot be parsed or names no existing operation.
  ///
  /// - Shape: the words of `--operation` and the path, and every name after `reqlint:` or a
  ///   carrier's mark.
  package func serviceWords(_ text: SourceText, path: PathParts) -> Set<String> {
    var names = Set(path.all.flatMap { $0.split(separator: ".") }.map { String($0) })
    if let flaggedOperation { names.insert(flaggedOperation.service) }
    let bytes = text.searchableBytes
    for mark in [Directive.mark] + carriers.flatMap({ $0.marks.services + $0.marks.commands }) {
      var start = 0
      while let found = bytes.firstIndex(of: Array(mark.utf8), from: start) {
        start = found + mark.utf8.count
        let rest = bytes[start...].prefix(80).drop { $0 == 0x20 || "\"':".utf8.contains($0) }
        names.insert(String(decoding: rest.prefix(while: isServiceNameByte), as: UTF8.self))
      }
    }
    names.remove("")
    return names
  }
}

/// What a text says about its operation.
package struct OperationClaim: Sendable {
  /// `nil` if only the operation is named.
  package let service: String?
  /// Empty if no possible name is given.
  package let operation: String

  fileprivate init(_ id: OperationID) { (service, operation) = (id.service, id.operation) }

  /// The kind of mark before a claim.
  fileprivate enum Mark { case directive, operation, command }

  /// - Parameter words: of the line after the mark.
  fileprivate init(behind mark: Mark, _ words: [String]) {
    let first = words.first ?? ""
    let text =
      mark == .command || first == "aws"
      ? "aws " + words.drop { $0 == "aws" }.prefix(2).joined(separator: " ") : first
    let id = OperationID(written: text)
    service = id?.service
    operation = id?.operation ?? (mark == .operation ? first : "")
  }
}

private func isServiceNameByte(_ byte: UInt8) -> Bool {
  (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "@")
}
