internal import Models
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts

/// Collects the findings of one file.
///
/// Not Sendable: the worker that lints the file owns it.
final class FindingCollector {
  let file: RequestFile
  let linter: Linter
  /// What the file reveals about its requests even if it cannot be parsed.
  private(set) lazy var clues = FileClues(file, linter.binder, linter.models)

  private(set) var result = FileResult()
  private var suppressions: FileSuppressions
  private var requestIDs: RequestIDs
  private var room: FindingRoom
  private(set) var secrets: FileSecrets
  private var values: FindingValues
  private var hints = HintSearches()
  /// The request being checked.
  private var scope: RequestScope?
  private var droppedNotEvaluated = 0
  private var emptySpans: [ByteSpan] = []
  /// Issues of unbound documents in a file that a directory walk found.
  private var unbound: [BindingIssue] = []
  /// Values that YAML readers interpret differently, by request number.
  private var readings: [Int: [ValueReading]] = [:]
  var documentCount = 0
  var hasReportedMark = false

  init(_ file: RequestFile, _ linter: Linter) {
    self.file = file
    self.linter = linter
    suppressions = FileSuppressions(file.suppressions)
    requestIDs = RequestIDs(path: file.path, place: file.place)
    room = FindingRoom(linter.options.limits, acceptedCount: file.baseline.values.reduce(0, +))
    let keysFindings = linter.options.keysFindings || !file.baseline.isEmpty
    secrets = FileSecrets(keepsDocument: keysFindings)
    values = FindingValues(isNeeded: keysFindings)
  }

  private var limits: Limits { linter.options.limits }
  private var terms: SuppressionTerms { linter.terms }

  /// Whether findings get keys.
  var keysFindings: Bool { values.isNeeded }
  var requestCount: Int { result.requests.count }
  /// Number of findings so far, including suppressed findings and findings over the limit.
  var findingCount: Int { result.findings.count + result.suppressed.count + room.droppedCount }
  /// Whether a finding would be kept; a hint for one that would not is wasted work.
  var hasRoom: Bool { room.holds(result.findings.count) }
  /// What patterns and rules may still spend on the request being checked.
  var budget: RuleBudget { linter.workbench.budget }

  // MARK: Findings

  func add(
    _ check: BuiltInCheck, _ message: String, hint: String? = nil, severity: Severity? = nil,
    at span: ByteSpan,
    _ pointer: JSONPointer = JSONPointer(), request: Int? = nil, fix: Fix? = nil, subject: String? = nil,
    topic: String? = nil
  ) {
    add(
      Finding(
        request: request, rule: check.id, severity: severity ?? check.severity, message: message, hint: hint,
        span: span, pointer: pointer, source: request.flatMap { scope?.documentation(of: $0) },
        fix: fix,
        isBeyondSuppression: check.traits.contains(.beyondSuppression), subject: subject, topic: topic))
  }

  func add(_ violation: RuleViolation, of rule: Rule, request: Int) {
    guard scope?.placeholders.speak(of: violation) != true else { return }
    add(
      Finding(
        request: request, rule: rule.id, severity: rule.description.severity, message: violation.message,
        hint: violation.hint, span: violation.span, pointer: violation.pointer,
        source: rule.description.sources.first,
        fix: violation.repair.map { Fix(isSafe: $0.isSafe, edits: $0.edits) },
        topic: rule.judgesTimeOnly ? "" : nil))
  }

  /// Adds an issue of binding; its hint is looked up only if the finding is listed.
  func add(_ issue: BindingIssue, firstRequest: Int) {
    if issue.check.id == BuiltInCheck.emptyDocument.id, issue.request == nil, issue.pointer.tokens.isEmpty {
      emptySpans.append(issue.span)
      return
    }
    add(
      Finding(
        request: issue.request.map { firstRequest + $0 }, rule: issue.check.id,
        severity: issue.check.severity,
        message: issue.message, hint: issue.hint, span: issue.span, pointer: issue.pointer, source: nil),
      search: issue.search)
  }

  /// Keeps the issues of an unbound document until another document shows that the file contains requests.
  func addUnbound(_ issues: [BindingIssue]) {
    guard !file.isDiscovered else { return unbound += issues }
    for issue in issues { add(issue, firstRequest: 0) }
  }

  func addNotEvaluated(
    _ rule: String, _ reason: String, at span: ByteSpan, _ pointer: JSONPointer, request: Int?
  ) {
    guard result.notEvaluated.count < limits.findings else { return droppedNotEvaluated += 1 }
    result.notEvaluated.append(
      NotEvaluated(request: request, rule: rule, reason: reason, span: span, pointer: pointer))
  }

  /// Adds a request that cannot be checked.
  func add(_ unknown: Binding.NotEvaluated) {
    addNotEvaluated(
      BuiltInCheck.unboundRequest.id, unknown.reason, at: unknown.span, unknown.pointer, request: nil)
  }

