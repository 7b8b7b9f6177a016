internal import Planning
internal import Syntax
internal import Verdicts

/// One request of the page.
struct RequestView: TemplateRecord {
  let anchor: String
  let number: Int
  let opensAtOnce: Bool
  let requestID: String
  /// For the names of controls, which are read aloud.
  let shortName: String
  let operation: String
  let service: String
  let requestVerdict: VerdictView
  let risk: String
  let reasons: [String]
  let start: TimeView?
  let startMilliseconds: Int64?
  let place: String
  let effect: String?
  let schedule: ScheduleView
  let region: String
  let account: String
  let findings: [FindingView]
  let hasFindings: Bool
  let unchecked: String?
  let requestConflicts: [ConflictMention]
  let hasRequestConflicts: Bool
  let preconditions: [PreconditionView]
  let hasPreconditions: Bool
  let parameters: CodeView
  let inferred: [InferredView]
  let hasInferred: Bool
  let http: HTTPView?
  let command: CodeView?
  let commandNote: String?
  let isBlocked: Bool
  let followUp: [FollowUpView]
  let hasFollowUp: Bool
  let requestDigest: String

  init(_ request: PlannedRequest, _ index: PlanIndex, isOpen: Bool) {
    let number = (index.place(of: request.id) ?? 0) + 1
    self.number = number
    anchor = PlanIndex.anchor(number - 1)
    opensAtOnce = isOpen
    requestID = request.id
    shortName = tail(of: request.id, 60)
    operation = request.operation ?? "unknown operation"
    service = request.service ?? "unknown service"
    requestVerdict = VerdictView(request.verdict)
    risk = request.risk.level.rawValue
    reasons = request.risk.reasons
    start = request.schedule.earliest.map(TimeView.init)
    startMilliseconds = request.schedule.earliest?.milliseconds
    place = "\(request.file):\(request.line)"
    effect = request.effect.isEmpty ? nil : request.effect
    schedule = ScheduleView(request.schedule)
    region = request.region ?? "not declared"
    account = request.account ?? "not declared"
    findings = (request.findings + request.suppressed).map(FindingView.init)
    hasFindings = !findings.isEmpty
    unchecked = request.notEvaluatedText
    requestConflicts = index.conflicts(of: request.id)
    hasRequestConflicts = !requestConflicts.isEmpty
    preconditions = request.preconditions.map(PreconditionView.init)
    hasPreconditions = !preconditions.isEmpty
    parameters = CodeView(
      indentedJSON(request.parameters) ?? String(decoding: request.parameters, as: UTF8.self),
      id: "parameters-\(number)", label: "Parameters")
    inferred = request.inferred.map(InferredView.init)
    hasInferred = !inferred.isEmpty
    http = request.http.map { HTTPView($0, number: number) }
    command =
      request.command.isEmpty
      ? nil : CodeView(commandText(request.command), id: "command-\(number)", label: "Command")
    commandNote = request.commandNote
    isBlocked = request.verdict == .blocked
    followUp = request.followUp.enumerated().map { FollowUpView(index: $0, text: $1, number: number) }
    hasFollowUp = !followUp.isEmpty
    requestDigest = request.digest
  }

