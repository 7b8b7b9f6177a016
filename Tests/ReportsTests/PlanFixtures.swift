import Foundation
@testable import Linting
import Planning
import Syntax
import TestSupport
import Testing
import Verdicts

/// Plans and a difference that every rendering has to carry.
enum PlanFixtures {
  /// Tries to get out of everything that a rendering may put it into.
  static let hostile =
    "it's \"quoted\" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \\n \\| *b* _i_ ~~s~~ [l](https://e.example)"
    + " ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile:"
    + " https://e.example www.e.example a@e.example deadbeefcafe\r\n\n# heading\n- item\n```\n/close\n😀"

  static let now = Instant(milliseconds: 1_795_176_000_000)
  static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
  static let hash = String(repeating: "fedcba9876543210", count: 4)

  static func finding(
    _ rule: String, _ severity: Severity, file: String = "requests/update.yaml", request: String?,
    message: String, hint: String? = nil
  ) -> LocatedFinding {
    LocatedFinding(
      file: file, requestID: request, service: nil, operation: nil, rule: rule, severity: severity,
      message: message, hint: hint, pointer: "/ScheduleAt", start: Position(line: 4, column: 13),
      end: Position(line: 4, column: 16), source: nil,
      excerpt: Excerpt(text: "ScheduleAt: NOW", markStart: 12, markCount: 3))
  }

  static func plan(
    _ requests: [PlannedRequest], order: [[String]]? = nil, conflicts: [Conflict] = [],
    findings: [LocatedFinding] = [], files: [PlannedFile] = []
  ) -> Plan {
    Plan(
      digest: digest, now: now, catalogSource: "botocore 0", inputs: PlanInputs(paths: ["requests"]),
      requests: requests, order: order ?? [requests.map(\.id)], conflicts: conflicts, findings: findings,
      files: files, skippedFiles: 2)
  }

  /// A request as the planner makes it, with the command line that goes with it.
  static func request(
    _ id: String, file: String = "requests/update.yaml", line: Int = 2,
    verdict: PlannedRequest.Verdict = .ready, parameters: String = #"{"DomainName":"logs"}"#,
    secret: String? = nil
  ) -> PlannedRequest {
    PlannedRequest(
      id: id, file: file, line: line, service: "opensearch", operation: "StartServiceSoftwareUpdate",
      region: "eu-west-1", account: "123456789012", verdict: verdict, digest: digest,
      parameters: Array(parameters.utf8),
      command: [
        "aws", "opensearch", "start-service-software-update", "--region", "eu-west-1", "--cli-input-json",
        parameters,
      ], secretParameters: secret.map { Array($0.utf8) })
  }

  // MARK: Requests