  func addReading(_ text: String, at pointer: JSONPointer, request: Int) {
    guard linter.options.keepsReadings else { return }
    readings[request, default: []].append(ValueReading(pointer: pointer.description, text: text))
  }

  /// Values of a request on which YAML readers disagree, in the order of their discovery.
  func readings(of request: Int) -> [ValueReading] {
    linter.options.keepsReadings ? readings[request] ?? [] : []
  }

  /// Hides a span from all output.
  ///
  /// - Parameter isGuess: whether the text is hidden only because the operation is unknown; digests may cover it.
  func addSensitive(_ span: ByteSpan, isGuess: Bool = false) { secrets.add(span, isGuess: isGuess) }

  /// Records a value that is still to be filled in, so that no rule reports it.
  func addPlaceholder(_ span: ByteSpan, _ text: String) { scope?.placeholders.add(span, text) }

  /// - Parameter search: finds the hint; run only if the finding is listed.
  private func add(_ finding: Finding, search: HintSearch? = nil) {
    var finding = finding
    if !finding.isBeyondSuppression {
      guard let severity = linter.options.levels.severity(of: finding.rule, finding.severity) else { return }
      finding.severity = severity
      if let suppression = suppressions.suppression(of: finding) {
        finding.suppression = suppression
        return suppress(finding, search: search)
      }
    }
    guard finding.severity >= linter.options.minimumSeverity else { return count(finding) }
    if hasRoom { finding.hint = finding.hint ?? hint(search) }
    if hasRoom, room.take(finding) {
      result.findings.append(finding)
    } else {
      count(finding)
      room.droppedCount += 1
    }
  }

  /// The result of a search for a hint, unless the file has made too many searches.
  private func hint(_ search: HintSearch?) -> String? {
    search.flatMap { hints.admit($0) }.flatMap { linter.models.hint(for: $0) }
  }

  private func suppress(_ finding: Finding, search: HintSearch? = nil) {
    if finding.severity == .error, let request = finding.request {
      result.requests[request].hasSuppressedError = true
    }
    guard finding.severity >= linter.options.minimumSeverity, room.holds(result.suppressed.count) else {
      return
    }
    var finding = finding
    finding.hint = finding.hint ?? hint(search)
    guard room.take(finding) else { return }
    result.suppressed.append(finding)
  }

  /// Counts a finding for the verdict of its request.
  private func count(_ finding: Finding) {
    guard let request = finding.request else { return }
    switch finding.severity {
    case .error: result.requests[request].verdict = .fail
    case .warning where result.requests[request].verdict == .pass: result.requests[request].verdict = .warn
    case .warning, .info: break
    }
  }

  // MARK: Documents

  /// Reads the suppression comments of a document, before it has any findings.
  func beginSuppressions(in document: Document) { suppressions.begin(document, terms) }

  /// Reads the comments of a text that rules read as YAML, before it has any findings.
  func beginSuppressions(inside text: Document) {
    suppressions.begin(text: text, of: file.text, isHidden: secrets.overlap, terms)
  }

  /// Ends a document.
  ///
  /// - Parameter reportsRemarks: whether to report problems with its suppression comments.
  func endSuppressions(reportsRemarks: Bool) {
    guard reportsRemarks else { return suppressions.forget() }
    for remark in suppressions.end(terms) { add(remark) }
  }

  func add(_ remark: SuppressionRemark) {
    add(remark.check, remark.message, hint: remark.hint, at: remark.span)
  }

  /// Records the values that a document's findings are about, once all its secrets are known.
  func noteValues(in document: Document, of requests: [Request], firstRequest: Int) {
    values.note(
      &result, in: document, file.text, of: requests, firstRequest: firstRequest,
      hidden: secrets.takeDocument())
  }

  // MARK: Requests

  func add(_ request: Request) {
    let (id, isTaken) = requestIDs.take(request.declaredID?.text)
    result.requests.append(
      RequestResult(
        id: id, service: request.operation?.service, operation: request.operation?.operation,
        carrier: request.carrier, span: request.span))
    if isTaken {
      add(
        .duplicateRequestID, "another request of this file has the id \(quote(id)) too",
        hint: "give it an id of its own", at: request.declaredID?.span ?? request.span,
        request.declaredID?.pointer ?? JSONPointer(), request: result.requests.count - 1,
        topic: request.declaredID == nil ? "" : nil)
    }
  }

  /// Begins the check of a request, with its own budget.
  ///
  /// - Parameter size: of the request, in bytes.
  func begin(_ number: Int, of operation: Operation, size: Int) {
    budget.refill(linter.options.limits, size: size)
    scope = RequestScope(number: number, documentation: operation.documentation)
  }

  // MARK: Masking

  /// The first finding of a document.
  struct Mark {
    let findings: Int
    let suppressed: Int
    let notEvaluated: Int
    let requests: Int
  }

  var mark: Mark {
    Mark(
      findings: result.findings.count, suppressed: result.suppressed.count,
      notEvaluated: result.notEvaluated.count, requests: result.requests.count)
  }

