import Linting
import Rules
import Syntax
import Testing
import Verdicts
import Wire

@testable import Planning

/// What a plan says of requests.
struct PlanTests {
  @Test func riskLevelsAreOrdered() { #expect(Risk.Level.low < .medium && Risk.Level.medium < .high) }

  @Test func showsWhatGoesOverTheWire() throws {
    let planned = try Planned(start("logs-prod")).only
    let http = try #require(planned.http)
    #expect(http.method == "POST")
    #expect(
      http.url == "https://es.eu-west-1.amazonaws.com/2021-01-01/opensearch/serviceSoftwareUpdate/start")
    #expect(http.body == .text(#"{"DomainName": "logs-prod"}"#))
    #expect(
      http.headers == [
        PlannedHTTP.Header(name: "Content-Type", value: "application/json"),
        PlannedHTTP.Header(name: "Content-Length", value: "27"),
      ])
    #expect(
      planned.command == [
        "aws", "opensearch", "start-service-software-update", "--cli-input-json",
        #"{"DomainName":"logs-prod"}"#,
        "--region", "eu-west-1",
      ])
  }

  @Test func regionThatNobodyDeclaresStaysOpen() throws {
    let planned = try Planned(start("logs-prod", settings: "")).only
    #expect(planned.region == nil)
    #expect(planned.http?.url?.hasPrefix("https://es.{region}.amazonaws.com/") == true)
    #expect(!planned.command.contains("--region"))
  }

  @Test func inferredValuesAreShownAndNotSent() throws {
    let planned = try Planned(start("logs-prod", "DesiredStartTime: 1796090400000")).only
    #expect(planned.inferred.map(\.pointer) == ["/ScheduleAt"])
    #expect(planned.inferred.map(\.value) == ["TIMESTAMP"])
    #expect(planned.http?.body == .text(#"{"DomainName": "logs-prod", "DesiredStartTime": 1796090400000}"#))
    #expect(planned.schedule.earliest?.rfc3339 == "2026-12-01T02:00:00Z")
    #expect(planned.schedule.latest?.rfc3339 == "2026-12-01T03:00:00Z")
  }

  @Test func sensitiveValuesAreMaskedEverywhereButInTheSecret() throws {
    let text = request(
      "proton.UpdateServiceInstance", "region=eu-west-1",
      "{name: a, serviceName: b, deploymentType: CURRENT_VERSION, spec: \"proton: ServiceSpec\\n# hunter2\"}")
    let planned = try Planned([text], now: "2026-01-01T00:00:00Z").only
    #expect(!String(decoding: planned.parameters, as: UTF8.self).contains("hunter2"))
    #expect(!planned.command.joined().contains("hunter2"))
    guard case .text(let body)? = planned.http?.body else {
      Issue.record("no body")
      return
    }
    #expect(body.contains(#""spec": "(sensitive)""#))
    // Neither the mask nor the token that is added later has the length that will be sent.
    #expect(planned.http?.headers.contains { $0.name == "Content-Length" } == false)
    #expect(planned.http?.notes.count == 2)
    #expect(planned.secretParameters.map { String(decoding: $0, as: UTF8.self).contains("hunter2") } == true)
  }

  @Test func errorsBlockWithTheFinding() throws {
    let plan = try Planned([start("Logs"), start("logs-prod"), "a: [\n"]).plan
    #expect(plan.requests.map(\.verdict) == [.blocked, .review])
    #expect(plan.requests[0].findings.contains { $0.rule == "pattern-mismatch" })
    #expect(plan.requests[0].http != nil)
    #expect(plan.findings.map(\.rule) == ["syntax-error"])
    #expect(plan.files.map(\.path) == ["a.yaml", "b.yaml"])
  }

  @Test func unknownOperationsAndParametersThatAreNoneStayInThePlan() throws {
    let plan = try Planned([
      "service: proton\noperation: Nothing\nparameters: {spec: hunter2, a: 1}\n",
      "service: es\noperation: CreatePackage\nparameters: [1]\n",
      "service: es\noperation: ListDomainNames\n",
    ]).plan
    #expect(plan.requests.map(\.verdict) == [.blocked, .blocked, .ready])
    #expect(
      String(decoding: plan.requests[0].parameters, as: UTF8.self)
        == #"{"spec":"(sensitive)","a":"(sensitive)"}"#)
    #expect(plan.requests[0].operation == nil)
    #expect(plan.requests[0].http == nil && plan.requests[1].http == nil)
    #expect(plan.requests[2].http?.method == "GET")
    #expect(plan.requests[2].http?.headers == [])
  }

  @Test func hiddenKeysStayApart() throws {
    let request = """
      # reqlint: secretsmanager.CreateSecret
      Name: t
      Tags: [{"a {x}": S, "b {x}": T, Key: z, Value: v, "(sensitive) 2": x}]
      """
    let parameters = String(decoding: try Planned([request]).only.parameters, as: UTF8.self)
    #expect(
      parameters == #"{"Name":"t","Tags":[{"(sensitive)":"(sensitive)","(sensitive) 3":"(sensitive)","#
        + #""Key":"z","Value":"v","(sensitive) 4":"(sensitive)"}]}"#)
  }

  struct Address: CustomTestStringConvertible {
    let name: String
    let region: String
    let options: EndpointOptions
    /// `nil` where there is none, and the request is blocked.
    let url: String?

    var testDescription: String { name }
  }

  static let addresses = [
    Address(
      name: "FIPS", region: "us-east-1", options: EndpointOptions(usesFIPS: true),
      url: "https://es-fips.us-east-1.amazonaws.com"),
    Address(
      name: "dual stack", region: "us-east-1", options: EndpointOptions(usesDualStack: true),
      url: "https://aos.us-east-1.api.aws"),
    Address(
      name: "China", region: "cn-north-1", options: EndpointOptions(),
      url: "https://es.cn-north-1.amazonaws.com.cn"),
    Address(
      name: "given", region: "us-east-1", options: EndpointOptions(endpointURL: "http://localhost:9200"),
      url: "http://localhost:9200"),
    Address(
      name: "given and FIPS", region: "us-east-1",
      options: EndpointOptions(usesFIPS: true, endpointURL: "http://localhost:9200"), url: nil),
    Address(name: "no host label", region: "evil.example/", options: EndpointOptions(), url: nil),
  ]

  @Test(arguments: addresses) func resolves(_ address: Address) throws {
    let planned = try Planned(
      [start("logs-prod", settings: "region=\(address.region)")], endpoints: address.options
    ).only
    #expect(
      planned.http?.url == address.url.map { $0 + "/2021-01-01/opensearch/serviceSoftwareUpdate/start" })
    #expect(
      planned.findings.contains {
        ["no-endpoint", "unknown-region"].contains($0.rule) && $0.severity == .error
      }
        == (address.url == nil))
    #expect((planned.verdict == .blocked) == (address.url == nil))
  }

  // MARK: Snapshots

  private static func domain(_ processing: String, name: String = "logs-prod") -> String {
    #"{"DomainStatus": {"DomainName": "\#(name)", "Processing": \#(processing)}}"#
  }

  private func processing(
    _ snapshots: [(file: String, text: String)], saved: String? = nil, levels: RuleLevels = RuleLevels()
  ) throws -> PlannedRequest {
    try Planned([start("logs-prod")], snapshots: snapshots, saved: saved, levels: levels).only
  }

  @Test func unmetPreconditionsBlock() throws {
    let planned = try processing([(file: "d.json", text: Self.domain("true"))])
    let condition = try #require(planned.preconditions.first { $0.id == "domain-processing" })
    #expect(condition.state == .unmet)
    #expect(condition.evidence.hasPrefix("d.json: "))
    #expect(planned.verdict == .blocked)
  }

  @Test func contradictingSnapshotsAreNeverMet() throws {
    let planned = try processing([
      (file: "d.json", text: Self.domain("true")), (file: "e.json", text: Self.domain("false")),
    ])
    let condition = try #require(planned.preconditions.first { $0.id == "domain-processing" })
    #expect(condition.state == .unknown)
    #expect(condition.evidence.contains("d.json") && condition.evidence.contains("e.json"))
  }

  /// What an answer does not show contradicts no other one.
  @Test func absentFieldsContradictNothing() throws {
    let silent = (file: "e.json", text: #"{"DomainStatus": {"DomainName": "logs-prod"}}"#)
    for (value, state) in [("true", Precondition.State.unmet), ("false", .met)] {
      let planned = try processing([(file: "d.json", text: Self.domain(value)), silent])
      #expect(planned.preconditions.first { $0.id == "domain-processing" }?.state == state)
    }
    #expect(try processing([silent]).preconditions.first { $0.id == "domain-processing" }?.state == .unknown)
  }

  @Test func summariesOfListsDoNotShowPipelines() throws {
    let text = request(
      "proton.UpdateServicePipeline", "region=eu-west-1",
      "{serviceName: billing, deploymentType: CURRENT_VERSION, spec: \"proton: ServiceSpec\"}")
    func state(_ snapshots: [(file: String, text: String)]) throws -> Precondition.State? {
      try Planned([text], now: "2026-01-01T00:00:00Z", snapshots: snapshots).only.preconditions
        .first { $0.id == "service-without-pipeline" }?.state
    }
    let list = (file: "l.json", text: #"{"services": [{"name": "billing", "status": "ACTIVE"}]}"#)
    let get = (file: "g.json", text: #"{"service": {"name": "billing", "status": "ACTIVE"}}"#)
    let null = (
      file: "n.json", text: #"{"service": {"name": "billing", "status": "ACTIVE", "pipeline": null}}"#
    )
    let whole = (
      file: "w.json",
      text: #"{"service": {"name": "billing", "pipeline": {"deploymentStatus": "SUCCEEDED"}}}"#
    )
    #expect(try state([list]) == .unknown)
    #expect(try state([get]) == .unmet)
    #expect(try state([null]) == .unmet)
    #expect(try state([get, list]) == .unmet)
    #expect(try state([whole, list]) == .met)
  }

  @Test func oldSnapshotsAskForALook() throws {
    let snapshots = [(file: "d.json", text: Self.domain("false"))]
    func stale(_ saved: String) throws -> [Precondition] {
      try processing(snapshots, saved: saved).preconditions.filter { $0.id == BuiltInCheck.staleSnapshot.id }
    }
    #expect(try stale("2026-11-20T11:00:00Z").isEmpty)
    #expect(try stale("2026-11-20T13:00:00Z").isEmpty)
    let old = try stale("2026-11-20T10:59:00Z")
    #expect(old.map(\.state) == [.unmet] && old.map(\.severity) == [.warning])
    #expect(old.first?.evidence == "it was saved 61 minutes before the plan, more than 60")
  }

  @Test(arguments: [
    (RuleLevels.Level.off, [Severity](), PlannedRequest.Verdict.review),
    (.severity(.info), [.info], .review),
    (.severity(.warning), [.warning], .review),
    (.severity(.error), [.error], .blocked),
  ]) func staleSnapshotsHaveTheLevelOfTheConfiguration(
    level: RuleLevels.Level, severities: [Severity], verdict: PlannedRequest.Verdict
  ) throws {
    let planned = try processing(
      [(file: "d.json", text: Self.domain("false"))], saved: "2026-11-20T10:00:00Z",
      levels: RuleLevels([BuiltInCheck.staleSnapshot.id: level]))
    let stale = planned.preconditions.filter { $0.id == BuiltInCheck.staleSnapshot.id }
    #expect(stale.map(\.severity) == severities)
    #expect(planned.verdict == verdict)
  }

  // MARK: Batches

  @Test func clashesBlockAndSayWhom() throws {
    let plan = try Planned([
      start("logs-prod"), start("logs-dev"),
      request("es.StartElasticsearchServiceSoftwareUpdate", "region=eu-west-1", "DomainName: logs-prod"),
    ]).plan
    let conflict = try #require(plan.conflicts.first { $0.rule == "domain-updated-twice" })
    #expect(conflict.requests == ["a.yaml#1", "c.yaml#1"])
    #expect(plan.requests.map(\.verdict) == [.blocked, .review, .blocked])
    #expect(plan.order == [["a.yaml#1", "b.yaml#1", "c.yaml#1"]])
  }

  @Test func idsOfTwoFilesMustDiffer() throws {
    let text = "service: es\noperation: ListDomainNames\nid: one\nparameters: {}\n"
    let plan = try Planned([text, text]).plan
    #expect(plan.conflicts.map(\.rule) == ["duplicate-request-id"])
    #expect(Set(plan.requests.map(\.id)).count == 2)
    #expect(plan.requests.allSatisfy { $0.verdict == .blocked })
  }

  private static func ordering(_ id: String, _ first: String, _ second: String) -> RuleFile {
    RuleFile(
      id: id, origin: "rules/\(id).yaml",
      bytes: Array(
        """
        title: one after the other
        severity: info
        operations: [es.DescribeElasticsearchDomain, es.DeleteElasticsearchDomain, es.AddTags]
        x-batch:
          same: []
          order: [\(first), \(second)]
        message: one after the other
        why: a test
        source: https://example.com
        examples: {bad: [{requests: []}]}
        """.utf8))
  }

  private static let three = [
    request("es.DeleteElasticsearchDomain", "", "DomainName: logs-a"),
    request("es.DescribeElasticsearchDomain", "", "DomainName: logs-a"),
    request("es.DescribeElasticsearchDomain", "", "DomainName: logs-b"),
  ]

  @Test func ordersByRules() throws {
    let rule = Self.ordering(
      "described-first", "es.DescribeElasticsearchDomain", "es.DeleteElasticsearchDomain")
    let plan = try Planned(Self.three, rules: [rule]).plan
    #expect(plan.order == [["b.yaml#1", "c.yaml#1"], ["a.yaml#1"]])
    #expect(plan.conflicts.map(\.rule) == ["described-first"])
    // A deletion is of high risk.
    #expect(plan.requests.map(\.verdict) == [.review, .ready, .ready])
  }

  @Test func circlesAreConflictsAndBlock() throws {
    let plan = try Planned(
      Self.three,
      rules: [
        Self.ordering("described-first", "es.DescribeElasticsearchDomain", "es.DeleteElasticsearchDomain"),
        Self.ordering("deleted-first", "es.DeleteElasticsearchDomain", "es.DescribeElasticsearchDomain"),
      ]
    ).plan
    let circle = try #require(plan.conflicts.first { $0.rule == BuiltInCheck.circularOrder.id })
    #expect(circle.requests == ["a.yaml#1", "b.yaml#1", "c.yaml#1"])
    #expect(plan.order == [])
    #expect(plan.requests.map(\.verdict) == [.blocked, .blocked, .blocked])
  }
}

/// A file with more findings than are shown.
@Suite struct ManyFindingsTests {
  @Test func whatIsNotShownBlocksAllTheSame() throws {
    let keys = (0..<Limits().findings).map { "Key\($0): 1" }.joined(separator: "\n")
    let planned = try Planned([start("logs", keys) + "---\n" + start("lo", "")])
    #expect(planned.plan.requests.map(\.verdict) == [.blocked, .blocked])
    #expect(planned.plan.requests.map { $0.findings.isEmpty } == [false, true])
    #expect(planned.plan.findings.map(\.rule) == ["document-limit"])
  }
}
