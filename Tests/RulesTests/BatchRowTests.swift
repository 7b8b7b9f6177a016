import Models
import Syntax
import Testing

@testable import Rules

/// Every rule about a batch, judged beside all the others.
struct BatchRowTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let requests: [BatchRequest]
    let expected: [String]

    init(_ name: String, _ requests: [BatchRequest], _ expected: String...) {
      self.name = name
      self.requests = requests
      self.expected = expected
    }

    var testDescription: String { name }
  }

  @Test(arguments: domains + packages + services + tokens)
  func judges(_ item: Case) throws {
    let book = RuleBook(files: RuleBook.builtInFiles)
    #expect(try judged(book.batchRules(), item.requests) == item.expected)
  }

  private static func start(_ parameters: String, region: String? = nil, account: String? = nil)
    -> BatchRequest
  {
    BatchRequest(
      "opensearch.StartServiceSoftwareUpdate", "{\(parameters)}", region: region, account: account)
  }

  private static func old(_ name: String) -> BatchRequest {
    BatchRequest("es.StartElasticsearchServiceSoftwareUpdate", "{DomainName: \(name)}")
  }

  private static let twice = "domain logs-prod would be updated 2 times; the service refuses the second start"
  private static let moved =
    "domain logs-prod is given 2 different starts; a second request does not move an update that is scheduled"

  static let domains = [
    Case("none", []),
    Case("one", [start("DomainName: logs-prod")]),
    Case(
      "one domain twice",
      [start("DomainName: logs-prod"), start("DomainName: logs-dev"), start("DomainName: logs-prod")],
      "domain-updated-twice [0, 2]: \(twice)"),
    Case(
      "both generations, with different starts",
      [start("DomainName: logs-prod, ScheduleAt: NOW"), old("logs-prod")],
      "domain-scheduled-twice [0, 1]: \(moved)", "domain-updated-twice [0, 1]: \(twice)"),
    Case(
      "both generations, no start", [old("logs-prod"), start("DomainName: logs-prod")],
      "domain-updated-twice [0, 1]: \(twice)"),
    Case(
      "other regions and accounts",
      [
        start("DomainName: logs-prod", region: "eu-west-1"),
        start("DomainName: logs-prod", region: "us-east-1"),
        start("DomainName: logs-prod"),
      ]),
    Case(
      "region and account declared once",
      [
        start("DomainName: logs-prod", region: "eu-west-1", account: "123456789012"),
        start("DomainName: logs-prod"), start("DomainName: logs-dev", region: "eu-west-1"),
      ], "domain-updated-twice [0, 1]: \(twice)"),
    Case(
      "two starts",
      [
        start("DomainName: logs-prod, ScheduleAt: TIMESTAMP, DesiredStartTime: 1796090400000"),
        start("DomainName: logs-prod, ScheduleAt: TIMESTAMP, DesiredStartTime: 1796090400001"),
      ], "domain-scheduled-twice [0, 1]: \(moved)", "domain-updated-twice [0, 1]: \(twice)"),
    Case("ten in an hour", wave(10)),
    Case(
      "eleven in an hour, from its first to its last millisecond", wave(11),
      "too-many-updates-at-once [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]: 11 updates start in the hour from 2026-12-01T02:00:00Z, more than 10; some may be refused for lack of capacity"
    ),
    Case(
      "ten in an hour and one after it",
      wave(10) + [start("DomainName: logs-x, DesiredStartTime: 1796094000000")]),
    Case(
      "eleven at once", (0..<11).map { start("DomainName: logs-\($0)\($0 < 5 ? "" : ", ScheduleAt: NOW")") },
      "too-many-updates-at-once [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]: 11 updates start in the hour from 2026-11-20T12:00:00Z, more than 10; some may be refused for lack of capacity"
    ),
    Case("eleven in windows", (0..<11).map { start("DomainName: logs-\($0), ScheduleAt: OFF_PEAK_WINDOW") }),
  ]

  private static func wave(_ count: Int) -> [BatchRequest] {
    (0..<count).map { index in
      start(
        "DomainName: logs-\(index), DesiredStartTime: \(index == 0 ? 1_796_090_400_000 : 1_796_093_999_999)")
    }
  }

  private static func package(
    _ name: String, _ type: String = "TXT-DICTIONARY", key: String? = nil, engine: String? = nil,
    service: String = "opensearch"
  ) -> BatchRequest {
    let version = engine.map { "EngineVersion: \($0), " } ?? ""
    return BatchRequest(
      "\(service).CreatePackage",
      "{PackageName: \(name), PackageType: \(type), \(version)PackageSource: {S3BucketName: acme, S3Key: \(key ?? name)}}"
    )
  }

  static let packages = [
    Case("different packages", [package("synonyms-de"), package("synonyms-en", service: "es")]),
    Case(
      "one package twice",
      [package("synonyms-de", key: "a"), package("synonyms-de", key: "b", service: "es")],
      "package-created-twice [0, 1]: package synonyms-de would be created 2 times; the service refuses a name that exists"
    ),
    Case(
      "one plugin for two versions",
      [
        package("querqy", "ZIP-PLUGIN", key: "a", engine: "OpenSearch_2.15"),
        package("querqy", "ZIP-PLUGIN", key: "b", engine: "OpenSearch_2.17"),
      ],
      "plugin-for-several-versions [0, 1]: plugin querqy is created for several engine versions in 2 requests, which is how it is meant"
    ),
    Case(
      "one name, two types",
      [
        package("acme", "PACKAGE-LICENSE", key: "a"),
        package("acme", "ZIP-PLUGIN", key: "b", engine: "OpenSearch_2.17"),
      ],
      "package-name-with-two-types [0, 1]: name acme stands for packages of different types in 2 requests"),
    Case(
      "one object", [package("synonyms-de", key: "ü.txt"), package("synonyms-en", key: "ü.txt")],
      "package-source-shared [0, 1]: 2 packages are made from object \"ü.txt\" of bucket acme"),
    Case("25 packages", (0..<25).map { package("p-\($0)") }),
    Case(
      "26 packages", (0..<26).map { package("p-\($0)") },
      "package-quota-exceeded \(Array(0..<26)): the batch would bring the Region to 26 custom packages, but 25 is the quota"
    ),
  ]

  private static func instance(_ name: String, _ mode: String, _ more: String = "") -> BatchRequest {
    BatchRequest(
      "proton.UpdateServiceInstance", "{serviceName: orders, name: \(name), deploymentType: \(mode)\(more)}")
  }

  private static func pipeline(_ spec: String, service: String = "orders", mode: String = "CURRENT_VERSION")
    -> BatchRequest
  {
    BatchRequest(
      "proton.UpdateServicePipeline", "{serviceName: \(service), deploymentType: \(mode), spec: \(spec)}")
  }

  private static let again =
    "instance prod of service orders would be updated 2 times; the next update is refused while the first one deploys"
  private static let none =
    "is updated 2 times, first without deployment; the requests must keep their order"

  static let services = [
    Case("different instances", [instance("prod", "MINOR_VERSION"), instance("dev", "MINOR_VERSION")]),
    Case(
      "one instance twice", [instance("prod", "MINOR_VERSION"), instance("prod", "NONE")],
      "instance-updated-twice [0, 1]: \(again)"),
    Case(
      "none before a deployment", [instance("prod", "NONE"), instance("prod", "MINOR_VERSION")],
      "instance-updated-after-none [0, 1] in order [[0], [1]]: instance prod of service orders \(none)"),
    Case(
      "none before two deployments",
      [instance("prod", "NONE"), instance("prod", "MINOR_VERSION"), instance("prod", "CURRENT_VERSION")],
      "instance-updated-after-none [0, 1, 2] in order [[0], [1], [2]]: instance prod of service orders is updated 3 times, first without deployment; the requests must keep their order",
      "instance-updated-twice [1, 2]: \(again)"),
    Case(
      "one pipeline twice", [pipeline("a"), pipeline("a"), pipeline("a", service: "billing")],
      "pipeline-updated-twice [0, 1]: the pipeline of service orders would be updated 2 times; the next update is refused while the first one is in progress"
    ),
    Case(
      "none before the pipeline's deployment", [pipeline("a", mode: "NONE"), pipeline("a")],
      "pipeline-updated-after-none [0, 1] in order [[0], [1]]: the pipeline of service orders \(none)"),
    Case(
      "requests that name nothing",
      [start(""), start(""), pipeline("a", service: "''"), instance("''", "NONE")]),
    Case(
      "pipeline and instances",
      [instance("prod", "MINOR_VERSION"), pipeline("a"), instance("dev", "MINOR_VERSION")],
      "pipeline-before-instance [0, 1, 2] in order [[1], [0, 2]]: service orders has its pipeline and its instances updated in 3 requests; the pipeline goes first, and all must carry the same spec"
    ),
    Case(
      "specs that differ",
      [instance("prod", "CURRENT_VERSION", ", spec: a"), instance("dev", "CURRENT_VERSION", ", spec: b")],
      "specs-of-service-differ [0, 1]: 2 requests for service orders carry specs that differ; what the service has afterwards depends on their order"
    ),
    Case(
      "majors that differ",
      [
        instance("prod", "MAJOR_VERSION", ", templateMajorVersion: '2'"),
        instance("dev", "MAJOR_VERSION", ", templateMajorVersion: '3'"),
      ],
      "instances-to-different-majors [0, 1]: 2 instances of service orders go to different major versions of their template"
    ),
  ]

  static let tokens = [
    Case(
      "one token, different requests",
      [instance("prod", "NONE", ", clientToken: t-1"), instance("dev", "NONE", ", clientToken: t-1")],
      "client-token-reused [0, 1]: token t-1 stands on 2 requests of proton.UpdateServiceInstance with different parameters; all but the first are refused"
    ),
    Case(
      "one token, equal requests",
      [
        instance("prod", "MINOR_VERSION", ", clientToken: t-1"),
        instance("prod", "MINOR_VERSION", ", clientToken: t-1"),
      ],
      "instance-updated-twice [0, 1]: \(again)",
      "request-repeated-with-token [0, 1]: token t-1 stands on 2 requests of proton.UpdateServiceInstance that are equal; only the first one does anything"
    ),
    Case(
      "empty and absent tokens, tokens of another type",
      [
        instance("a", "NONE", ", clientToken: ''"), instance("b", "NONE", ", clientToken: ''"),
        instance("c", "NONE"),
        instance("d", "NONE"), instance("e", "NONE", ", clientToken: [t]"),
        instance("f", "NONE", ", clientToken: [t]"),
      ]),
  ]

  @Test func countsWhatExists() throws {
    let rule = try builtInRule("package-quota-exceeded")
    let requests = (0..<24).map { Self.package("p-\($0)") }
    let packages = [try snapshot(SavedAnswer("packages.json").text, file: "packages.json")]
    func existing(_ rule: Rule, _ place: Int) -> Int {
      #expect(place == 0)
      guard let subject = try? subject(requests[place].operation, requests[place].parameters) else {
        return -1
      }
      var run = SnapshotRun(
        subject, state: SavedState(packages), region: nil, account: nil, now: testNow, limits: Limits())
      return run.existing(rule)
    }
    #expect(
      try judged([rule], requests, existing: existing) == [
        "package-quota-exceeded \(Array(0..<24)): the batch would bring the Region to 26 custom packages, but 25 is the quota"
      ])
  }

  @Test func everyBatchRuleHasAVerdict() throws {
    let found = (Self.domains + Self.packages + Self.services + Self.tokens).flatMap(\.expected)
    let rules = RuleBook.builtInFiles.filter { $0.kind == .batch }.map(\.id)
    #expect(rules.filter { id in !found.contains { $0.hasPrefix("\(id) ") } } == [])
  }
}
