@testable import Linting
import Planning
import Syntax
import Verdicts

/// Synthetic plans of any size, the same at every run, with every feature that a plan can have.
enum PagePlans {
  /// Texts that would break a page that trusts them.
  static let hostile: [String] = [
    "</script><script>document.title='owned'</script>",
    "\"><img src=x onerror=\"document.title='owned'\">",
    // A combining mark joins the quote to one character, which an escape of whole characters does not know.
    "\"\u{301} onfocus=\"document.title='owned'\" autofocus x='\u{301} <\u{338}b> &\u{301}amp;",
    "control \u{0}\u{1B}[31m\u{7F} bidi \u{202E}gnp.exe\u{202C} \u{200F}\u{FEFF} line\u{2028}end \u{FFFE}",
    "{{requestID}} {{{style}}} {{#requests}} <!-- --> ]]> &lt; %00",
    "日本語のとても長い名前 עברית العربية 👩‍👩‍👧‍👦 " + String(repeating: "wide", count: 60),
    "back`tick` $(touch owned) 'single' \\ trailing\\",
  ]

  static let now = Instant(milliseconds: 1_795_176_000_000)
  private static let hour: Int64 = 3_600_000
  private static let services = [
    ("opensearch", "StartServiceSoftwareUpdate"), ("es", "UpgradeElasticsearchDomain"),
    ("proton", "UpdateServiceInstance"), ("opensearch", "AssociatePackage"),
  ]

  /// A plan with so many requests; the more there are, the more of them have special features.
  static func plan(_ count: Int) -> Plan {
    let requests = (0..<count).map(request)
    let ids = requests.map(\.id)
    return Plan(
      digest: digest(count), now: now, catalogSource: "botocore 1.44.8",
      inputs: PlanInputs(paths: ["requests/"], region: "eu-west-1"), requests: requests, order: order(ids),
      conflicts: conflicts(ids),
      findings: count == 1 ? [] : [finding(.error, line: 3), finding(.warning, line: 9)],
      files: (0..<(count + 3) / 4).map { PlannedFile(path: "requests/batch-\($0).yaml", hash: hash($0)) },
      skippedFiles: count / 10)
  }

  /// A plan in which every text that comes from outside is hostile.
  static func hostilePlan() -> Plan {
    let requests = hostile.enumerated().map { index, text in
      hostileRequest(index, text + (index == 5 ? String(repeating: "x", count: 50_000) : ""))
    }
    let ids = requests.map(\.id)
    return Plan(
      digest: digest(7), now: now, catalogSource: hostile[1],
      inputs: PlanInputs(paths: hostile, operation: hostile[0], region: hostile[2], account: hostile[3]),
      requests: requests, order: [Array(ids.dropLast()), Array(ids.suffix(1)), []],
      conflicts: hostile.map {
        Conflict(requests: ids + ["no such request"], rule: $0, severity: .error, message: $0)
      },
      findings: hostile.map { finding(.error, line: 1, text: $0) },
      files: hostile.map { PlannedFile(path: $0, hash: $0) }, skippedFiles: 1)
  }

  static let empty = Plan(
    digest: digest(0), now: now, catalogSource: "botocore 1.44.8", inputs: PlanInputs(paths: []),
    requests: [], order: [], conflicts: [], findings: [], files: [], skippedFiles: 0)

  static func finding(_ severity: Severity, line: Int, text: String? = nil) -> LocatedFinding {
    LocatedFinding(
      file: text ?? "requests/broken.yaml", requestID: nil, service: nil, operation: nil,
      rule: text ?? "wrong-type",
      severity: severity,
      message: text ?? "DomainName is a number; it has to be a string of 3 to 28 characters",
      hint: text ?? "put the value in quotes", pointer: "/" + (text ?? "DomainName"),
      start: Position(line: line, column: 13), end: Position(line: line, column: 18),
      source: text == nil
        ? "https://docs.aws.amazon.com/goto/WebAPI/opensearch-2021-01-01/" : "javascript:alert(1)",
      excerpt: Excerpt(text: text ?? "DomainName: 12345", markStart: 12, markCount: 5))
  }

  // MARK: Requests

  private static func request(_ index: Int) -> PlannedRequest {
    let (service, operation) = services[index * 7 % services.count]
    let verdict: PlannedRequest.Verdict =
      index % 11 == 4 ? .blocked : index % 5 == 2 ? .review : .ready
    let level: Risk.Level = index % 7 == 4 ? .high : index % 3 == 1 ? .medium : .low
    let parameters = json(index)
    return PlannedRequest(
      id: index % 4 == 0 ? "logs-prod-\(index)" : "requests/\(service)/domain-\(index).yaml#1",
      file: "requests/batch-\(index / 4).yaml", line: index % 4 * 12 + 2, service: service,
      operation: operation,
      region: index % 6 == 5 ? nil : "eu-west-1", account: index % 2 == 0 ? "123456789012" : nil,
      verdict: verdict, digest: digest(index), parameters: Array(parameters.utf8),
      inferred: index % 3 == 0
        ? [
          InferredValue(
            pointer: "/ScheduleAt", value: "TIMESTAMP", because: "a DesiredStartTime is given",
            source: "https://docs.aws.amazon.com/goto/WebAPI/opensearch-2021-01-01/StartServiceSoftwareUpdate"
          )
        ] : [],
      http: http(index, parameters),
      command: [
        "aws", service, kebab(operation), "--region", "eu-west-1", "--cli-input-json", parameters,
      ],
      effect:
        "Starts the service software update of the domain logs-\(index); its nodes are replaced one by one.",
      schedule: schedule(index),
      risk: Risk(
        level: level,
        reasons: level == .low ? [] : ["replaces every node of a domain", "no snapshot was given"]),
      preconditions: preconditions(index, verdict),
      followUp: ["aws \(service) describe-domain --domain-name logs-\(index) --region eu-west-1"],
      findings: verdict == .ready ? [] : [finding(verdict == .blocked ? .error : .warning, line: 5)])
  }

