internal import Models
internal import Patterns
internal import Requests
internal import Rules
internal import Syntax

/// Gathers what is found in one file.
struct FileReport {
  private let file: RequestFile
  private let limits: Limits
  private let minimumSeverity: Severity
  private var result = FileResult()
  private var droppedCount = 0
  private var droppedNotEvaluated = 0
  private var requestIDs: Set<String> = []
  private var sensitiveSpans: Set<ByteSpan> = []
  private var emptySpans: [ByteSpan] = []
  /// Values that are still to be filled in, of which no rule can tell anything.
  private var placeholders: [(span: ByteSpan, text: String)] = []
  /// What is wrong with documents of a file met on the way that bind to nothing.
  private var unbound: [BindingIssue] = []
  /// Where the operation that is being checked is documented; the source of findings from its model.
  var documentation: String?
  var documentCount = 0
  /// Names that must not be shown where a request's operation is in doubt; found once for a file.
  var doubtfulNames: Set<String>?
  /// For the patterns of models; one file's, so that no other file decides what is evaluated.
  var matchBudget: MatchBudget

  init(file: RequestFile, limits: Limits, minimumSeverity: Severity) {
    self.file = file
    self.limits = limits
    self.minimumSeverity = minimumSeverity
    matchBudget = MatchBudget(fileSize: file.text.bytes.count)
  }

  var requestCount: Int { result.requests.count }
  /// Findings so far, those over the limit included.
  var findingCount: Int { result.findings.count + droppedCount }

  // MARK: Findings

  mutating func add(
    _ id: FindingID, _ message: String, hint: String? = nil, severity: Severity? = nil, at span: ByteSpan,
    _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    add(
      Finding(
        request: request, rule: id.rawValue, severity: severity ?? id.severity, message: message, hint: hint,
        span: span, pointer: pointer, source: request == nil ? nil : documentation))
  }

  mutating func addPlaceholder(_ span: ByteSpan, _ text: String) { placeholders.append((span, text)) }

  mutating func add(_ violation: RuleViolation, of rule: Rule, request: Int) {
    let speaksOfPlaceholder = placeholders.contains {
      $0.span == violation.span || violation.message.contains($0.text)
    }
    guard !speaksOfPlaceholder else { return }
    add(
      Finding(
        request: request, rule: rule.id, severity: rule.description.severity, message: violation.message,
        hint: violation.hint, span: violation.span, pointer: violation.pointer,
        source: rule.description.sources.first))
  }

  /// - Parameter discreetly: leaves out the file's own words.
  mutating func add(_ issue: SyntaxIssue, discreetly: Bool) {
    let message = discreetly ? issue.discreetMessage : issue.message
    switch issue.kind {
    case .syntax: add(.syntaxError, message, at: issue.span)
    case .limit: add(.documentLimit, message, at: issue.span)
    }
  }

