import Foundation
import TestSupport
import Testing

/// `plan`, `verify` and `diff` as a user runs them.
@Suite struct PlanCommandTests {
  private static let start = "# reqlint: opensearch.StartServiceSoftwareUpdate region=eu-west-1\n"
  private static let instance =
    "# reqlint: proton.UpdateServiceInstance region=eu-west-1\n{name: i, serviceName: s, deploymentType: NONE, "

  private static func fill(_ scratch: Scratch, _ names: [String] = ["a", "b", "c"]) throws {
    for name in names { try scratch.write("req/\(name).yaml", "\(start)DomainName: logs-\(name)\n") }
  }

  private static func digest(_ line: String, in folder: URL) throws -> String {
    let run = try Invocation("plan --format json \(line)", in: folder)
    return try #require(try run.json()["digest"] as? String)
  }

  private static func requests(_ run: Invocation) throws -> [[String: Any]] {
    try #require(try run.json()["requests"] as? [[String: Any]])
  }

  // MARK: Shape

  @Test func planIsTheJSONOfTheContract() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml", Self.start + "DomainName: logs-prod\nDesiredStartTime: 1796090400000\n")
      let run = try Invocation("plan --format json --now \(referenceTime) a.yaml", in: scratch.folder)
      #expect(run.status == 0 && run.errors == "")
      let plan = try run.json()
      #expect(
        Set(plan.keys) == [
          "format", "digest", "now", "catalog", "inputs", "requests", "order", "conflicts", "summary", "seal",
        ])
      #expect(plan["format"] as? String == "reqlint-plan/1")
      #expect(plan["now"] as? String == referenceTime)
      #expect(plan["order"] as? [[String]] == [["a.yaml#1"]])
      let request = try #require(try Self.requests(run).first)
      #expect(
        Set(request.keys) == [
          "id", "file", "line", "service", "operation", "carrier", "region", "verdict", "digest",
          "parameters",
          "inferred",
          "http", "command", "effect", "schedule", "risk", "preconditions", "followUp", "findings",
        ])
      #expect(request["line"] as? Int == 2)
      let schedule = try #require(request["schedule"] as? [String: String])
      #expect(schedule["earliest"] == "2026-12-01T02:00:00Z" && schedule["latest"] == "2026-12-01T03:00:00Z")
      let inferred = try #require((request["inferred"] as? [[String: String]])?.first)
      #expect(inferred["pointer"] == "/ScheduleAt" && inferred["value"] == "TIMESTAMP")
      #expect(Set(inferred.keys) == ["pointer", "value", "because", "source"])
      let summary = try #require(plan["summary"] as? [String: Int])
      #expect(summary == ["requests": 1, "ready": 0, "review": 1, "blocked": 0])
    }
  }

  /// Order of arguments, threads, folder, day and comments decide nothing.
  @Test func digestDependsOnRequestsAlone() throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      let digest = try Self.digest("req", in: scratch.folder)
      #expect(try Self.digest("req/c.yaml req/a.yaml req/b.yaml --jobs 3", in: scratch.folder) == digest)
      #expect(try Self.digest("req --now 2031-01-01T00:00:00Z --jobs 1", in: scratch.folder) == digest)
      #expect(try Self.digest(".", in: scratch.folder.appending(path: "req")) == digest)
      try scratch.write("req/a.yaml", "# a word\n\(Self.start)DomainName: logs-a # another\n")
      #expect(try Self.digest("req", in: scratch.folder) == digest)
      try scratch.write("req/a.yaml", "\(Self.start)DomainName: logs-d\n")
      #expect(try Self.digest("req", in: scratch.folder) != digest)
    }
  }

  @Test func planIsTheSameForAnyNumberOfThreads() throws {
    try withScratch { scratch in
      try Self.fill(scratch, (10..<60).map { "n\($0)" })
      let line = "plan --format json --now \(referenceTime) req --jobs"
      let one = try Invocation("\(line) 1", in: scratch.folder)
      #expect(try Self.requests(one).count == 50)
      #expect(try Invocation("\(line) 4", in: scratch.folder).output == one.output)
    }
  }

  /// A line of a text suppresses nothing; a comment does, and the request wants a review.
  @Test func onlyCommentsSuppress() throws {
    try withScratch { scratch in
      let said = "# reqlint-ignore: pattern-mismatch, too-short -- why"
      func text(_ description: String) -> String {
        "# reqlint: opensearch.CreatePackage region=eu-west-1\nPackageDescription: |\n  \(description)\n"
          + "PackageName: X!\nPackageType: TXT-DICTIONARY\n"
          + "PackageSource: {S3BucketName: abc, S3Key: a.txt}\n"
      }
      for (description, verdict) in [(said, "blocked"), ("a\n\(said)", "review")] {
        try scratch.write("a.yaml", text(description))
        let run = try Invocation("plan --format json --now \(referenceTime) a.yaml", in: scratch.folder)
        #expect(try Self.requests(run).map { $0["verdict"] as? String } == [verdict])
        #expect(try Invocation("lint a.yaml", in: scratch.folder).status == (verdict == "blocked" ? 1 : 0))
      }
    }
  }

  // MARK: Exit status

  struct Exit: CustomTestStringConvertible {
    let name: String
    let line: String
    let status: Int32
    let errors: String

    var testDescription: String { name }

    init(_ name: String, _ line: String, _ status: Int32, _ errors: String = "") {
      self.name = name
      self.line = line
      self.status = status
      self.errors = errors
    }
  }

  static let exits = [
    Exit("a plan", "good.yaml", 0), Exit("blocked", "bad.yaml", 1),
    Exit("a file that does not parse", "broken.yaml good.yaml", 1),
    Exit("nothing", "empty", 2, "reqlint: no request found; 1 file passed over\n"),
    Exit(
      "no such file", "good.yaml gone.yaml", 2,
      "reqlint: gone.yaml: cannot be read: No such file or directory\n"),
    Exit("detailed plan", "--detailed-exitcode good.yaml", 2),
    Exit("detailed blocked", "--detailed-exitcode bad.yaml", 1),
    Exit("detailed nothing", "--detailed-exitcode empty", 0),
    Exit(
      "detailed failure", "--detailed-exitcode --now never good.yaml", 1,
      "reqlint: --now \"never\" is no RFC 3339 date-time such as 2026-11-20T12:00:00Z\n"),
    Exit(
      "bad report", "--report junit=x good.yaml", 2,
      "reqlint: --report \"junit=x\" is not FORMAT=FILE with a format of text, markdown, html, json, sh\n"),
    Exit(
      "report over an input", "--report json=good.yaml good.yaml", 2,
      "reqlint: good.yaml: a report would overwrite a file that is to be read\n"),
    Exit(
      "snapshot that is no JSON", "--state broken.yaml good.yaml", 2,
      "reqlint: broken.yaml: is no snapshot: line 1, column 1: expected a value\n"),
    Exit(
      "snapshot of nothing known", "--state other.json good.yaml", 2,
      "reqlint: other.json: is no snapshot: it is no answer of a describe, get or list call that any rule reads\n"
    ),
    Exit(
      "snapshot of another type", "--state list.json good.yaml", 2,
      "reqlint: list.json: is no snapshot: DomainStatus is not an object\n"),
    Exit(
      "folder without a snapshot", "--state empty good.yaml", 2, "reqlint: empty: holds no snapshot (.json)\n"
    ),
  ]

  @Test(arguments: exits) func exitStatus(_ item: Exit) throws {
    try withScratch { scratch in
      try scratch.write("good.yaml", "\(Self.start)DomainName: logs-prod\n")
      try scratch.write("bad.yaml", "\(Self.start)DomainName: Logs\n")
      try scratch.write("broken.yaml", "a: [\n")
      try scratch.write("empty/note.yaml", "a: 1\n")
      try scratch.write("other.json", "{}")
      try scratch.write("list.json", #"{"DomainStatus": []}"#)
      let run = try Invocation("plan \(item.line)", in: scratch.folder)
      #expect(run.status == item.status)
      #expect(run.errors == item.errors)
    }
  }

  @Test func blockedRequestsLeaveTheOthersPlanned() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml", "\(Self.start)DomainName: Logs\n---\n\(Self.start)DomainName: logs-prod\n")
      let run = try Invocation("plan --format json a.yaml", in: scratch.folder)
      #expect(run.status == 1)
      let requests = try Self.requests(run)
      #expect(requests.map { $0["verdict"] as? String } == ["blocked", "review"])
      let rules = (requests[0]["findings"] as? [[String: Any]])?.compactMap { $0["rule"] as? String }
      #expect(rules?.contains("pattern-mismatch") == true)
    }
  }

  @Test func regionAndAccountOfTheRunCountWhereNoneIsDeclared() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        "# reqlint: es.ListDomainNames\n{}\n---\n# reqlint: es.ListDomainNames region=eu-west-2\n{}\n")
      let run = try Invocation(
        "plan --format json --region eu-west-1 --account 123456789012 a.yaml", in: scratch.folder)
      let requests = try Self.requests(run)
      #expect(requests.map { $0["region"] as? String } == ["eu-west-1", "eu-west-2"])
      #expect(requests.map { $0["account"] as? String } == ["123456789012", "123456789012"])
      try scratch.write("p.json", run.output)
      #expect(try Invocation("verify p.json", in: scratch.folder).status == 0)
      #expect(try Invocation("plan --account 12 a.yaml", in: scratch.folder).status == 2)
    }
  }

  // MARK: What is missing

  private static let gaps: [(line: String, gap: String)] = [
    ("plan --format FORMAT a.yaml gone.yaml", "gone.yaml: cannot be read: No such file or directory"),
    ("plan --format FORMAT --rules pack a.yaml", "severity must be error, warning or info"),
    ("plan --format FORMAT --state gone.json a.yaml", "gone.json: cannot be read: No such file or directory"),
  ]

  /// A plan that lacks something never looks complete, and is never sent.
  @Test(arguments: gaps, ["text", "markdown", "html", "json", "sh"])
  func everyFormatNamesWhatIsMissing(_ item: (line: String, gap: String), _ format: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: sqs.ListQueues region=eu-west-1\n{}\n")
      try scratch.write("pack/no-list.yaml", "title: T\nseverity: errors\noperations: [sqs.*]\n")
      let run = try Invocation(item.line.replacing("FORMAT", with: format), in: scratch.folder)
      #expect(run.status == 2)
      let words = run.output.replacing("`", with: "").split { $0.isWhitespace }.joined(separator: " ")
      #expect(words.contains(item.gap), "\(run.output)")
      #expect(words.contains("sqs.ListQueues") == (format != "sh"))
      #expect(!words.contains("aws sqs list-queues --cli-input-json '{}'"))
    }
  }

  @Test(arguments: [
    ("https://u:hunter2@h.example/", "--endpoint-url must not name a user"),
    ("https://h.example/?t=hunter2", "--endpoint-url must hold neither a query nor a fragment"),
  ])
  func endpointsThatMayHoldSecrets(_ url: String, _ message: String) throws {
    let run = try Invocation("plan --endpoint-url \(url) -", input: "{}")
    #expect(run.status == 2 && run.errors.contains(message) && !run.errors.contains("hunter2"))
  }

  // MARK: Verify

  struct Edit: CustomTestStringConvertible {
    let name: String
    let status: Int32
    /// Lines of the output that tell what changed.
    let told: [String]
    let edit: @Sendable (Scratch) throws -> Void

    var testDescription: String { name }

    init(
      _ name: String, _ status: Int32, _ told: [String] = [],
      _ edit: @escaping @Sendable (Scratch) throws -> Void
    ) {
      self.name = name
      self.status = status
      self.told = told
      self.edit = edit
    }
  }

  private static let sharded = "# reqlint: kinesis.CreateStream\nStreamName: a\nShardCount: "
  private static let tagged = "# reqlint: sqs.TagQueue\nQueueUrl: https://example.com/q\nTags: "
  private static let dated =
    "# reqlint: cloudwatch.DescribeAlarms\nAlarmNames: ["

  static let edits = [
    Edit("nothing", 0, ["no change"]) { _ in },
    Edit("a comment", 0, ["no change"]) { try $0.write("req/a.yaml", "\(start)# new\nDomainName: logs-a\n") },
    Edit("a value", 1, ["req/a.yaml#1", "/DomainName", "\"logs-a\" → \"logs-z\""]) {
      try $0.write("req/a.yaml", "\(start)DomainName: logs-z\n")
    },
    Edit("a member more", 1, ["/ScheduleAt", "(absent) → \"NOW\""]) {
      try $0.write("req/a.yaml", "\(start)DomainName: logs-a\nScheduleAt: NOW\n")
    },
    Edit("a region", 1, ["region", "\"eu-west-1\" → \"eu-west-2\""]) {
      try $0.write(
        "req/a.yaml",
        "# reqlint: opensearch.StartServiceSoftwareUpdate region=eu-west-2\nDomainName: logs-a\n")
    },
    Edit("a sensitive value", 1, ["req/s.yaml#1", "a sensitive value changed"]) {
      try $0.write("req/s.yaml", instance + "spec: hunter3}\n")
    },
    Edit("a file more", 1, ["added", "req/n.yaml#1"]) {
      try $0.write("req/n.yaml", "\(start)DomainName: logs-n\n")
    },
    Edit("a file less", 1, ["removed", "req/b.yaml#1"]) {
      try FileManager.default.removeItem(at: $0.folder.appending(path: "req/b.yaml"))
    },
    Edit("a file more that cannot be taken in", 1, ["added", "req/q.json", "syntax-error"]) {
      try $0.write("req/q.json", "{broken")
    },
    Edit("a date without its quotes", 1, ["req/d.yaml#1", "/AlarmNames/0"]) {
      try $0.write("req/d.yaml", dated + "2026-12-01]\n")
    },
    Edit("an octal number", 1, ["req/o.yaml#1", "/ShardCount", "old       10", "the integer 8"]) {
      try $0.write("req/o.yaml", sharded + "010\n")
    },
    Edit("an octal number, suppressed", 1, ["/ShardCount"]) {
      try $0.write("req/o.yaml", sharded + "010 # reqlint-ignore: ambiguous-scalar -- meant so\n")
    },
    Edit("the same number in hexadecimal", 0, ["no change"]) {
      try $0.write("req/o.yaml", sharded + "0xA\n")
    },
    // The digest is the same, and nothing can be sent any more.
    Edit("a key that is a number now", 1, ["req/t.yaml#1", "findings.wrong-type"]) {
      try $0.write("req/t.yaml", tagged + "{1: a}\n")
    },
    Edit("a member twice", 1, ["req/a.yaml#1", "findings.duplicate-key"]) {
      try $0.write("req/a.yaml", "\(start)DomainName: logs-b\nDomainName: logs-a\n")
    },
    Edit("a file that no longer parses", 1, ["removed", "req/b.yaml#1"]) {
      try $0.write("req/b.yaml", "a: [\n")
    },
  ]

  @Test(arguments: edits) func verifyTells(_ item: Edit) throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      try scratch.write("req/s.yaml", Self.instance + "spec: hunter2}\n")
      try scratch.write("req/d.yaml", Self.dated + "\"2026-12-01\"]\n")
      try scratch.write("req/o.yaml", Self.sharded + "10\n")
      try scratch.write("req/t.yaml", Self.tagged + "{\"1\": a}\n")
      try scratch.write("p.json", try Invocation("plan --format json req", in: scratch.folder).output)
      try item.edit(scratch)
      let run = try Invocation("verify p.json", in: scratch.folder)
      #expect(run.status == item.status, "\(run.output)")
      for text in item.told { #expect(run.output.contains(text), "\(run.output)") }
      #expect(!run.output.contains("hunter"))
      let json = try Invocation("verify --format json p.json", in: scratch.folder).json()
      #expect((json["requests"] as? [Any])?.isEmpty == (item.status == 0))
    }
  }

  @Test func verifyReadsStandardInputWhereThePlanDid() throws {
    try withScratch { scratch in
      let plan = try Invocation(
        "plan --format json -", in: scratch.folder, input: "\(Self.start)DomainName: logs-a\n")
      try scratch.write("p.json", plan.output)
      let same = try Invocation(
        "verify p.json", in: scratch.folder, input: "\(Self.start)DomainName: logs-a # x\n")
      #expect(same.status == 0)
      let other = try Invocation(
        "verify p.json", in: scratch.folder, input: "\(Self.start)DomainName: logs-b\n")
      #expect(other.status == 1)
    }
  }

  @Test func verifyPlansWithTheEndpointsOfThePlan() throws {
    try withScratch { scratch in
      try Self.fill(scratch, ["a"])
      let plan = try Invocation(
        "plan --format json --endpoint-url https://x.example --use-fips-endpoint req", in: scratch.folder)
      #expect(plan.output.contains(#""endpointURL": "https://x.example""#))
      try scratch.write("p.json", plan.output)
      #expect(try Invocation("verify p.json", in: scratch.folder).status == 0)
      try scratch.write("req/a.yaml", "\(Self.start)DomainName: logs-z\n")
      let run = try Invocation("verify p.json", in: scratch.folder)
      #expect(run.status == 1 && run.output.contains("\"logs-a\" → \"logs-z\""), "\(run.output)")
    }
  }

  /// Models in which only the FIPS endpoint of a service comes and goes.
  @Test func verifyReportsAnEndpointThatIsGone() throws {
    func rules(hasFIPS: Bool) -> String {
      let fips =
        hasFIPS
        ? #""endpoint": {"url": "https://fips.example.com"}, "type": "endpoint""#
        : #""error": "no FIPS", "type": "error""#
      return """
        {"version": "1.0", "parameters": {"UseFIPS": {"builtIn": "AWS::UseFIPS", "type": "Boolean",
           "required": true, "default": false}},
         "rules": [
           {"conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}], \(fips)},
           {"conditions": [], "endpoint": {"url": "https://example.com"}, "type": "endpoint"}]}
        """
    }
    let model = #"""
      {"metadata": {"endpointPrefix": "some", "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Some"},
       "operations": {"Get": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}}},
       "shapes": {"In": {"type": "structure", "members": {}}}}
      """#
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: some.Get region=eu-west-1\n{}\n")
      for folder in ["old", "new"] {
        try scratch.write("\(folder)/some/1/service-2.json", model)
        try scratch.write(
          "\(folder)/some/1/endpoint-rule-set-1.json", rules(hasFIPS: folder == "old"))
      }
      for (option, status) in [("", Int32(0)), ("--use-fips-endpoint", 1)] {
        let plan = try Invocation("plan --models old --format json \(option) a.yaml", in: scratch.folder)
        #expect(plan.status == 0, "\(plan.errors)\(plan.output)")
        try scratch.write("p.json", plan.output)
        #expect(try Invocation("verify --models old p.json", in: scratch.folder).status == 0)
        let run = try Invocation("verify --models new p.json", in: scratch.folder)
        #expect(run.status == status, "\(run.errors)\(run.output)")
        #expect(run.output.contains("findings.no-endpoint") == (status == 1), "\(run.output)")
      }
    }
  }

  struct Damage: CustomTestStringConvertible {
    let name: String
    let reason: String
    let damage: @Sendable (String) -> String

    var testDescription: String { name }

    init(_ name: String, _ reason: String, _ damage: @escaping @Sendable (String) -> String) {
      self.name = name
      self.reason = reason
      self.damage = damage
    }
  }

  static let damages = [
    Damage("edited value", "it was edited after it was written: its seal does not fit") {
      $0.replacingOccurrences(of: "\"DomainName\":\"logs-a\"", with: "\"DomainName\":\"logs-b\"")
    },
    Damage("edited verdict", "it was edited after it was written: its seal does not fit") {
      $0.replacingOccurrences(of: "\"review\"", with: "\"ready\"")
    },
    Damage("seal taken off", "it was edited after it was written: its seal does not fit") {
      $0.replacingOccurrences(of: ",\n  \"seal\"", with: ",\n  \"zeal\"")
    },
    Damage("text behind the seal", "it was edited after it was written: its seal does not fit") {
      String($0.dropLast(2)) + ",\"x\":1}\n"
    },
    Damage(
      "newer version", "it has the format \"reqlint-plan/2\", this version of reqlint reads reqlint-plan/1"
    ) {
      $0.replacingOccurrences(of: "reqlint-plan/1", with: "reqlint-plan/2")
    },
    Damage("no plan", "it is JSON, but no plan") { _ in "{\"format\": \"reqlint-findings/1\"}" },
    Damage("a list", "it is JSON, but no plan") { _ in "[]" },
    Damage("empty", "line 1, column 1: text ends inside the JSON value; the file is cut off or no JSON") {
      _ in ""
    },
  ]

  @Test(arguments: damages) func damagedPlansAreRefused(_ item: Damage) throws {
    try withScratch { scratch in
      try Self.fill(scratch, ["a"])
      let plan = try Invocation("plan --format json req", in: scratch.folder).output
      try scratch.write("p.json", item.damage(plan))
      for line in ["verify p.json", "diff p.json p.json"] {
        let run = try Invocation(line, in: scratch.folder)
        #expect(run.status == 2 && run.output == "")
        #expect(run.errors == "reqlint: p.json: is no plan to rely on: \(item.reason)\n")
      }
    }
  }

  @Test func everyCutIsRefused() throws {
    try withScratch { scratch in
      try Self.fill(scratch, ["a"])
      let plan = Array(try Invocation("plan --format json req", in: scratch.folder).output.utf8)
      for length in stride(from: 1, to: plan.count - 2, by: 97) {
        try scratch.write("p.json", Data(plan[..<length]))
        #expect(try Invocation("verify p.json", in: scratch.folder).status == 2, "\(length)")
      }
    }
  }

  @Test func whiteSpaceAndLineEndsMayChange() throws {
    try withScratch { scratch in
      try Self.fill(scratch, ["a"])
      let plan = try Invocation("plan --format json req", in: scratch.folder).output
      try scratch.write("p.json", plan.replacingOccurrences(of: "\n", with: "\r\n"))
      #expect(try Invocation("verify p.json", in: scratch.folder).status == 0)
    }
  }

  // MARK: Diff

  @Test func diffTellsRiskAndVerdictFirst() throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      try scratch.write("old.json", try Invocation("plan --format json req", in: scratch.folder).output)
      try FileManager.default.removeItem(at: scratch.folder.appending(path: "req/a.yaml"))
      try scratch.write("req/b.yaml", "\(Self.start)DomainName: logs-b\nScheduleAt: OFF_PEAK_WINDOW\n")
      try scratch.write("req/c.yaml", "\(Self.start)DomainName: Logs\n")
      try scratch.write("req/n.yaml", "\(Self.start)DomainName: logs-n\n")
      try scratch.write("new.json", try Invocation("plan --format json req", in: scratch.folder).output)
      let run = try Invocation("diff --format json old.json new.json", in: scratch.folder)
      #expect(run.status == 1)
      let requests = try Self.requests(run)
      #expect(
        requests.map { "\($0["change"] as? String ?? "") \($0["id"] as? String ?? "")" } == [
          "changed req/c.yaml#1", "added req/n.yaml#1", "removed req/a.yaml#1", "changed req/b.yaml#1",
        ])
      #expect((requests[0]["verdict"] as? [String: String]) == ["old": "review", "new": "blocked"])
      for format in ["text", "markdown"] {
        let shown = try Invocation("diff --format \(format) old.json new.json", in: scratch.folder)
        #expect(shown.status == 1 && shown.output.contains("req/c.yaml"))
      }
      #expect(try Invocation("diff new.json new.json", in: scratch.folder).status == 0)
    }
  }

  @Test func diffTellsAddressesAndConditionsButNotTheClock() throws {
    try withScratch { scratch in
      try Self.fill(scratch, ["a"])
      try scratch.write("state/a.json", #"{"DomainStatus": {"DomainName": "logs-a", "Processing": false}}"#)
      func plan(_ name: String, _ more: String) throws {
        try scratch.write(name, try Invocation("plan --format json req \(more)", in: scratch.folder).output)
      }
      try plan("one.json", "--now 2026-11-20T12:00:00Z")
      try plan("later.json", "--now 2026-11-20T13:30:00Z")
      #expect(try Invocation("diff one.json later.json", in: scratch.folder).status == 0)
      try plan("fips.json", "--use-fips-endpoint --state state --now 2026-11-20T12:00:00Z")
      let run = try Invocation("diff --format json one.json fips.json", in: scratch.folder)
      #expect(run.status == 1)
      let changes = try #require(try Self.requests(run).first?["changes"] as? [[String: Any]])
      #expect(
        changes.map { $0["pointer"] as? String } == ["preconditions.domain-processing", "url"])
      #expect(changes[0]["old"] as? String == "unknown" && changes[0]["new"] as? String == "met")
    }
  }

  // MARK: Script

  /// The command of a plan with other endpoints must go to these, and a later layer must wait for the one before.
  @Test func scriptSendsWhereAndWhenThePlanSays() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        "requests:\n- {id: i, service: proton, operation: UpdateServiceInstance, region: eu-west-1, parameters: {name: n, serviceName: s, deploymentType: CURRENT_VERSION, spec: '{proton: ServiceSpec, pipeline: {dir: a}}'}}\n"
          + "- {id: p, service: proton, operation: UpdateServicePipeline, region: eu-west-1, parameters: {serviceName: s, deploymentType: CURRENT_VERSION, spec: '{proton: ServiceSpec, pipeline: {dir: a}}'}}\n"
      )
      let run = try Invocation(
        "plan --format sh --use-fips-endpoint --now 2026-01-01T00:00:00Z a.yaml", in: scratch.folder)
      let lines = run.output.split(separator: "\n").map { String($0) }
      let calls = lines.filter { $0.hasPrefix("aws ") }.map {
        $0.split(separator: " ").prefix(4).joined(separator: " ")
      }
      #expect(
        lines.contains("AWS_USE_FIPS_ENDPOINT=true")
          && lines.contains(
            "export AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
      )
      #expect(
        calls == [
          "aws proton update-service-pipeline --cli-input-json", "aws proton wait service-pipeline-deployed",
          "aws proton update-service-instance --cli-input-json",
        ], "\(run.output) \(run.errors)")
    }
  }

  /// JSON has no such numbers, and what would wait between two layers cannot be written.
  @Test(arguments: [
    (
      "# reqlint: cloudwatch.PutMetricData region=eu-west-1\nNamespace: n\nMetricData: [{MetricName: a, Value: .inf}]\n",
      "a.yaml#1 (a.yaml:3): MetricData.0.Value is not a finite number, which JSON cannot hold"
    ),
    (
      "# reqlint: proton.UpdateServicePipeline region=eu-west-1\n{deploymentType: NONE, spec: '{}',\nserviceName: http://h}\n---\n"
        + "# reqlint: proton.UpdateServiceInstance region=eu-west-1\n{deploymentType: NONE, spec: '{}', name: n, serviceName: http://h}\n",
      "a.yaml#1 (a.yaml:3): others may wait for it, but serviceName begins with http://, which the AWS CLI loads, so no command to run afterwards is printed with it"
    ),
  ])
  func scriptRefusesWithThePlace(_ text: String, _ reason: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", text)
      let run = try Invocation("plan --format sh --now 2026-01-01T00:00:00Z a.yaml", in: scratch.folder)
      let lines = run.output.split(separator: "\n").map { String($0) }
      #expect(!lines.contains { $0.hasPrefix("aws ") })
      #expect(lines.contains("printf '%s\\n' '  \(reason)' >&2"), "\(run.output)")
      #expect(lines.last == "exit 1")
    }
  }

  /// The script must hand over exactly the parameters, whatever they hold.
  @Test func scriptSendsExactlyTheParameters() throws {
    let value = "it's \"quoted\" $(touch pwned) `touch pwned` \\n \\\\ ${HOME} 😀 \u{7F} end\nsecond line\ttab"
    try withScratch { scratch in
      let json = try JSONSerialization.data(withJSONObject: [
        "service": "es", "operation": "CreatePackage", "region": "eu-west-1",
        "parameters": [
          "PackageName": "synonyms", "PackageType": "TXT-DICTIONARY", "PackageDescription": value,
          "PackageSource": ["S3BucketName": "my-bucket", "S3Key": "a'b.txt"],
        ],
      ])
      try scratch.write("it's a file.json", json)
      let script = try Invocation(
        ["plan", "--format", "sh", "it's a file.json"], in: scratch.folder)
      #expect(script.status == 0, "\(script.errors)")
      try scratch.write("run.sh", script.output)
      try scratch.write("bin/aws", "#!/bin/sh\nprintf '%s\\0' \"$@\" >\"$RECORD\"\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: scratch.folder.appending(path: "bin/aws").path)
      let record = scratch.folder.appending(path: "record")
      let environment = [
        "PATH": scratch.folder.appending(path: "bin").path + ":/usr/bin:/bin", "RECORD": record.path,
      ]
      let run = try Invocation(
        ["run.sh"], in: scratch.folder, environment: environment, executable: URL(fileURLWithPath: "/bin/sh"))
      #expect(run.status == 0, "\(run.errors)")
      let words = try Data(contentsOf: record).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      #expect(words.prefix(3) == ["es", "create-package", "--cli-input-json"])
      #expect(words.suffix(2) == ["--region", "eu-west-1"])
      let sent = try #require(try JSONSerialization.jsonObject(with: Data(words[3].utf8)) as? [String: Any])
      #expect(sent["PackageDescription"] as? String == value)
      #expect(
        (sent["PackageSource"] as? [String: String]) == ["S3BucketName": "my-bucket", "S3Key": "a'b.txt"])
      #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "pwned").path))

      try FileManager.default.removeItem(at: record)
      try scratch.write("it's a file.json", json + Data("\n".utf8))
      let changed = try Invocation(
        ["run.sh"], in: scratch.folder, environment: environment, executable: URL(fileURLWithPath: "/bin/sh"))
      #expect(changed.status == 1 && changed.errors.contains("is not what was planned"))
      #expect(!FileManager.default.fileExists(atPath: record.path))
    }
  }
}

/// What was waived stays in sight of those who review a plan.
@Suite struct SuppressedInPlanTests {
  @Test(arguments: [
    ("# reqlint-ignore: unknown-value -- a beta until 2027-01-31\n", "LATER", "review", 1),
    ("", "LATER", "blocked", 0),
    // Without a fault the remark about the comment belongs to the file.
    ("# reqlint-ignore: unknown-value -- a beta until 2027-01-31\n", "NOW", "review", 0),
  ])
  func asksForAReview(_ comment: String, _ value: String, _ verdict: String, _ count: Int) throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: logs-prod\n\(comment)ScheduleAt: \(value)\n"
      )
      let plan = try Invocation("plan --now \(referenceTime) --format json a.yaml", in: scratch.folder)
      #expect(plan.status == (verdict == "blocked" ? 1 : 0))
      let request = try #require((try plan.json()["requests"] as? [[String: Any]])?.first)
      #expect(request["verdict"] as? String == verdict)
      let suppressed = request["suppressed"] as? [[String: Any]] ?? []
      #expect(suppressed.count == count)
      #expect(suppressed.allSatisfy { ($0["suppression"] as? [String: String])?["reason"] == "a beta" })
      for format in ["text", "markdown", "html"] {
        let shown = try Invocation(
          "plan --now \(referenceTime) --format \(format) a.yaml", in: scratch.folder)
        #expect(shown.output.contains("suppressed error") == (count > 0))
      }
    }
  }
}
