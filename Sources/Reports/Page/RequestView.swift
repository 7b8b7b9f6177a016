internal import Planning
internal import Rules
internal import Syntax

/// One request of the page.
struct RequestView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "anchor": .text(anchor), "number": .number(number), "opensAtOnce": .flag(opensAtOnce),
      "requestID": .text(requestID), "shortName": .text(shortName), "operation": .text(operation),
      "service": .text(service), "requestVerdict": .object(requestVerdict), "risk": .text(risk),
      "reasons": .list(reasons), "start": .optional(start),
      "startMilliseconds": .optional(startMilliseconds.map(String.init)), "place": .text(place),
      "effect": .optional(effect), "schedule": .object(schedule), "region": .text(region),
      "account": .text(account), "findings": .list(findings), "hasFindings": .flag(hasFindings),
      "unchecked": .optional(unchecked),
      "requestConflicts": .list(requestConflicts), "hasRequestConflicts": .flag(hasRequestConflicts),
      "preconditions": .list(preconditions), "hasPreconditions": .flag(hasPreconditions),
      "parameters": .object(parameters), "inferred": .list(inferred), "hasInferred": .flag(hasInferred),
      "http": .optional(http), "command": .optional(command),
      "commandNote": .optional(commandNote), "isBlocked": .flag(isBlocked),
      "followUp": .list(followUp), "hasFollowUp": .flag(hasFollowUp), "requestDigest": .text(requestDigest),
    ]
  }
}

/// When a request takes effect.
struct ScheduleView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "earliest": .optional(earliest), "latest": .optional(latest), "scheduleNote": .optional(scheduleNote),
      "isUntimed": .flag(isUntimed),
    ]
  }
}

/// What must hold before.
struct PreconditionView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "statement": .text(statement), "state": .text(state), "evidence": .optional(evidence),
      "preconditionRule": .text(preconditionRule), "weight": .optional(weight),
    ]
  }
}

/// What the service fills in.
struct InferredView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "inferredPointer": .text(inferredPointer), "inferredValue": .text(inferredValue),
      "because": .text(because), "inferredLink": .optional(inferredLink),
    ]
  }
}

/// A command to run afterwards.
struct FollowUpView: TemplateView {
  let followUpID: String
  let followUpText: String

  init(index: Int, text: String, number: Int) {
    followUpID = "follow-up-\(number)-\(index + 1)"
    followUpText = text
  }

  var values: [String: TemplateValue] {
    [
      "followUpID": .text(followUpID), "followUpText": .text(followUpText),
    ]
  }
}

/// Text in a box of its own, folded where it is long.
struct CodeView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "codeID": .text(codeID), "codeLabel": .text(codeLabel), "code": .text(code), "isLong": .flag(isLong),
      "size": .text(size),
    ]
  }
}

/// What goes over the wire.
struct HTTPView: TemplateView {
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

  var values: [String: TemplateValue] {
    [
      "method": .text(method), "url": .text(url), "headers": .list(headers), "hasHeaders": .flag(hasHeaders),
      "body": .optional(body), "bodyNote": .text(bodyNote), "notes": .list(notes),
    ]
  }
}

extension PlannedHTTP.Header: TemplateView {
  var values: [String: TemplateValue] { ["name": .text(name), "value": .text(value)] }
}

/// JSON with line breaks, hidden characters as JSON's own escapes; `nil` for text that is no object or array.
func indentedJSON(_ bytes: [UInt8]) -> String? {
  guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "["),
    case .document(let document) = readJSON(SourceText(bytes), limits: .unbounded)
  else { return nil }
  var writer = JSONWriter(.indented)
  writer.copy(document.root, of: document) { _ in true }
  return writer.text.unicodeScalars.reduce(into: "") { text, scalar in
    if scalar == "\n" || visible(scalar) == String(scalar) {
      text.unicodeScalars.append(scalar)
    } else {
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }
}
