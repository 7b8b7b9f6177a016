internal import Rules
package import Syntax
package import Verdicts

/// A finding with its position as people count it, and its line.
///
/// A class, since reports and plans sort, group and pass on what they show.
package final class LocatedFinding: Sendable {
  package let file: String
  /// `nil` for a finding outside any request.
  package let requestID: String?
  package let service: String?
  package let operation: String?
  package let rule: String
  package let severity: Severity
  package let message: String
  package let hint: String?
  /// RFC 6901.
  package let pointer: String
  package let start: Position
  /// Exclusive.
  package let end: Position
  /// Column of the start in bytes, from 1.
  package let startByteColumn: Int
  /// Column of the end in bytes, from 1, exclusive.
  package let endByteColumn: Int
  package let source: String?
  package let excerpt: Excerpt
  /// `nil` if no repair is known, or if it would show secrets.
  package let fix: LocatedFix?
  /// Why the finding is suppressed; `nil` if it counts.
  package let suppression: Suppression?
  /// Identifies the finding within its file, independent of its line.
  package let key: FindingKey
  /// Counts the requests of the file from 0; `nil` for a finding outside any request.
  package let requestNumber: Int?

  /// A finding about a request as a whole, created after its file was linted.
  ///
  /// - Parameter line: the first line of the request.
  package convenience init(
    file: String, line: Int, requestID: String, service: String?, operation: String?, rule: String,
    severity: Severity, message: String, hint: String? = nil, source: String? = nil
  ) {
    let start = Position(line: line, column: 1)
    self.init(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: "", start: start, end: start, source: source,
      excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
  }

  /// A finding about a value, created after its file was linted.
  ///
  /// - Parameter pointer: from the parameters.
  package convenience init(
    file: String, at place: Range<Position>, _ pointer: JSONPointer, requestID: String, service: String?,
    operation: String?, rule: String, severity: Severity, message: String, hint: String? = nil
  ) {
    self.init(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: pointer.description, start: place.lowerBound,
      end: place.upperBound, source: nil, excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
  }

  init(
    file: String, requestID: String?, service: String?, operation: String?, rule: String, severity: Severity,
    message: String, hint: String?, pointer: String, start: Position, end: Position, source: String?,
    byteColumns: (start: Int, end: Int)? = nil, excerpt: Excerpt, fix: LocatedFix? = nil,
    suppression: Suppression? = nil, key: FindingKey? = nil, requestNumber: Int? = nil
  ) {
    self.requestNumber = requestNumber
    self.file = file
    self.requestID = requestID
    self.service = service
    self.operation = operation
    self.rule = rule
    self.severity = severity
    self.message = message
    self.hint = hint
    self.pointer = pointer
    self.start = start
    self.end = end
    startByteColumn = byteColumns?.start ?? start.column
    endByteColumn = byteColumns?.end ?? end.column
    self.source = source
    self.excerpt = excerpt
    self.fix = fix
    self.suppression = suppression
    self.key =
      key ?? FindingKey(operation: nil, rule: rule, pointer: pointer, severity: severity, value: nil)
  }
}

extension LocatedFinding {
  func suppressed(by suppression: Suppression) -> LocatedFinding {
    LocatedFinding(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: pointer, start: start, end: end, source: source,
      excerpt: excerpt,
      fix: fix, suppression: suppression, key: key, requestNumber: requestNumber)
  }

  /// - Parameters:
  ///   - request: the request of the finding.
  ///   - masks: what of the text must not be shown.
  ///   - words: texts that must not be shown wherever they are.
  convenience init(
    _ finding: Finding, of request: RequestResult?, in path: String, _ text: SourceText, _ lines: LineIndex,
    masks: [ByteSpan], words: SecretWords
  ) {
    self.init(
      file: path, requestID: request?.id, service: request?.service,
      operation: request?.operation, rule: finding.rule, severity: finding.severity,
      message: finding.message, hint: finding.hint, pointer: finding.pointer.description,
      start: lines.position(of: finding.span.start),
      end: lines.end(of: finding.span), source: finding.source,
      byteColumns: (
        lines.byteColumn(of: finding.span.start, in: text), lines.byteColumn(of: finding.span.end, in: text)
      ),
      excerpt: finding.span.end == 0
        ? Excerpt(text: "", markStart: 0, markCount: 0)
        : Excerpt(finding.span, in: text, lines, masks: masks, words: words),
      fix: finding.fix.flatMap { fix in
        let isHidden = fix.edits.contains { words.occur(in: ArraySlice($0.replacement.utf8)) }
        return isHidden ? nil : LocatedFix(fix, text, lines, sensitive: masks)
      },
      suppression: finding.suppression, key: finding.key, requestNumber: finding.request)
  }
}

extension LocatedFix {
  /// `nil` for a fix that touches secrets.
  fileprivate init?(_ fix: Fix, _ text: SourceText, _ lines: LineIndex, sensitive: [ByteSpan]) {
    let touches = fix.edits.contains { edit in sensitive.contains { $0.overlaps(edit.span) } }
    guard !touches else { return nil }
    isSafe = fix.isSafe
    let sorted = fix.edits.sorted { $0.span.start < $1.span.start }
    edits = sorted.map { Edit($0, text, lines) }
    joined = TextEdit.joining(sorted, in: text, sensitive: sensitive).map { Edit($0, text, lines) }
  }
}

extension LocatedFinding {
  /// Whether it is about an unusable model, so that the run could not do what was requested.
  package var isFaultOfModel: Bool { rule == BuiltInCheck.unusableModel.id }

  /// Whether it is about a number that no command can contain.
  package var isNonFiniteNumber: Bool { rule == BuiltInCheck.nonFiniteNumber.id }

  /// Whether it gives the reason for a missing follow-up command.
  package var isUnsafeCommandValue: Bool { rule == BuiltInCheck.unsafeCommandValue.id }
}
