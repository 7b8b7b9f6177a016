internal import Models
internal import Requests
internal import Rules
internal import Syntax

/// Gathers what is found in one file; handed on, never copied.
struct FileReport: ~Copyable {
  let file: RequestFile
  private let limits: Limits
  private let minimumSeverity: Severity
  private let levels: RuleLevels
  private var suppressions: FileSuppressions
  /// How many findings the baseline lists.
  private let acceptedCount: Int
  /// Whether findings get keys.
  let keysFindings: Bool
  let keepsReadings: Bool
  /// How many findings of documents before have their values.
  private var valued = (findings: 0, suppressed: 0)
  /// What must not be shown of the document at hand; kept where findings get keys.
  private var documentSecrets: [ByteSpan] = []
  var result = FileResult()
  private var droppedCount = 0
  /// Bytes of text in the findings that are kept.
  private var keptBytes = 0
  private var droppedNotEvaluated = 0
  /// Ids that the file itself gives.
  private var declaredIDs: Set<String>
  private var sensitiveSpans: Set<ByteSpan> = []
  /// Those of which a baseline may not know the digest either.
  private var secretSpans: Set<ByteSpan> = []
  private var emptySpans: [ByteSpan] = []
  /// Values of the request at hand that are still to be filled in, of which no rule can tell anything.
  private var placeholders: (spans: Set<ByteSpan>, texts: Set<String>) = ([], [])
  /// What is wrong with documents of a file met on the way that bind to nothing.
  private var unbound: [BindingIssue] = []
  /// Where the operation that is being checked is documented; the source of findings from its model.
  var documentation: String?
  var documentCount = 0
  /// The services that the file is likely for.
  var likelyServices: Set<String>?
  /// Names of members that must not be shown, for where the operation is unknown.
  var doubtfulNames: SensitiveNames?
  /// Words that have been compared with them.
  var comparedWords = 0
  /// Whether a file that cannot be parsed is any of our business, and whether its text must not be shown; found once.
  var mayHoldRequests: Bool?
  var hidesUnparsedText: Bool?
  /// Values of the file's requests that readers understand differently, with what they make of them.
  var readings: [Int: [ValueReading]] = [:]
  var hasReportedMark = false
  /// For patterns and rules; one request's, so that no other request decides what is evaluated.
  var budget: RuleBudget

  init(file: RequestFile, options: LintOptions) {
    self.file = file
    limits = options.limits
    minimumSeverity = options.minimumSeverity
    levels = options.levels
    suppressions = FileSuppressions(file.suppressions)
    acceptedCount = file.baseline.values.reduce(0, +)
    keepsReadings = options.keepsReadings
    keysFindings = options.keysFindings || !file.baseline.isEmpty
    declaredIDs = file.place?.declaredIDs ?? []
    budget = RuleBudget(limits)
  }

  var requestCount: Int { result.requests.count }
  /// Findings so far, those suppressed and those over the limit included.
  var findingCount: Int { result.findings.count + result.suppressed.count + droppedCount }

  // MARK: Findings

  mutating func add(
    _ id: FindingID, _ message: String, hint: String? = nil, severity: Severity? = nil, at span: ByteSpan,
    _ pointer: JSONPointer = JSONPointer(), request: Int? = nil, fix: Fix? = nil, subject: String? = nil,
    topic: String? = nil
  ) {
    add(
      Finding(
        request: request, rule: id.rawValue, severity: severity ?? id.severity, message: message, hint: hint,
        span: span, pointer: pointer, source: request == nil ? nil : documentation, fix: fix,
        isBeyondSuppression: id.isBeyondSuppression, subject: subject, topic: topic))
  }

  mutating func add(_ remark: SuppressionRemark) {
    add(remark.id, remark.message, hint: remark.hint, at: remark.span)
  }

  mutating func addPlaceholder(_ span: ByteSpan, _ text: String) {
    placeholders.spans.insert(span)
    placeholders.texts.insert(text)
  }

  mutating func add(_ violation: RuleViolation, of rule: Rule, request: Int) {
    let speaksOfPlaceholder =
      placeholders.spans.contains(violation.span) || namesPlaceholder(violation.message)
    guard !speaksOfPlaceholder else { return }
    add(
      Finding(
        request: request, rule: rule.id, severity: rule.description.severity, message: violation.message,
        hint: violation.hint, span: violation.span, pointer: violation.pointer,
        source: rule.description.sources.first,
        fix: violation.repair.map { Fix(isSafe: $0.isSafe, edits: $0.edits) },
        topic: rule.judgesTimeOnly ? "" : nil))
  }

