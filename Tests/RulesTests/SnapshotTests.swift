import Foundation
import Models
import Syntax
import Testing
import Verdicts

@testable import Rules

/// Which answers are a request's, what several come to, and that nothing is met by an answer that is no good.
struct SnapshotTests {
  // MARK: What is a snapshot

  static let kinds: [(String, SnapshotKind, Bool)] = [
    (#"{"DomainStatus": {}}"#, .domain, false), (#"{"DomainStatusList": []}"#, .domain, true),
    (#"{"PackageDetailsList": []}"#, .package, true), (#"{"ScheduledActions": []}"#, .scheduledAction, true),
    (#"{"serviceInstance": {}}"#, .serviceInstance, false),
    (#"{"serviceInstances": []}"#, .serviceInstance, true),
    (#"{"service": {}}"#, .service, false), (#"{"services": []}"#, .service, true),
    (#"{"component": {}}"#, .component, false), (#"{"components": []}"#, .component, true),
    (#"{"serviceTemplate": {}}"#, .serviceTemplate, false),
    (#"{"serviceTemplateVersion": {}}"#, .serviceTemplateVersion, false),
  ]

  @Test(arguments: kinds)
  func knowsAnswersByTheirKeys(_ text: String, _ kind: SnapshotKind, _ isList: Bool) throws {
    let snapshot = try snapshot(text)
    #expect(snapshot.kind == kind)
    #expect(snapshot.isList == isList)
    #expect(snapshot.isComplete)
  }

  @Test func refusesWhatIsNone() {
    #expect(throws: SnapshotFault.unrecognised) { try snapshot("[]") }
    #expect(throws: SnapshotFault.unrecognised) { try snapshot("{}") }
    #expect(throws: SnapshotFault.unrecognised) { try snapshot("null") }
    #expect(throws: SnapshotFault.wrongType(key: "DomainStatus", isList: false)) {
      try snapshot(#"{"DomainStatus": []}"#)
    }
    #expect(throws: SnapshotFault.wrongType(key: "services", isList: true)) {
      try snapshot(#"{"services": null}"#)
    }
    #expect(throws: SnapshotFault.encoding) {
      try Snapshot(file: "x", text: SourceText([0xFF]), savedAt: nil, limits: Limits())
    }
    #expect(throws: SnapshotFault.self) { try snapshot("{") }
  }

  @Test func furtherPages() throws {
    func isComplete(_ token: String) throws -> Bool {
      try snapshot("{\"components\": [], \(token)}").isComplete
    }
    #expect(try !isComplete(#""nextToken": "x""#))
    #expect(try !isComplete(#""NextToken": "x""#))
    #expect(try isComplete(#""NextToken": null"#))
    #expect(try isComplete(#""nextToken": """#))
  }

  // MARK: Every rule: nothing is met by an answer that does not tell

  struct Broken: CustomTestStringConvertible {
    let rule: String
    let request: String
    let file: String

    var testDescription: String { rule }
  }

  /// The first row of every rule about one resource that is met by an answer as it is.
  static let whole: [Broken] = {
    let rows =
      SnapshotRowTests.domainRows + SnapshotRowTests.updateRows + SnapshotRowTests.windowRows
      + SnapshotRowTests.instanceRows + SnapshotRowTests.pipelineRows + SnapshotRowTests.serviceRows
    var seen: Set<String> = []
    return rows.filter { row in
      // A service without a pipeline is told by what its answer lacks.
      !row.file.contains(" ") && !row.file.contains("component") && row.expected.hasPrefix("met ")
        && row.rule != "service-without-pipeline"
        && row.edits.isEmpty && seen.insert(row.rule).inserted
    }.map { Broken(rule: $0.rule, request: $0.request, file: $0.file) }
  }()

  private func judged(_ item: Broken, region: String = "eu-west-1", _ text: String) throws -> String? {
    let (operation, parameters) = try #require(SnapshotRowTests.requests[item.request])
    let subject = try subject(operation, parameters, region: region, account: "123456789012")
    return try RulesTests.judged(builtInRule(item.rule), subject, [snapshot(text, file: item.file)])
  }

  @Test(arguments: whole)
  func answersAboutSomethingElseTellNothing(_ item: Broken) throws {
    let answer = try SavedAnswer(item.file)
    let noun = try snapshot(answer.text).kind.noun
    let other = "unknown \(item.file): of another \(noun), region or account"
    #expect(try judged(item, region: "us-east-1", answer.text) == other)
    for name in ["DomainName", "name", "serviceName"] where answer.text.contains("\"\(name)\"") {
      // A service has no member serviceName, and an instance is told by both.
      for value in ["\"something-else\"", "null", "[]", nil] {
        var changed = answer
        try changed.set(name, value)
        #expect(try judged(item, changed.text) == other, "\(name) \(value ?? "absent")")
      }
    }
    let arn = answer.text.contains("\"ARN\"") ? "ARN" : "arn"
    for (value, expected) in [
      ("\"arn:aws:es:eu-west-1:210987654321:x\"", other), ("\"arn:aws:es:eu-west-3:123456789012:x\"", other),
      // Without an ARN nothing speaks against it.
      ("\"logs-prod\"", try judged(item, answer.text)), (nil, try judged(item, answer.text)),
    ] {
      var changed = answer
      try changed.set(arn, value)
      #expect(try judged(item, changed.text) == expected, "\(value ?? "absent")")
    }
  }

  @Test(arguments: whole)
  func fieldsThatAreAbsentOrOfAnotherTypeTellNothing(_ item: Broken) throws {
    let rule = try builtInRule(item.rule)
    guard case .snapshot(let constraint) = rule.judgement else { return }
    let text = try SavedAnswer(item.file).text
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let key = try #require(root.keys.first)
    for reading in constraint.readings {
      let path = [key] + reading.field.tokens
      for value: Any? in [nil, NSNull(), ["x": 1], [[1]], 5.5, true, "?"] {
        let changed = Self.set(root, path[...], value)
        let data = try JSONSerialization.data(withJSONObject: changed)
        let found = try #require(try judged(item, String(decoding: data, as: UTF8.self)))
        if Self.fits(value, reading.expected) { continue }
        #expect(
          found.hasPrefix("unknown \(item.file): /\(path.joined(separator: "/")) is "),
          "\(path) \(String(describing: value)): \(found)")
      }
    }
  }

  private static func set(_ object: [String: Any], _ path: ArraySlice<String>, _ value: Any?) -> [String: Any]
  {
    var object = object
    guard let key = path.first else { return object }
    object[key] = path.count == 1 ? value : set(object[key] as? [String: Any] ?? [:], path.dropFirst(), value)
    return object
  }

  private static func fits(_ value: Any?, _ expected: SnapshotConstraint.Reading.Expected) -> Bool {
    switch expected {
    case .oneOf, .time: return value is Double && { if case .time = expected { true } else { false } }()
    case .types(let types):
      if types == .boolean { return value is Bool && !(value is Double) }
      if types == .string { return value is String }
      if types == .number { return value is Double }
      return types == .array ? value is [Any] : value is [String: Any]
    }
  }

  // MARK: Several answers

  private static let request = "{DomainName: logs-prod}"

  private func processing(_ snapshots: [Snapshot], region: String? = nil) throws -> String? {
    let subject = try subject("opensearch.StartServiceSoftwareUpdate", Self.request, region: region)
    return try RulesTests.judged(builtInRule("domain-processing"), subject, snapshots)
  }

  private func domain(_ processing: String, file: String, region: String = "eu-west-1") throws -> Snapshot {
    try snapshot(
      #"{"DomainStatusList": [{"DomainName": "logs-dev", "Processing": true}, {"DomainName": "logs-prod", "ARN": "arn:aws:es:\#(region):1:domain/logs-prod", "Processing": \#(processing)}]}"#,
      file: file)
  }

  @Test func severalAnswersAboutOneResource() throws {
    #expect(try processing([]) == "unknown no snapshot of it was given")
    #expect(
      try processing([domain("false", file: "a"), domain("false", file: "b")])
        == "met a: /DomainStatusList/1/Processing is false")
    #expect(
      try processing([domain("false", file: "a"), domain("true", file: "b")])
        == "unknown snapshots contradict each other: a: /DomainStatusList/1/Processing is false, but b: domain logs-prod is processing a change; /DomainStatusList/1/Processing is true"
    )
    #expect(
      try processing([domain("true", file: "a"), domain("true", file: "b")])
        == "unmet a: domain logs-prod is processing a change; /DomainStatusList/1/Processing is true")
    #expect(
      try processing([domain("false", file: "a"), domain("5", file: "b")])
        == "unknown b: /DomainStatusList/1/Processing is a number, not a boolean")
    #expect(
      try processing(
        [domain("false", file: "a"), domain("true", file: "b", region: "us-east-1")], region: "eu-west-1")
        == "met a: /DomainStatusList/1/Processing is false")
    #expect(
      try processing([domain("false", file: "a"), domain("true", file: "b")], region: "us-east-1")
        == "unknown a, b: of another domain, region or account")
  }

