internal import Models
internal import Syntax

/// A comment within two edits of a directive that names an operation, such as `# reqlnt: sqs.CreateQueue`.
///
/// Comments of other tools and people that only mention this one do not count: an operation must follow the mark, alone
/// or with settings.
struct MisspeltDirective {
  /// The text in place of `reqlint:`.
  let mark: String
  /// The text after the mark, as a correct directive would have it.
  let meaning: String
  let namesOperation: Bool
  /// `nil` if the operation's name is misspelt too.
  let operation: OperationID?
  let span: ByteSpan

  /// The largest edit distance at which a comment counts as misspelt.
  private static let bound = 2

  /// - Parameter bytes: the text that contains the comment.
  init?(_ comment: ByteSpan, in bytes: [UInt8], models: LoadedModels) {
    var start = Int(comment.start)
    while start < Int(comment.end), bytes[start] == UInt8(ascii: "#") { start += 1 }
    while start < Int(comment.end), bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    let text = bytes[start..<Int(comment.end)]
    guard Self.mayBegin(text) else { return nil }
    for length in Self.markLengths(of: text) {
      let rest = Rest(text.dropFirst(length), mark: text.prefix(length))
      guard let rest, let meaning = rest.meaning(models) else { continue }
      let written = text.prefix(length + rest.separatorLength)
      mark = String(decoding: written, as: UTF8.self).trimmingBlanks()
      self.meaning = meaning.text
      namesOperation = meaning.namesOperation
      operation = meaning.operation
      span = ByteSpan(start, rest.end)
      return
    }
    return nil
  }

  /// Whether a comment may begin with a misspelt mark; a quick check, since every file has comments.
  ///
  /// Two edits leave six of the mark's eight letters, which are all different.
  private static func mayBegin(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count > Directive.mark.utf8.count - bound else { return false }
    if text.begins(with: Directive.mark) { return false }
    var found: UInt8 = 0
    for byte in text.prefix(Directive.mark.utf8.count + bound) {
      switch Unicode.Scalar(lowercased(byte)) {
      case "r": found |= 1
      case "e": found |= 2
      case "q": found |= 4
      case "l": found |= 8
      case "i": found |= 16
      case "n": found |= 32
      case "t": found |= 64
      case ":": found |= 128
      default: break
      }
    }
    return found.nonzeroBitCount >= Directive.mark.utf8.count - bound
  }

  /// Possible lengths of a misspelt mark at the beginning of a comment, best first.
  ///
  /// - Source: optimal string alignment distance to the mark, whatever the case of letters.
  private static func markLengths(of text: ArraySlice<UInt8>) -> [Int] {
    let mark = Array(Directive.mark.utf8)
    let head = text.prefix(mark.count + bound).map(lowercased)
    var rows = [Array(0...head.count)]
    for (row, letter) in mark.enumerated() {
      var next = [row + 1]
      for (column, other) in head.enumerated() {
        var cost = min(
          rows[row][column] + (letter == other ? 0 : 1), rows[row][column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, letter == head[column - 1], mark[row - 1] == other {
          cost = min(cost, rows[row - 1][column - 1] + 1)
        }
        next.append(cost)
      }
      rows.append(next)
    }
    let distances = rows[mark.count]
    return distances.indices.filter { distances[$0] <= bound }
      .sorted { (distances[$0], -$0) < (distances[$1], -$1) }
  }
}

/// The text after a misspelt mark.
private struct Rest {
  /// Bytes of punctuation and blanks between the mark and the first word.
  let separatorLength: Int
  /// Where the last word ends, in the source.
  let end: Int
  /// Whether a colon, as in a directive, or an equals sign ends the mark.
  private let isSeparated: Bool
  /// Whether punctuation or a blank separates the mark from the first word.
  private let isApart: Bool
  private let words: [String]

  /// `nil` if no word follows.
  init?(_ text: ArraySlice<UInt8>, mark: ArraySlice<UInt8>) {
    func isSign(_ byte: UInt8) -> Bool { ":=;.,-".utf8.contains(byte) }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let rest = text.drop { isSign($0) || isBlank($0) }
    separatorLength = rest.startIndex - text.startIndex
    let signs = Array(mark.suffix(1)) + text[..<rest.startIndex]
    isSeparated = signs.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }
    isApart = signs.contains { isSign($0) || isBlank($0) }
    words = rest.split(whereSeparator: isBlank).map { String(decoding: $0, as: UTF8.self) }
    guard !words.isEmpty else { return nil }
    end = (rest.lastIndex { !isBlank($0) } ?? rest.startIndex) + 1
  }

  struct Meaning {
    let text: String
    var namesOperation = true
    var operation: OperationID?
  }

  /// What a directive with these words would mean; `nil` if they are more likely prose.
  func meaning(_ models: LoadedModels) -> Meaning? {
    if isApart, words.allSatisfy({ Self.isSetting($0) }) {
      return Meaning(text: words.joined(separator: " "), namesOperation: false)
    }
    let command = words.count >= 3 ? OperationID(command: words[..<3].joined(separator: " ")) : nil
    let settings = words.dropFirst(command == nil ? 1 : 3)
    guard isSeparated || settings.allSatisfy({ $0.contains("=") }) else { return nil }
    guard let written = command ?? Self.name(words[0]) else { return nil }
    let known = models.canonicalName(written)
    guard let meant = known ?? (isApart ? Self.near(written, models) : nil) else { return nil }
    let kept = settings.filter { Self.isSetting($0) }
    return Meaning(text: ([meant.description] + kept).joined(separator: " "), operation: known)
  }

  private static func isSetting(_ word: String) -> Bool {
    ["region=", "account="].contains { word.hasPrefix($0) && word.utf8.count > $0.utf8.count }
  }

  /// `SERVICE.OPERATION`, possibly with another separator in place of the dot.
  private static func name(_ word: String) -> OperationID? {
    let word = word.drop { "\"'`".contains($0) }
    let trimmed = String(
      word[..<(word.lastIndex { !"\"'`.,;:".contains($0) }.map { word.index(after: $0) } ?? word.startIndex)])
    if let id = OperationID(written: trimmed) { return id }
    let parts = trimmed.split(maxSplits: 1, omittingEmptySubsequences: false) { ":/".contains($0) }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return OperationID(service: String(parts[0]), operation: String(parts[1]))
  }

  /// The operation meant by a name with one slip, either in the service or in the operation.
  private static func near(_ written: OperationID, _ models: LoadedModels) -> OperationID? {
    if models.serviceName(written.service) != nil {
      return models.nearOperation(written).flatMap { $0.hasThatName ? nil : $0.id }
    }
    return models.nearService(written.service).flatMap {
      models.canonicalName(OperationID(service: $0, operation: written.operation))
    }
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    let start = firstIndex { $0 != " " && $0 != "\t" } ?? endIndex
    let end = lastIndex { $0 != " " && $0 != "\t" }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