  static let members: TemplateMembers<RequestView> = [
    "anchor": { .text($0.anchor) }, "number": { .number($0.number) },
    "opensAtOnce": { .flag($0.opensAtOnce) },
    "requestID": { .text($0.requestID) }, "shortName": { .text($0.shortName) },
    "operation": { .text($0.operation) },
    "service": { .text($0.service) }, "requestVerdict": { .object($0.requestVerdict) },
    "risk": { .text($0.risk) },
    "reasons": { .list($0.reasons) }, "start": { .optional($0.start) },
    "startMilliseconds": { .optional($0.startMilliseconds.map(String.init)) }, "place": { .text($0.place) },
    "effect": { .optional($0.effect) }, "schedule": { .object($0.schedule) }, "region": { .text($0.region) },
    "account": { .text($0.account) }, "findings": { .list($0.findings) },
    "hasFindings": { .flag($0.hasFindings) },
    "unchecked": { .optional($0.unchecked) },
    "requestConflicts": { .list($0.requestConflicts) },
    "hasRequestConflicts": { .flag($0.hasRequestConflicts) },
    "preconditions": { .list($0.preconditions) }, "hasPreconditions": { .flag($0.hasPreconditions) },
    "parameters": { .object($0.parameters) }, "inferred": { .list($0.inferred) },
    "hasInferred": { .flag($0.hasInferred) },
    "http": { .optional($0.http) }, "command": { .optional($0.command) },
    "commandNote": { .optional($0.commandNote) }, "isBlocked": { .flag($0.isBlocked) },
    "followUp": { .list($0.followUp) }, "hasFollowUp": { .flag($0.hasFollowUp) },
    "requestDigest": { .text($0.requestDigest) },
  ]
}

/// When a request takes effect.
struct ScheduleView: TemplateRecord {
  let earliest: TimeView?
  let latest: TimeView?
  let scheduleNote: String?
  let isUntimed: Bool

  init(_ schedule: Schedule) {
    earliest = schedule.earliest.map(TimeView.init)
    latest = schedule.latest == schedule.earliest ? nil : schedule.latest.map(TimeView.init)
    scheduleNote = schedule.note.isEmpty ? nil : schedule.note
    isUntimed = schedule.earliest == nil && schedule.latest == nil
  }

  static let members: TemplateMembers<ScheduleView> = [
    "earliest": { .optional($0.earliest) }, "latest": { .optional($0.latest) },
    "scheduleNote": { .optional($0.scheduleNote) },
    "isUntimed": { .flag($0.isUntimed) },
  ]
}

/// What must hold before.
struct PreconditionView: TemplateRecord {
  let statement: String
  let state: String
  let evidence: String?
  let preconditionRule: String
  /// What follows where it does not hold.
  let weight: String?

  init(_ precondition: Precondition) {
    statement = precondition.statement
    state = precondition.state.rawValue
    evidence = precondition.evidence.isEmpty ? nil : precondition.evidence
    preconditionRule = precondition.id
    weight =
      switch (precondition.state, precondition.severity) {
      case (.met, _), (_, .info): nil
      case (.unmet, .error): "blocks the request"
      case (.unmet, .warning): "asks for a review"
      case (.unknown, .error): "would block the request"
      case (.unknown, .warning): "would ask for a review"
      }
  }

  static let members: TemplateMembers<PreconditionView> = [
    "statement": { .text($0.statement) }, "state": { .text($0.state) },
    "evidence": { .optional($0.evidence) },
    "preconditionRule": { .text($0.preconditionRule) }, "weight": { .optional($0.weight) },
  ]
}

/// What the service fills in.
struct InferredView: TemplateRecord {
  let inferredPointer: String
  let inferredValue: String
  let because: String
  let inferredLink: String?

  init(_ value: InferredValue) {
    inferredPointer = value.pointer
    inferredValue = value.value
    because = value.because
    inferredLink = webAddress(value.source)
  }

  static let members: TemplateMembers<InferredView> = [
    "inferredPointer": { .text($0.inferredPointer) }, "inferredValue": { .text($0.inferredValue) },
    "because": { .text($0.because) }, "inferredLink": { .optional($0.inferredLink) },
  ]
}

/// A command to run afterwards.
struct FollowUpView: TemplateRecord {
  let followUpID: String
  let followUpText: String

  init(index: Int, text: String, number: Int) {
    followUpID = "follow-up-\(number)-\(index + 1)"
    followUpText = text
  }

  static let members: TemplateMembers<FollowUpView> = [
    "followUpID": { .text($0.followUpID) }, "followUpText": { .text($0.followUpText) },
  ]
}

/// Text in a box of its own, folded where it is long.
struct CodeView: TemplateRecord {
  let codeID: String
  let codeLabel: String
  let code: String
  let isLong: Bool
  let size: String