  private func packages(_ answers: [(String, String)], parameters: String = "{PackageName: p}") throws
    -> String?
  {
    let subject = try subject("es.CreatePackage", parameters, region: "eu-west-1")
    let snapshots = try answers.map { try snapshot($1, file: $0) }
    return try RulesTests.judged(builtInRule("package-exists"), subject, snapshots)
  }

  private static func list(_ statuses: [String], _ rest: String = "") -> String {
    let items = statuses.map { #"{"PackageID": "F1", "PackageName": "p", "PackageStatus": "\#($0)"}"# }
    return #"{"PackageDetailsList": [\#(items.joined(separator: ", "))]\#(rest)}"#
  }

  @Test func listsOfWhatExists() throws {
    let exists = "package p exists already (F1, AVAILABLE); /PackageDetailsList/0/PackageStatus is AVAILABLE"
    let page = #", "NextToken": "x""#
    #expect(try packages([("a", Self.list([]))]) == "met a: lists no such package")
    #expect(
      try packages([("a", Self.list([], page))])
        == "unknown a: none found that matters, but the list has a further page")
    #expect(
      try packages([("a", Self.list(["DELETED"], page))])
        == "unknown a: none found that matters, but the list has a further page")
    #expect(try packages([("a", Self.list(["AVAILABLE"], page))]) == "unmet a: \(exists)")
    #expect(
      try packages([("a", Self.list(["AVAILABLE"], page)), ("b", Self.list([]))]) == "unmet a: \(exists)")
    #expect(
      try packages([("a", Self.list(["AVAILABLE"])), ("b", Self.list([]))])
        == "unknown snapshots contradict each other: a: \(exists), but b: lists no such package")
    #expect(
      try packages([("a", Self.list([])), ("b", Self.list([], page))])
        == "unknown a, b: none found that matters, but the list has a further page")
    #expect(
      try packages([("a", Self.list(["DELETED", "LOST"]))])
        == "unknown a: /PackageDetailsList/1/PackageStatus is LOST, a value that is not known here")
    #expect(
      try packages([("us-east-1/a", Self.list([]))])
        == "unknown us-east-1/a: of another package, region or account")
    #expect(
      try packages([("us-east-1/a", Self.list([])), ("eu-west-1/a", Self.list([]))])
        == "met eu-west-1/a: lists no such package")
  }

  @Test func entriesThatDoNotTellWhatTheyAre() throws {
    let entries = [
      "null", "5", "[]", "{}", #"{"PackageName": ["p"]}"#, #"{"PackageName": null}"#, #"{"PackageName": 5}"#,
      #"{"PackageName": "q", "EngineVersion": {}}"#,
    ]
    for entry in entries {
      let answer = ("a", #"{"PackageDetailsList": [{"PackageName": "q"}, \#(entry)]}"#)
      let unknown = "unknown a: /PackageDetailsList/1 does not tell what it is"
      #expect(try packages([answer]) == unknown, "\(entry)")
      #expect(try packages([answer], parameters: "{}") == unknown, "\(entry)")
      let subject = try subject("es.CreatePackage", "{PackageName: p}")
      let quota = try RulesTests.judged(
        builtInRule("package-quota-reached"), subject, [snapshot(answer.1, file: answer.0)])
      #expect(
        quota?.hasPrefix("unknown a: 0 of 25, but /PackageDetailsList/0/PackageStatus is absent") == true,
        "\(entry)")
    }
  }

  @Test func countsOfAnotherRegionTellNothing() throws {
    let subject = try subject("es.CreatePackage", "{PackageName: p}", region: "eu-west-1")
    let rule = try builtInRule("package-quota-reached")
    let list = Self.list(["AVAILABLE"])
    #expect(
      try RulesTests.judged(rule, subject, [snapshot(list, file: "us-east-1/a")])
        == "unknown us-east-1/a: of another package, region or account")
    #expect(
      try RulesTests.judged(
        rule, subject, [snapshot(list, file: "us-east-1/a"), snapshot(list, file: "b.eu-west-1.json")])
        == "met b.eu-west-1.json: 1 of 25")
  }

  @Test func filesNamedForTheDomainAreTakenAlone() throws {
    let subject = try subject("opensearch.StartServiceSoftwareUpdate", Self.request)
    let rule = try builtInRule("update-among-scheduled-actions")
    let pending = try SavedAnswer("scheduled-actions.json").text
    let none = #"{"ScheduledActions": []}"#
    func judged(_ files: (String, String)...) throws -> String? {
      try RulesTests.judged(rule, subject, files.map { try snapshot($0.1, file: $0.0) })
    }
    let found =
      "action R20240502 is a software update of domain logs-prod that waits for 2026-12-01T02:00:01Z; /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Status is PENDING_UPDATE"
    for name in ["logs-prod/a.json", "x/logs-prod.json", "actions.logs-prod.json"] {
      #expect(
        try judged((name, none), ("logs-dev/a.json", pending))
          == "met \(name): lists no such scheduled action")
      #expect(try judged(("logs-dev/a.json", none), (name, pending)) == "unmet \(name): \(found)")
    }
    for name in ["logs-prod-2/a.json", "my-logs-prod.json", "logs-prods"] {
      #expect(try judged((name, none)) == "unknown \(name): does not say whose it is")
      #expect(
        try judged((name, pending))
          == "unmet \(name): \(found); \(name) does not say whose it is [assumed logs-prod]")
    }
  }

  @Test func countsAreLowerBoundsOfIncompleteLists() throws {
    let subject = try subject("es.CreatePackage", "{PackageName: p}", account: "123456789012")
    func judged(_ count: Int, _ rest: String = "") throws -> String? {
      let items = (0..<count).map { #"{"PackageID": "F\#($0)", "PackageStatus": "AVAILABLE"}"# }
      let list = #"{"PackageDetailsList": [\#(items.joined(separator: ", "))]\#(rest)}"#
      // The same page twice counts once.
      let snapshots = [try snapshot(list, file: "a"), try snapshot(list, file: "b")]
      return try RulesTests.judged(builtInRule("package-quota-reached"), subject, snapshots)
    }
    #expect(try judged(24) == "met a, b: 24 of 25")
    #expect(try judged(25) == "unmet a, b: 25 of 25")
    #expect(try judged(24, #", "NextToken": "x""#) == "unknown a, b: 24 of 25, but not everything is listed")
    #expect(try judged(25, #", "NextToken": "x""#) == "unmet a, b: 25 of 25")
  }

  // MARK: Hostile answers

  @Test func deepAndOddAnswersAreJudgedWithoutHarm() throws {
    let deep = String(repeating: "[", count: 505) + String(repeating: "]", count: 505)
    #expect(
      try processing([
        snapshot(
          #"{"DomainStatus": {"DomainName": "logs-prod", "Processing": false, "x": \#(deep)}}"#, file: "a")
      ])
        == "met a: /DomainStatus/Processing is false")
    #expect(
      try processing([
        snapshot(
          #"{"DomainStatus": {"DomainName": "logs-prod", "Processing": false, "Processing": true}}"#,
          file: "a")
      ])
        == "unmet a: domain logs-prod is processing a change; /DomainStatus/Processing is true")
  }

  /// Every byte of an answer changed or cut off: no crash, and nothing met but what the untouched fields say.
  @Test func damagedAnswersNeverCrash() throws {
    let text = Array(try SavedAnswer("domain.json").text.utf8)
    let book = RuleBook(files: RuleBook.builtInFiles)
    let subject = try subject("opensearch.StartServiceSoftwareUpdate", Self.request, region: "eu-west-1")
    let rules = book.snapshotRules(for: subject.operation.id)
    var read = 0
    for place in stride(from: 0, to: text.count, by: 31) {
      for byte in [UInt8(ascii: "\""), UInt8(ascii: "}"), UInt8(ascii: "9"), 0x00, 0xFF] {
        var bytes = text
        bytes[place] = byte
        guard
          let snapshot = try? Snapshot(file: "a", text: SourceText(bytes), savedAt: nil, limits: Limits())
        else { continue }
        read += 1
        var run = SnapshotRun(
          subject, state: SavedState([snapshot]), region: "eu-west-1", account: nil, now: testNow,
          limits: Limits())
        for rule in rules { _ = run.judge(rule) }
      }
    }
    #expect(read > 30)
  }

  @Test func withoutSnapshotsEveryPreconditionIsListedAndCheap() throws {
    let book = RuleBook(files: RuleBook.builtInFiles)
    let subject = try subject("opensearch.StartServiceSoftwareUpdate", Self.request)
    let rules = book.snapshotRules(for: subject.operation.id)
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<2000 {
      var run = SnapshotRun(
        subject, state: SavedState([]), region: nil, account: nil, now: testNow, limits: Limits())
      for rule in rules {
        let verdict = run.judge(rule)
        if let verdict, verdict.state != .unknown { Issue.record("\(verdict)") }
        if let verdict, verdict.severity > .info, verdict.statement?.contains("logs-prod") != true {
          Issue.record("\(verdict)")
        }
      }
    }
    // Unoptimised and beside other tests; what is caught is work that grows with what is not there.
    #expect(clock.now - start < .seconds(20))
  }
}