  private static func hostileRequest(_ index: Int, _ text: String) -> PlannedRequest {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.member(text, text)
      writer.key("Lines")
      writer.array { writer in (0..<(index == 1 ? 1000 : 2)).forEach { writer.value("line \($0) \(text)") } }
    }
    return PlannedRequest(
      id: "\(index) \(text)", file: text, line: 1, service: text, operation: text, region: text,
      account: text,
      verdict: .blocked, digest: digest(index), parameters: writer.bytes,
      inferred: [InferredValue(pointer: text, value: text, because: text, source: "javascript:alert(1)")],
      http: PlannedHTTP(
        method: "POST", url: text, headers: [PlannedHTTP.Header(name: text, value: text)],
        body: .text("\n" + text), notes: [text]),
      command: ["aws", text, "--cli-input-json", writer.text], effect: text,
      schedule: Schedule(
        earliest: [Instant(milliseconds: .min / 2), now, Instant(milliseconds: .max / 2)][index % 3],
        latest: nil,
        note: text),
      risk: Risk(level: .high, reasons: [text]),
      preconditions: [
        Precondition(id: text, statement: text, state: .unmet, evidence: text, severity: .error)
      ],
      followUp: [text], findings: [finding(.error, line: 1, text: text)])
  }

  private static func json(_ index: Int) -> String {
    if index % 13 == 6 {
      let rows = (0..<40).map { "{\"Key\":\"team-\($0)\",\"Value\":\"platform\"}" }.joined(separator: ",")
      return "{\"DomainName\":\"logs-\(index)\",\"TagList\":[\(rows)]}"
    }
    return
      "{\"DomainName\":\"logs-\(index)\",\"ScheduleAt\":\"TIMESTAMP\",\"DesiredStartTime\":\(start(index))}"
  }

  private static func http(_ index: Int, _ parameters: String) -> PlannedHTTP? {
    if index % 17 == 9 { return nil }
    let body: PlannedHTTP.Body =
      index % 10 == 3
      ? .binary((0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ index) })
      : index % 10 == 7 ? .text("") : .text(parameters)
    return PlannedHTTP(
      method: index % 10 == 7 ? "GET" : "POST",
      url:
        "https://es.eu-west-1.amazonaws.com/2021-01-01/opensearch/serviceSoftwareUpdate/start?trace=\(index)",
      headers: [
        PlannedHTTP.Header(name: "Content-Type", value: "application/json"),
        PlannedHTTP.Header(name: "X-Amz-Target", value: "Service.Operation"),
      ], body: body, notes: index % 9 == 0 ? ["a client token is generated when the request is sent"] : [])
  }

  private static func start(_ index: Int) -> Int64 {
    let nights = Int64(index * 5 % 6)
    return now.milliseconds + 24 * hour * nights + 10 * hour + Int64(index * 37 % 300) * 60_000
  }

  private static func schedule(_ index: Int) -> Schedule {
    if index % 8 == 7 { return Schedule(note: "takes effect when it is sent") }
    let earliest = Instant(milliseconds: start(index))
    return Schedule(
      earliest: earliest, latest: index % 2 == 0 ? earliest.advanced(milliseconds: 4 * hour) : nil,
      note: index % 4 == 0 ? "the service may start up to an hour later" : "")
  }

  private static func preconditions(_ index: Int, _ verdict: PlannedRequest.Verdict) -> [Precondition] {
    let states: [Precondition.State] =
      verdict == .ready ? [.met] : verdict == .review ? [.met, .unknown] : [.unmet]
    return states.map { state in
      Precondition(
        id: "domain-is-not-processing", statement: "The domain is not being changed already", state: state,
        evidence: state == .unknown
          ? "no snapshot of the domain was given" : "state/describe-domain.json: DomainStatus.Processing",
        severity: .error)
    }
  }

  // MARK: The whole

  private static func order(_ ids: [String]) -> [[String]] {
    if ids.count < 5 { return [ids] }
    let first = ids.count * 3 / 5
    let second = min(first + 6, ids.count - 1)
    return [Array(ids[..<first]), Array(ids[first..<second]), Array(ids[second...])]
  }

  private static func conflicts(_ ids: [String]) -> [Conflict] {
    guard ids.count >= 10 else { return [] }
    let message = "two changes of one domain start within an hour of each other"
    return [
      Conflict(
        requests: [ids[ids.count * 3 / 5], ids[ids.count * 3 / 5 + 2]], rule: "one-change-at-a-time",
        severity: .error,
        message: message),
      Conflict(
        requests: [ids[2], ids[ids.count - 1]], rule: "one-change-at-a-time", severity: .error,
        message: message),
      Conflict(
        requests: Array(ids.prefix(min(ids.count, 30))), rule: "too-many-at-once", severity: .warning,
        message: "more than five domains of one account change at the same time"),
    ]
  }

  private static func digest(_ index: Int) -> String { "sha256:" + hash(index) }

  private static func hash(_ index: Int) -> String {
    var state = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    return (0..<64).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(state >> 60, radix: 16)
    }.joined()
  }

  private static func kebab(_ name: String) -> String {
    name.reduce(into: "") { $0 += ($1.isUppercase && !$0.isEmpty ? "-" : "") + $1.lowercased() }
  }
}