  static let blocked: PlannedRequest = {
    var request = PlanFixtures.request(
      "requests/update.yaml#1", verdict: .blocked,
      parameters: #"{"DomainName":"logs","ScheduleAt":"NOW","DesiredStartTime":1796090400000}"#)
    request.effect = "updates the service software of the domain logs, which may restart its nodes"
    request.schedule = Schedule(
      earliest: Instant(milliseconds: 1_796_090_400_000), latest: Instant(milliseconds: 1_796_094_000_000),
      note: "the service may start up to an hour later")
    request.risk = Risk(level: .high, reasons: ["replaces every node of the domain", "cannot be undone"])
    request.inferred = [
      InferredValue(
        pointer: "/ScheduleAt", value: "TIMESTAMP", because: "DesiredStartTime is given",
        source: "https://docs.example")
    ]
    request.http = PlannedHTTP(
      method: "POST",
      url: "https://es.eu-west-1.amazonaws.com/2021-01-01/opensearch/serviceSoftwareUpdate/start",
      headers: [PlannedHTTP.Header(name: "Content-Type", value: "application/json")],
      body: .text(String(decoding: request.parameters, as: UTF8.self)),
      notes: ["the endpoint is that of the standard partition"])
    request.preconditions = [
      Precondition(
        id: "domain-is-not-processing", statement: "the domain is not being changed already", state: .unmet,
        evidence: "state/logs.json: /DomainStatus/Processing is true", severity: .error),
      Precondition(
        id: "software-update-available", statement: "an update is available", state: .met,
        evidence: "state/logs.json: /DomainStatus/ServiceSoftwareOptions/UpdateAvailable", severity: .error),
    ]
    request.findings = [
      finding(
        "desired-start-time-without-timestamp", .error, request: "requests/update.yaml#1",
        message: "DesiredStartTime is read only when ScheduleAt is TIMESTAMP, but ScheduleAt is \"NOW\"",
        hint: "remove DesiredStartTime, or set ScheduleAt to TIMESTAMP")
    ]
    request.followUp = ["aws opensearch describe-domain --domain-name logs --region eu-west-1"]
    return request
  }()

  /// Everything that a file can put into a plan is hostile.
  static let review: PlannedRequest = {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.member(hostile, hostile)
      writer.member("Secret", "****")
    }
    var request = PlanFixtures.request(
      hostile, file: "-requests/\(hostile).yaml", line: 7, verdict: .review, parameters: writer.text,
      secret: writer.text.replacing("****", with: "it's $ecret"))
    request.region = hostile
    request.account = hostile
    request.effect = hostile
    request.schedule = Schedule(earliest: now, note: hostile)
    request.risk = Risk(level: .medium, reasons: [hostile])
    request.inferred = [
      InferredValue(pointer: "/\(hostile)", value: hostile, because: hostile, source: hostile)
    ]
    request.http = PlannedHTTP(
      method: "PUT", url: "https://e.example/\(hostile)",
      headers: [PlannedHTTP.Header(name: "X-Header", value: hostile)], body: .text(hostile), notes: [hostile])
    request.preconditions = [
      Precondition(id: "hostile", statement: hostile, state: .unknown, evidence: hostile, severity: .warning)
    ]
    request.findings = [
      finding("hostile", .warning, file: request.file, request: hostile, message: hostile, hint: hostile)
    ]
    request.followUp = ["aws opensearch describe-domain --domain-name '\(hostile)'"]
    return request
  }()

  static let ready: PlannedRequest = {
    var request = PlanFixtures.request("package", file: "requests/package.yaml", line: 1)
    request.region = nil
    request.account = nil
    request.effect = "creates a package"
    request.http = PlannedHTTP(
      method: "POST", url: "https://es.{region}.amazonaws.com/", headers: [],
      body: .binary([0xA1, 0x00, 0xFF]))
    request.schedule = Schedule(latest: now.advanced(milliseconds: 86_400_500))
    return request
  }()

  static let unknown = PlannedRequest(
    id: "requests/update.yaml#2", file: "requests/update.yaml", line: 9, service: nil, operation: nil,
    verdict: .blocked, digest: digest, parameters: Array("{}".utf8),
    findings: [
      finding(
        "unknown-service", .error, request: "requests/update.yaml#2",
        message: "no service is named \"opensaerch\"",
        hint: "did you mean opensearch?")
    ])