  /// Whether a message shows a placeholder, which stands in angle brackets.
  private func namesPlaceholder(_ message: String) -> Bool {
    guard !placeholders.texts.isEmpty else { return false }
    let ends = message.indices.filter { message[$0] == ">" }
    return message.indices.contains { start in
      message[start] == "<"
        && ends.contains { $0 > start && placeholders.texts.contains(String(message[start...$0])) }
    }
  }

  /// - Parameter discreetly: leaves out the file's own words.
  mutating func add(_ issue: SyntaxIssue, discreetly: Bool) {
    let message = discreetly ? issue.discreetMessage : issue.message
    switch issue.kind {
    case .syntax: add(.syntaxError, message, at: issue.span)
    case .limit: add(.documentLimit, message, hint: issue.limit.map(Self.remedy), at: issue.span)
    }
  }

  /// How to go beyond a limit.
  static func remedy(for limit: Limits.Name) -> String {
    "simplify it, or raise the limit: --limit \(limit.rawValue)=NUMBER, or limits in .reqlint.yaml"
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
    case .unmarkedEncoding(let name, let first):
      add(
        .invalidEncoding, "file is \(name) without a byte order mark, but must be UTF-8",
        hint: "save the file as UTF-8", at: first)
    }
  }

  /// - Parameter findHint: makes a search; asked only for a finding that is listed.
  mutating func add(_ issue: BindingIssue, firstRequest: Int, findHint: (HintSearch) -> String?) {
    if issue.rule == .emptyDocument, issue.request == nil, issue.pointer.tokens.isEmpty {
      emptySpans.append(issue.span)
      return
    }
    add(
      Finding(
        request: issue.request.map { firstRequest + $0 }, rule: issue.rule.rawValue, severity: .error,
        message: issue.message, hint: issue.hint, span: issue.span, pointer: issue.pointer, source: nil)
    ) { issue.search.flatMap(findHint) }
  }

  /// Keeps the issues of a document that binds to nothing; told only if another one makes this a request file.
  mutating func addUnbound(_ issues: [BindingIssue], findHint: (HintSearch) -> String?) {
    guard !file.isWalked else { return unbound += issues }
    for issue in issues { add(issue, firstRequest: 0, findHint: findHint) }
  }

  mutating func addMissing(_ members: [Member], _ request: Request, _ number: Int) {
    for member in members {
      add(
        .missingParameter, "required parameter \(member.name) is missing", at: request.parametersKey,
        request: number, subject: member.name)
    }
  }

  /// - Parameter masked: values that must not be shown, keys inside them included.
  mutating func add(
    _ duplicates: [Document.DuplicateKey], of document: Document, requests: [Request], firstRequest: Int,
    masked: MaskedNodes
  ) {
    let owners = KeyOwners(document, requests)
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

  mutating func addNotEvaluated(
    _ rule: String, _ reason: String, at span: ByteSpan, _ pointer: JSONPointer, request: Int?
  ) {
    guard result.notEvaluated.count < limits.findings else { return droppedNotEvaluated += 1 }
    result.notEvaluated.append(
      NotEvaluated(request: request, rule: rule, reason: reason, span: span, pointer: pointer))
  }

  /// - Parameter isGuess: whether only an unknown operation makes a secret of the text, so that digests may cover it.
  mutating func addSensitive(_ span: ByteSpan, isGuess: Bool = false) {
    sensitiveSpans.insert(span)
    guard keysFindings, !isGuess else { return }
    secretSpans.insert(span)
    documentSecrets.append(span)
  }

  /// - Parameter findHint: a hint that takes long to find; asked only where the finding is listed.
  private mutating func add(_ finding: Finding, findHint: () -> String? = { nil }) {
    var finding = finding
    if !finding.isBeyondSuppression {
      guard let severity = levels.severity(of: finding.rule, finding.severity) else { return }
      finding.severity = severity
      if let suppression = suppressions.suppression(of: finding) {
        finding.suppression = suppression
        return suppress(finding, findHint)
      }
    }
    guard finding.severity >= minimumSeverity else { return count(finding) }
    if hasRoom { finding.hint = finding.hint ?? findHint() }
    if hasRoom, hasRoom(for: finding) {
      result.findings.append(finding)
    } else {
      count(finding)
      droppedCount += 1
    }
  }

  /// Whether a finding would be kept; hints are not worth their work where it would not.
  ///
  /// - Shape: what a baseline accepts takes no room from the rest.
  var hasRoom: Bool { result.findings.count < limits.findings + acceptedCount }

  /// Takes room for a finding's text; answers whether there was any.
  private mutating func hasRoom(for finding: Finding) -> Bool {
    let size = Self.textBytes(of: finding)
    // As for the number, what a baseline accepts takes no room from the rest.
    let room = limits.findingBytes + acceptedCount * (limits.findingBytes / limits.findings + 1)
    guard size <= room - keptBytes else { return false }
    keptBytes += size
    return true
  }

  private static func textBytes(of finding: Finding) -> Int {
    let texts = finding.message.utf8.count + (finding.hint?.utf8.count ?? 0)
    return finding.pointer.tokens.reduce(texts) { $0 + $1.utf8.count }
  }

  private mutating func suppress(_ finding: Finding, _ findHint: () -> String? = { nil }) {
    if finding.severity == .error, let request = finding.request {
      result.requests[request].hasSuppressedError = true
    }
    guard finding.severity >= minimumSeverity, result.suppressed.count < limits.findings + acceptedCount
    else { return }
    var finding = finding
    finding.hint = finding.hint ?? findHint()
    guard hasRoom(for: finding) else { return }
    result.suppressed.append(finding)
  }

  /// Lets a finding count for the verdict on its request.
  private mutating func count(_ finding: Finding) {
    guard let request = finding.request else { return }
    switch finding.severity {
    case .error: result.requests[request].verdict = .fail
    case .warning where result.requests[request].verdict == .pass: result.requests[request].verdict = .warn
    case .warning, .info: break
    }
  }

  // MARK: Suppressions

  /// Called before anything is said of a document.
  mutating func beginSuppressions(in document: Document, _ terms: @autoclosure () -> SuppressionTerms) {
    suppressions.begin(document, terms)
  }

  /// Called for every text that rules have read as YAML, before anything is said of what is inside.
  mutating func beginSuppressions(inside text: Document, _ terms: @autoclosure () -> SuppressionTerms) {
    let sensitive = sensitiveSpans
    suppressions.begin(
      text: text, of: file.text, isHidden: { span in sensitive.contains { $0.overlaps(span) } }, terms)
  }

  /// Called when all is said of a document.
  ///
  /// - Parameter isHeard: whether the comments are to be spoken of.
  mutating func endSuppressions(_ terms: @autoclosure () -> SuppressionTerms, isHeard: Bool) {
    guard isHeard else { return suppressions.forget() }
    for remark in suppressions.end(terms) { add(remark) }
  }

  /// Notes what the findings of a document are about, now that all that must not be shown is known.
  mutating func noteValues(in document: Document, of requests: [Request], firstRequest: Int) {
    guard keysFindings else { return }
    defer {
      valued = (result.findings.count, result.suppressed.count)
      documentSecrets = []
    }
    guard valued != (result.findings.count, result.suppressed.count) else { return }
    var values = ValueDigests(document, hidden: MergedSpans(documentSecrets))
    func value(of finding: Finding) -> Finding.Value? {
      let request = finding.request.flatMap { $0 >= firstRequest ? requests[$0 - firstRequest] : nil }
      return finding.value(of: request, in: &values)
    }
    for index in valued.findings..<result.findings.count {
      result.findings[index].value = value(of: result.findings[index])
    }
    for index in valued.suppressed..<result.suppressed.count {
      result.suppressed[index].value = value(of: result.suppressed[index])
    }
  }

  /// Gives every finding its key.
  private mutating func keyFindings(hidden: MergedSpans) {
    for index in result.findings.indices {
      result.findings[index].key = key(of: result.findings[index], hidden)
    }
    for index in result.suppressed.indices {
      result.suppressed[index].key = key(of: result.suppressed[index], hidden)
    }
  }

  private func key(of finding: Finding, _ hidden: MergedSpans) -> FindingKey {
    finding.key(of: finding.request.map { result.requests[$0] }, in: file.text, hidden: hidden)
  }

  /// Moves what the baseline lists to the suppressed ones, and keeps what it lists in vain.
  private mutating func acceptBaseline(_ terms: SuppressionTerms, hidden: MergedSpans) {
    var accepted = file.baseline
    let hasOldKeys = accepted.keys.contains(where: \.isOld)
    let text = file.text
    func take(_ finding: Finding) -> Bool {
      guard !BuiltInCheck.isBeyondBaseline(finding.rule) else { return false }
      var keys = finding.key?.accepting ?? []
      if hasOldKeys { keys.append(finding.oldKey(in: text, hidden: hidden)) }
      guard let key = keys.first(where: { accepted[$0] ?? 0 > 0 }) else { return false }
      accepted[key, default: 0] -= 1
      return true
    }
    var kept: [Finding] = []
    for finding in result.findings {
      guard take(finding) else {
        kept.append(finding)
        continue
      }
      var finding = finding
      finding.suppression = Suppression(origin: .baseline)
      keptBytes -= Self.textBytes(of: finding)
      suppress(finding)
    }
    result.findings = kept
    // What something else suppresses still occurs, and of a rule that this run passes over nothing is known.
    for finding in result.suppressed where finding.suppression?.origin != .baseline {
      _ = take(finding)
    }
    for (key, count) in accepted where count > 0 {
      if terms.isReported(key.rule) {
        result.goneFromBaseline[key] = count
      } else {
        result.passedOver[key] = count
      }
    }
  }

  // MARK: Requests

  /// Called before a request is checked: nothing of those before it has a say in what is found.
  ///
  /// - Parameter size: of the request, in bytes.
  mutating func beginRequest(size: Int) {
    budget = RuleBudget(limits, size: size)
    if !placeholders.spans.isEmpty { placeholders = ([], []) }
  }

  mutating func add(_ request: Request) {
    let number = requestsBefore + result.requests.count + 1
    let id = request.declaredID?.text ?? "\(file.path)#\(number)"
    let isTaken =
      request.declaredID == nil
      ? declaredIDs.contains(id) : !declaredIDs.insert(id).inserted || isGiven(id, before: number)
    result.requests.append(
      RequestResult(
        id: id, service: request.operation?.service, operation: request.operation?.operation,
        span: request.span))
    if isTaken {
      add(
        .duplicateRequestID, "another request of this file has the id \(quote(id)) too",
        hint: "give it an id of its own", at: request.declaredID?.span ?? request.span,
        request.declaredID?.pointer ?? JSONPointer(), request: result.requests.count - 1,
        topic: request.declaredID == nil ? "" : nil)
    }
  }

  /// Whether an id is the one that a request before has for want of its own.
  private func isGiven(_ id: String, before number: Int) -> Bool {
    guard id.hasPrefix("\(file.path)#"), let found = Int(id.dropFirst(file.path.count + 1)), found > 0,
      found < number, id == "\(file.path)#\(found)"
    else { return false }
    return found <= requestsBefore || result.requests[found - requestsBefore - 1].id == id
  }

  private var requestsBefore: Int { file.place?.requestsBefore ?? 0 }

  // MARK: End

  mutating func finish(
    _ terms: @autoclosure () -> SuppressionTerms, findHint: (HintSearch) -> String? = { _ in nil }
  ) -> FileResult {
    let hasRequests = !result.requests.isEmpty || requestsBefore > 0
    let holdsNothing = !hasRequests && findingCount == 0
    let isWholeEmpty = documentCount == 0 && file.place.map { $0.isLast && $0.documentsBefore == 0 } ?? true
    if isWholeEmpty, holdsNothing { emptySpans.append(ByteSpan(0, 0)) }
    if file.isWalked, holdsNothing, unbound.count + emptySpans.count > 0 {
      result.isSkipped = true
      result.goneFromBaseline = file.baseline
      return result
    }
    if hasRequests || !file.isWalked {
      for issue in unbound { add(issue, firstRequest: 0, findHint: findHint) }
    }
    for span in emptySpans {
      add(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        severity: hasRequests ? .warning : .error, at: span, topic: "")
    }
    result.sensitiveSpans = sensitiveSpans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    if keysFindings {
      let hidden = MergedSpans(result.sensitiveSpans.filter { secretSpans.contains($0) })
      keyFindings(hidden: hidden)
      if !file.baseline.isEmpty { acceptBaseline(terms(), hidden: hidden) }
    }
    for finding in result.findings { count(finding) }
    result.findings.sort(by: Self.precedes)
    result.suppressed.sort(by: Self.precedes)
    result.usedSuppressions = suppressions.usedNumbers
    if result.findings.count > limits.findings {
      droppedCount += result.findings.count - limits.findings
      result.findings.removeLast(result.findings.count - limits.findings)
    }
    guard file.place == nil else {
      result.documentCount = documentCount
      result.declaredIDs = declaredIDs
      result.droppedCount = droppedCount
      result.droppedNotEvaluatedCount = droppedNotEvaluated
      return result
    }
    tellOfTheRest()
    return result
  }

  /// Says how much is not shown.
  private mutating func tellOfTheRest() {
    if droppedNotEvaluated > 0, let last = result.notEvaluated.last {
      result.notEvaluated.append(
        NotEvaluated(
          request: nil, rule: FindingID.documentLimit.rawValue,
          reason: notEvaluatedDropped(droppedNotEvaluated, limits), span: last.span, pointer: JSONPointer()))
    }
    if droppedCount > 0 {
      let last = result.findings.last?.span.end ?? 0
      result.findings.append(
        Finding(
          request: nil, rule: FindingID.documentLimit.rawValue, severity: .error,
          message: findingsDropped(droppedCount, limits),
          hint: nil,
          span: ByteSpan(start: last, end: last), pointer: JSONPointer(), source: nil))
    }
  }

  /// By place, rule and message.
  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let one = (left.span.start, left.rule, left.message, left.span.end)
    let other = (right.span.start, right.rule, right.message, right.span.end)
    return one == other ? left.pointer.description < right.pointer.description : one < other
  }
}