  mutating func add(_ fault: SourceText.EncodingFault) {
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
    }
  }

  mutating func add(_ issue: BindingIssue, firstRequest: Int) {
    if issue.rule == .emptyDocument, issue.request == nil, issue.pointer.tokens.isEmpty {
      emptySpans.append(issue.span)
      return
    }
    add(
      Finding(
        request: issue.request.map { firstRequest + $0 }, rule: issue.rule.rawValue, severity: .error,
        message: issue.message, hint: issue.hint, span: issue.span, pointer: issue.pointer, source: nil))
  }

  /// Keeps the issues of a document that binds to nothing; told only if another one makes this a request file.
  mutating func addUnbound(_ issues: [BindingIssue]) {
    if file.isWalked { unbound += issues } else { for issue in issues { add(issue, firstRequest: 0) } }
  }

  mutating func addMissing(_ members: [Member], _ request: Request, _ number: Int) {
    for member in members {
      add(
        .missingParameter, "required parameter \(member.name) is missing", at: request.parametersKey,
        request: number)
    }
  }

  /// - Parameter isSensitive: whether a member's value must not be shown, keys inside it included.
  mutating func add(
    _ duplicates: [Document.DuplicateKey], of document: Document, requests: [Request], firstRequest: Int,
    isSensitive: (NodeID) -> Bool
  ) {
    for duplicate in duplicates {
      let path = document.path(to: duplicate.again)
      let span = document.sourceSpan(of: duplicate.again)
      let inParameters = requests.firstIndex { request in
        request.parameters.map { document.isNode(duplicate.again, within: $0) } ?? false
      }
      let depth = inParameters.flatMap { requests[$0].parameters }.map { document.path(to: $0).count } ?? 0
      let shown = path.prefix { step in
        guard case .member(let key) = step else { return true }
        return key == duplicate.again || !isSensitive(key)
      }
      let isHidden = shown.count < path.count
      let key =
        isHidden ? "a key inside a sensitive value" : "key \(quote(document.string(of: duplicate.again)))"
      add(
        .duplicateKey, "\(key) is given twice; readers keep the last value", hint: "remove one of the two",
        at: span,
        document.pointer(path.prefix(isHidden ? shown.count + 1 : path.count).dropFirst(depth)),
        request: (inParameters ?? requests.firstIndex { $0.span.contains(span) }).map { firstRequest + $0 })
    }
  }

  mutating func addNotEvaluated(
    _ rule: String, _ reason: String, at span: ByteSpan, _ pointer: JSONPointer, request: Int?
  ) {
    guard result.notEvaluated.count < limits.findings else { return droppedNotEvaluated += 1 }
    result.notEvaluated.append(
      NotEvaluated(request: request, rule: rule, reason: reason, span: span, pointer: pointer))
  }

  mutating func addSensitive(_ span: ByteSpan) { sensitiveSpans.insert(span) }

  private mutating func add(_ finding: Finding) {
    if let request = finding.request {
      switch finding.severity {
      case .error: result.requests[request].verdict = .fail
      case .warning where result.requests[request].verdict == .pass: result.requests[request].verdict = .warn
      case .warning, .info: break
      }
    }
    guard finding.severity >= minimumSeverity else { return }
    if result.findings.count < limits.findings { result.findings.append(finding) } else { droppedCount += 1 }
  }

  // MARK: Requests

  mutating func add(_ request: Request) {
    let id = request.declaredID?.text ?? "\(file.path)#\(result.requests.count + 1)"
    result.requests.append(
      RequestResult(
        id: id, service: request.operation?.service, operation: request.operation?.operation,
        span: request.span))
    if !requestIDs.insert(id).inserted {
      add(
        .duplicateRequestID, "another request of this file has the id \(quote(id)) too",
        hint: "give it an id of its own", at: request.declaredID?.span ?? request.span,
        request.declaredID?.pointer ?? JSONPointer(), request: result.requests.count - 1)
    }
  }

  // MARK: End

  mutating func finish() -> FileResult {
    let holdsNothing = result.requests.isEmpty && result.findings.isEmpty
    if documentCount == 0, holdsNothing { emptySpans.append(ByteSpan(0, 0)) }
    if file.isWalked, holdsNothing, unbound.count + emptySpans.count > 0 {
      result.isSkipped = true
      return result
    }
    if !result.requests.isEmpty || !file.isWalked { for issue in unbound { add(issue, firstRequest: 0) } }
    for span in emptySpans {
      add(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        severity: result.requests.isEmpty ? .error : .warning, at: span)
    }
    result.sensitiveSpans = sensitiveSpans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    result.findings.sort { left, right in
      let one = (left.span.start, left.rule, left.message, left.span.end)
      let other = (right.span.start, right.rule, right.message, right.span.end)
      return one == other ? left.pointer.description < right.pointer.description : one < other
    }
    if droppedNotEvaluated > 0, let last = result.notEvaluated.last {
      result.notEvaluated.append(
        NotEvaluated(
          request: nil, rule: FindingID.documentLimit.rawValue,
          reason:
            "\(droppedNotEvaluated) more checks were not evaluated, the limit for a file is \(limits.findings)",
          span: last.span, pointer: JSONPointer()))
    }
    if droppedCount > 0 {
      let last = result.findings.last?.span.end ?? 0
      result.findings.append(
        Finding(
          request: nil, rule: FindingID.documentLimit.rawValue, severity: .error,
          message: "\(droppedCount) more findings are not shown, the limit for a file is \(limits.findings)",
          hint: nil,
          span: ByteSpan(start: last, end: last), pointer: JSONPointer(), source: nil))
    }
    return result
  }
}