  static let fromInput: PlannedRequest = {
    var request = PlanFixtures.request("<stdin>#1", file: "<stdin>", line: 1)
    request.parameters = Array(#"{"DomainName":"\#(String(repeating: "x", count: 400))"}"#.utf8)
    request.command[6] = String(decoding: request.parameters, as: UTF8.self)
    return request
  }()

  // MARK: Plans

  /// A request of each verdict and kind.
  static let everything = plan(
    [review, ready, blocked, unknown, fromInput],
    order: [[review.id, ready.id, fromInput.id], [blocked.id, unknown.id]],
    conflicts: [
      Conflict(
        requests: [blocked.id, review.id], rule: "same-domain-twice", severity: .error,
        message: "both update the domain logs"),
      Conflict(requests: [ready.id, review.id], rule: "hostile", severity: .warning, message: hostile),
    ],
    findings: [
      finding(
        "syntax-error", .error, file: "requests/broken.yaml", request: nil,
        message: "text ends inside a mapping"),
      finding("hostile", .info, file: hostile, request: nil, message: hostile),
    ],
    files: [
      PlannedFile(path: review.file, hash: hash), PlannedFile(path: "requests/package.yaml", hash: hash),
      PlannedFile(path: "requests/update.yaml", hash: hash),
    ])

  static let one = plan([ready], files: [PlannedFile(path: "requests/package.yaml", hash: hash)])

  /// Nothing of it is blocked.
  static let sendable = plan(
    [review, ready, fromInput], order: [[ready.id], [fromInput.id, review.id]],
    files: [
      PlannedFile(path: review.file, hash: hash), PlannedFile(path: "<stdin>", hash: hash),
      PlannedFile(path: "requests/package.yaml", hash: hash),
    ])

  /// Many requests, every tenth blocked, the last one of these with a high risk.
  static func many(_ count: Int) -> Plan {
    plan(
      (1...count).map { number in
        var request = number % 10 == 0 ? blocked : ready
        request.id = "requests/file-\(number).yaml#1"
        request.file = "requests/file-\(number).yaml"
        request.risk.level = number == count / 10 * 10 ? .high : .low
        return request
      })
  }

  // MARK: Difference

  static let difference = PlanDifference(
    oldDigest: digest, newDigest: "sha256:" + hash,
    entries: [
      PlanDifference.Entry(
        kind: .changed, id: "requests/update.yaml#1", file: "requests/update.yaml", service: "opensearch",
        operation: "StartServiceSoftwareUpdate", oldVerdict: .review, newVerdict: .blocked, oldRisk: .medium,
        newRisk: .high,
        changes: [
          PlanDifference.Change(pointer: "/DesiredStartTime", old: "1796090400000", new: nil),
          PlanDifference.Change(pointer: "/Tags", old: nil, new: #"[{"Key":"a","Value":"b"}]"#),
          PlanDifference.Change(pointer: "region", old: #""eu-west-1""#, new: #""eu-west-2""#),
        ]),
      PlanDifference.Entry(
        kind: .added, id: "package", file: "requests/package.yaml", service: "opensearch",
        operation: "CreatePackage", newVerdict: .ready, newRisk: .low),
      PlanDifference.Entry(
        kind: .removed, id: "gone", file: "requests/gone.yaml", service: nil, operation: nil,
        oldVerdict: .blocked, oldRisk: .low),
      PlanDifference.Entry(
        kind: .changed, id: hostile, file: hostile, service: "opensearch", operation: "CreatePackage",
        oldVerdict: .ready, newVerdict: .ready, oldRisk: .low, newRisk: .low,
        changes: [
          PlanDifference.Change(pointer: "/\(hostile)", old: json(hostile), new: json("other \(hostile)"))
        ],
        notes: ["a sensitive member differs", hostile]),
    ])

  static let noDifference = PlanDifference(oldDigest: digest, newDigest: digest, entries: [])

  private static func json(_ text: String) -> String {
    var writer = JSONWriter(.compact)
    writer.value(text)
    return writer.text
  }
}

/// Compares a rendering with the golden file of that name; `REQLINT_REWRITE_GOLDENS` rewrites it, and still fails.
func expectGolden(_ bytes: [UInt8], _ name: String) throws {
  let actual = String(decoding: bytes, as: UTF8.self)
  let file = Project.root.appending(path: "Tests/ReportsTests/Golden/\(name)")
  if ProcessInfo.processInfo.environment["REQLINT_REWRITE_GOLDENS"] != nil {
    try actual.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("rewritten: \(name)")
  }
  #expect(try String(contentsOf: file, encoding: .utf8) == actual)
}

/// Whether a text holds no control character but line breaks, and nothing that turns the direction of writing.
func isFreeOfControls(_ bytes: [UInt8]) -> Bool {
  String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
    scalar == "\n" || ![.control, .format].contains(scalar.properties.generalCategory)
  }
}