  /// Hides secret words in the findings since a mark.
  func hide(_ words: RequestWords, since mark: Mark) {
    guard !words.isEmpty else { return }
    result.secretWords.formUnion(words.all)
    for index in result.findings.indices.dropFirst(mark.findings) {
      words.of(result.findings[index].request).map { result.findings[index].mask($0) }
    }
    for index in result.suppressed.indices.dropFirst(mark.suppressed) {
      words.of(result.suppressed[index].request).map { result.suppressed[index].mask($0) }
    }
    for index in result.notEvaluated.indices.dropFirst(mark.notEvaluated) {
      words.of(result.notEvaluated[index].request).map { result.notEvaluated[index].mask($0) }
    }
  }

  // MARK: End

  /// The result of the file; nothing may be added afterwards.
  func finish() -> FileResult {
    let hasRequests = !result.requests.isEmpty || requestIDs.hasRequestsBefore
    let holdsNothing = !hasRequests && findingCount == 0
    let isWholeEmpty = documentCount == 0 && file.place.map { $0.isLast && $0.documentsBefore == 0 } ?? true
    if isWholeEmpty, holdsNothing { emptySpans.append(ByteSpan(0, 0)) }
    if file.isDiscovered, holdsNothing, unbound.count + emptySpans.count > 0 {
      result.isSkipped = true
      result.goneFromBaseline = file.baseline
      return result
    }
    if hasRequests || !file.isDiscovered {
      for issue in unbound { add(issue, firstRequest: 0) }
    }
    for span in emptySpans {
      add(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        severity: hasRequests ? .warning : .error, at: span, topic: "")
    }
    result.sensitiveSpans = secrets.sorted
    if keysFindings {
      let hidden = secrets.certain
      values.key(&result, in: file.text, hidden: hidden)
      if !file.baseline.isEmpty { acceptBaseline(hidden: hidden) }
    }
    for finding in result.findings { count(finding) }
    result.usedSuppressions = suppressions.usedNumbers
    var finished = takeResult()
    sum(up: &finished)
    return finished
  }

  private func takeResult() -> FileResult {
    var taken = FileResult()
    swap(&taken, &result)
    return taken
  }

  /// Sorts the findings and reports how many are left out, or passes the number to the next part of a stream.
  private func sum(up finished: inout FileResult) {
    finished.sort()
    room.droppedCount += finished.cut(to: limits.findings)
    if file.place == nil {
      finished.addDropped(findings: room.droppedCount, notEvaluated: droppedNotEvaluated, limits)
    } else {
      finished.documentCount = documentCount
      finished.declaredIDs = requestIDs.declared
      finished.droppedCount = room.droppedCount
      finished.droppedNotEvaluatedCount = droppedNotEvaluated
    }
  }

  /// Moves findings that the baseline accepts to the suppressed ones.
  private func acceptBaseline(hidden: MergedSpans) {
    var baseline = AcceptedFindings(file.baseline, text: file.text, hidden: hidden)
    let found = result.findings
    result.findings = []
    for finding in found {
      guard baseline.accept(finding) else {
        result.findings.append(finding)
        continue
      }
      var finding = finding
      finding.suppression = Suppression(origin: .baseline)
      room.release(finding)
      suppress(finding)
    }
    // A finding that something else suppresses still counts as present.
    for finding in result.suppressed where finding.suppression?.origin != .baseline {
      _ = baseline.accept(finding)
    }
    (result.goneFromBaseline, result.notJudged) = baseline.unused(terms)
  }
}

extension FileResult {
  fileprivate mutating func sort() {
    findings.sort(by: Finding.precedes)
    suppressed.sort(by: Finding.precedes)
  }

  /// Drops findings beyond a limit and returns how many.
  fileprivate mutating func cut(to limit: Int) -> Int {
    let surplus = max(0, findings.count - limit)
    findings.removeLast(surplus)
    return surplus
  }

  /// Reports how much is left out.
  fileprivate mutating func addDropped(findings: Int, notEvaluated dropped: Int, _ limits: Limits) {
    if dropped > 0, let last = notEvaluated.last {
      notEvaluated.append(
        NotEvaluated(
          request: nil, rule: BuiltInCheck.documentLimit.id, reason: notEvaluatedDropped(dropped, limits),
          span: last.span, pointer: JSONPointer()))
    }
    if findings > 0 {
      let last = self.findings.last?.span.end ?? 0
      self.findings.append(
        Finding(
          request: nil, rule: BuiltInCheck.documentLimit.id, severity: .error,
          message: findingsDropped(findings, limits), hint: nil, span: ByteSpan(start: last, end: last),
          pointer: JSONPointer(), source: nil))
    }
  }
}

/// The state of one request while it is checked.
private struct RequestScope {
  let number: Int
  /// The operation's documentation: the source of findings from its model.
  let documentation: String
  var placeholders = Placeholders()

  func documentation(of request: Int) -> String? { request == number ? documentation : nil }
}