  init(_ text: String, id: String, label: String) {
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    codeID = id
    codeLabel = label
    code = text
    isLong = lines > 30 || text.utf8.count > 4000
    size = grouped(lines, "line") + ", " + grouped(text.utf8.count, "byte")
  }

  static let members: TemplateMembers<CodeView> = [
    "codeID": { .text($0.codeID) }, "codeLabel": { .text($0.codeLabel) }, "code": { .text($0.code) },
    "isLong": { .flag($0.isLong) },
    "size": { .text($0.size) },
  ]
}

/// What goes over the wire.
struct HTTPView: TemplateRecord {
  let method: String
  let url: String
  let headers: [PlannedHTTP.Header]
  let hasHeaders: Bool
  let body: CodeView?
  let bodyNote: String
  let notes: [String]

  init(_ http: PlannedHTTP, number: Int) {
    method = http.method
    url = http.url ?? "address not known"
    headers = http.headers
    hasHeaders = !headers.isEmpty
    notes = http.notes
    let id = "body-\(number)"
    switch http.body {
    case .text(""):
      (body, bodyNote) = (nil, "no body")
    case .text(let text):
      let size = grouped(text.utf8.count, "byte")
      if let json = indentedJSON(Array(text.utf8)) {
        (body, bodyNote) = (CodeView(json, id: id, label: "Body"), "\(size), indented here")
      } else {
        (body, bodyNote) = (CodeView(text, id: id, label: "Body"), size)
      }
    case .binary(let bytes):
      let cut = bytes.count > Self.dumpLimit ? ", the first \(grouped(Self.dumpLimit)) shown" : ""
      bodyNote = "\(grouped(bytes.count, "byte")) of binary data\(cut)"
      body = CodeView(Self.dump(bytes.prefix(Self.dumpLimit)), id: id, label: "Body")
    }
  }

  private static let dumpLimit = 4096

  /// Offset, sixteen bytes in hexadecimal, and those of them that are printable ASCII.
  private static func dump(_ bytes: ArraySlice<UInt8>) -> String {
    let all = Array(bytes)
    func hexadecimal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return stride(from: 0, to: all.count, by: 16).map { offset in
      let row = all[offset..<min(offset + 16, all.count)]
      let codes = row.map { hexadecimal(Int($0), 2) }.joined(separator: " ")
      let text = row.map { (0x20..<0x7F).contains($0) ? String(Unicode.Scalar($0)) : "." }.joined()
      return hexadecimal(offset, 4) + "  " + codes + String(repeating: "   ", count: 16 - row.count) + "  "
        + text
    }.joined(separator: "\n")
  }

  static let members: TemplateMembers<HTTPView> = [
    "method": { .text($0.method) }, "url": { .text($0.url) }, "headers": { .list($0.headers) },
    "hasHeaders": { .flag($0.hasHeaders) },
    "body": { .optional($0.body) }, "bodyNote": { .text($0.bodyNote) }, "notes": { .list($0.notes) },
  ]
}

extension PlannedHTTP.Header: TemplateRecord {
  static let members: TemplateMembers<PlannedHTTP.Header> = [
    "name": { .text($0.name) }, "value": { .text($0.value) },
  ]
}

/// JSON with line breaks, hidden characters as JSON's own escapes; `nil` for text that is no object or array.
func indentedJSON(_ bytes: [UInt8]) -> String? {
  guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "["),
    case .document(let document) = readJSON(SourceText(bytes), limits: .unbounded)
  else { return nil }
  var writer = JSONWriter(.indented)
  writer.copy(document.root, of: document) { _ in true }
  let indented = writer.text
  if indented.utf8.allSatisfy({ $0 == UInt8(ascii: "\n") || (0x20..<0x7F).contains($0) }) { return indented }
  return indented.unicodeScalars.reduce(into: "") { text, scalar in
    if scalar == "\n" || isVisible(scalar) {
      text.unicodeScalars.append(scalar)
    } else {
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }
}
