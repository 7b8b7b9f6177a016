import Models
import Syntax
import Testing
import Verdicts

@testable import Rules

/// What the packs say of the operations: effect, values filled in, times, risk, what to run afterwards.
struct OperationFactsTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let operation: String
    let parameters: String
    var answers: [String] = []
    var now = "2026-11-20T12:34:56Z"
    let expected: [String]

    var testDescription: String { name }
  }

  @Test(arguments: domains + packages + services)
  func tells(_ item: Case) throws {
    let subject = try subject(item.operation, item.parameters, region: "eu-west-1", account: "123456789012")
    let snapshots = try item.answers.map { try snapshot(SavedAnswer($0).text, file: $0) }
    let now = try #require(Instant(rfc3339: item.now))
    var run = SnapshotRun(
      subject, state: SavedState(snapshots), region: "eu-west-1", account: "123456789012", now: now,
      limits: Limits())
    let book = RuleBook(files: RuleBook.builtInFiles)
    let known = book.facts(of: subject.operation.id)
    let facts = try #require(known)
    let outlook = facts.outlook(of: &run)
    var lines = ["effect: \(outlook.effect)"]
    lines += outlook.inferred.map { "inferred: \($0.pointer) \($0.value), since \($0.because)" }
    let times = [outlook.schedule.earliest, outlook.schedule.latest].map { $0?.rfc3339 ?? "-" }
    lines.append("schedule: \(times.joined(separator: " to ")), \(outlook.schedule.note)")
    lines.append("risk: \(outlook.risk.level)\(outlook.isDisruptive ? ", disruptive" : "")")
    lines += outlook.risk.reasons.map { "  \($0)" }
    lines += outlook.followUp.map { "run: \($0.joined(separator: " "))" }
    #expect(lines == item.expected)
    #expect(outlook.inferred.allSatisfy { $0.source.hasPrefix("https://docs.aws.amazon.com/") })
  }

  private static let start = "opensearch.StartServiceSoftwareUpdate"
  private static let install =
    "effect: has the newest service software installed on domain logs-prod by a blue/green deployment"
  private static let nodes = "  a blue/green deployment replaces every node of the domain"
  private static let atOnce = "  starts at once, whatever load the domain has"
  private static let cancel =
    "  can be cancelled only while the update waits (PENDING_UPDATE), and only if it is optional"
  private static let describe = "run: aws opensearch describe-domain --domain-name logs-prod"
  private static let waiting = [
    describe, "run: aws opensearch list-scheduled-actions --domain-name logs-prod",
    "run: aws opensearch cancel-service-software-update --domain-name logs-prod",
  ]
  private static let window = "starts in an off-peak window to come, not certainly the next one"

  static let domains = [
    Case(
      name: "no start", operation: start, parameters: "{DomainName: logs-prod}",
      expected: [
        "\(install) as soon as there is capacity",
        "inferred: /ScheduleAt NOW, since neither ScheduleAt nor DesiredStartTime is given",
        "schedule: 2026-11-20T12:34:56Z to 2026-11-20T13:00:00Z, starts within the current hour, if there is capacity",
        "risk: medium, disruptive", nodes, atOnce, describe,
      ]),
    Case(
      name: "now", operation: start, parameters: "{DomainName: logs-prod, ScheduleAt: NOW}",
      now: "2026-11-20T13:00:00Z",
      expected: [
        "\(install) as soon as there is capacity",
        "schedule: 2026-11-20T13:00:00Z to 2026-11-20T14:00:00Z, starts within the current hour, if there is capacity",
        "risk: medium, disruptive", nodes, atOnce, describe,
      ]),
    Case(
      name: "a time alone", operation: start,
      parameters: "{DomainName: logs-prod, DesiredStartTime: 1796090400000}",
      expected: [
        "\(install) at the time given",
        "inferred: /ScheduleAt TIMESTAMP, since DesiredStartTime is given without ScheduleAt",
        "schedule: 2026-12-01T02:00:00Z to 2026-12-01T03:00:00Z, starts within an hour from the time given, if there is capacity",
        "risk: medium, disruptive", nodes, cancel,
      ] + waiting),
    Case(
      name: "no time", operation: start, parameters: "{DomainName: logs-prod, ScheduleAt: TIMESTAMP}",
      expected: [
        "\(install) as soon as there is capacity",
        "schedule: - to -, has no start, since DesiredStartTime is missing", "risk: medium, disruptive",
        nodes, describe,
      ]),
    Case(
      name: "a time that is none", operation: start,
      parameters: "{DomainName: logs-prod, ScheduleAt: TIMESTAMP, DesiredStartTime: 17}",
      expected: [
        "\(install) at the time given",
        "schedule: - to -, starts within an hour from the time given, if there is capacity",
        "risk: medium, disruptive",
        nodes, cancel,
      ] + waiting),
    Case(
      name: "window unknown", operation: start,
      parameters: "{DomainName: logs-prod, ScheduleAt: OFF_PEAK_WINDOW}",
      expected: [
        "\(install) in one of its off-peak windows", "schedule: - to -, \(window)",
        "risk: medium, disruptive", nodes, cancel,
      ] + waiting),
    Case(
      name: "window to come", operation: start,
      parameters: "{DomainName: logs-prod, ScheduleAt: OFF_PEAK_WINDOW}",
      answers: ["domain.json"],
      expected: [
        "\(install) in one of its off-peak windows",
        "schedule: 2026-11-20T22:00:00Z to -, \(window); the next windows are 2026-11-20T22:00:00Z to 2026-11-21T08:00:00Z, 2026-11-21T22:00:00Z to 2026-11-22T08:00:00Z, 2026-11-22T22:00:00Z to 2026-11-23T08:00:00Z",
        "risk: medium, disruptive", nodes, cancel,
      ] + waiting),
    Case(
      name: "window open since yesterday", operation: start,
      parameters: "{DomainName: logs-prod, ScheduleAt: OFF_PEAK_WINDOW}", answers: ["domain.json"],
      now: "2026-11-20T07:59:59Z",
      expected: [
        "\(install) in one of its off-peak windows",
        "schedule: 2026-11-20T07:59:59Z to -, \(window); the next windows are 2026-11-19T22:00:00Z to 2026-11-20T08:00:00Z, 2026-11-20T22:00:00Z to 2026-11-21T08:00:00Z, 2026-11-21T22:00:00Z to 2026-11-22T08:00:00Z",
        "risk: medium, disruptive", nodes, cancel,
      ] + waiting),
    Case(
      name: "the older operation", operation: "es.StartElasticsearchServiceSoftwareUpdate",
      parameters: "{DomainName: logs-prod}",
      expected: [
        "\(install) as soon as the service has time",
        "schedule: 2026-11-20T12:34:56Z to -, starts when the service has time; this operation takes no start time",
        "risk: medium, disruptive", nodes, "  the start cannot be chosen, so it may meet a busy time",
        "run: aws es describe-elasticsearch-domain --domain-name logs-prod",
      ]),
  ]

  private static let undone = "  changes no domain; undone with delete-package as long as no domain uses it"
  private static let copied =
    "schedule: 2026-11-20T12:34:56Z to -, copied and validated at once, within minutes"

  static let packages = [
    Case(
      name: "dictionary", operation: "es.CreatePackage",
      parameters:
        "{PackageName: synonyms-de, PackageType: TXT-DICTIONARY, PackageSource: {S3BucketName: acme, S3Key: de.txt}}",
      expected: [
        "effect: copies object de.txt of bucket acme into a new dictionary package synonyms-de; no domain uses it before it is attached",
        copied, "risk: low", undone,
        "  a later version of the object is not picked up by itself, but brought in with UpdatePackage",
        "run: aws es describe-packages --filters Name=PackageName,Value=synonyms-de",
      ]),
    Case(
      name: "plugin with a key", operation: "opensearch.CreatePackage",
      parameters:
        "{PackageName: querqy, PackageType: ZIP-PLUGIN, EngineVersion: OpenSearch_2.17, PackageSource: {S3BucketName: acme, S3Key: q.zip}, PackageEncryptionOptions: {EncryptionEnabled: true, KmsKeyIdentifier: k}}",
      expected: [
        "effect: copies, scans and validates plugin q.zip of bucket acme as a new package querqy for OpenSearch_2.17; no domain loads it before it is attached",
        copied, "risk: medium", undone,
        "  a plugin runs inside every node of the domains that it is attached to",
        "  fits one engine version only, so every upgrade of a domain needs another package of this name",
        "  domains may stop working if the KMS key is disabled or deleted",
        "run: aws opensearch describe-packages --filters Name=PackageName,Value=querqy",
      ]),
    Case(
      name: "licence", operation: "opensearch.CreatePackage",
      parameters:
        "{PackageName: acme-l, PackageType: PACKAGE-LICENSE, PackageSource: {S3BucketName: acme, S3Key: l.json}}",
      expected: [
        "effect: stores licence l.json of bucket acme as a new package acme-l for a third-party plugin",
        copied, "risk: low",
        undone, "  a licence that has run out or fits no plugin shows only when the plugin is attached",
        "run: aws opensearch describe-packages --filters Name=PackageName,Value=acme-l",
      ]),
  ]

  private static let token =
    "inferred: /clientToken generated when it is sent, since clientToken is absent, and clients fill in a random one for each request"
  private static let ended = ["schedule: - to -, never, since AWS Proton ended on 2026-10-07"]
  private static let gone = "  AWS Proton has ended, so nothing will come of the request"
  private static let wait = [
    "run: aws proton wait service-instance-deployed --name orders-prod --service-name orders",
    "run: aws proton get-service-instance --name orders-prod --service-name orders",
  ]
  private static let minorRisk =
    "  what the template version changes is deployed, and cannot be seen from the request"
  private static let majorRisk =
    "  a major version needs other inputs, may replace resources, and cannot be taken back to the former one"

  static let services = [
    Case(
      name: "nothing deployed", operation: "proton.UpdateServiceInstance",
      parameters: "{serviceName: orders, name: orders-prod, deploymentType: NONE, clientToken: t}",
      expected: [
        "effect: changes what Proton knows of instance orders-prod of service orders, and deploys nothing"
      ] + ended
        + ["risk: high", gone, "  changes no infrastructure before the next deployment", wait[1]]),
    Case(
      name: "before the end of support", operation: "proton.UpdateServiceInstance",
      parameters: "{serviceName: orders, name: orders-prod, deploymentType: CURRENT_VERSION, spec: secret}",
      now: "2026-10-06T23:59:59Z",
      expected: [
        "effect: deploys instance orders-prod of service orders again with the spec given, on the template version in use",
        token,
        "schedule: 2026-10-06T23:59:59Z to -, starts at once, and takes as long as the deployment of the template",
        "risk: high, disruptive", "  AWS Proton is deprecated and ends on 2026-10-07",
        "  what the spec changes is deployed; an input that it leaves out falls back to the default of the template",
      ] + wait),
    Case(
      name: "recommended minor version", operation: "proton.UpdateServiceInstance",
      parameters: "{serviceName: orders, name: orders-prod, deploymentType: MINOR_VERSION, clientToken: t}",
      expected: [
        "effect: deploys instance orders-prod of service orders with the recommended minor version of the major version in use",
        "inferred: /templateMinorVersion recommended version, since MINOR_VERSION without templateMinorVersion takes the recommended one",
      ] + ended + ["risk: high, disruptive", gone, minorRisk] + wait),
    Case(
      name: "recommended minor version by snapshots", operation: "proton.UpdateServiceInstance",
      parameters: "{serviceName: orders, name: orders-prod, deploymentType: MINOR_VERSION, clientToken: t}",
      answers: ["template-version.json", "service-instance.json"],
      expected: [
        "effect: deploys instance orders-prod of service orders with the recommended minor version of the major version in use",
        "inferred: /templateMinorVersion 11, since MINOR_VERSION without templateMinorVersion takes the recommended one (template-version.json: /serviceTemplateVersion/recommendedMinorVersion)",
      ] + ended + ["risk: high, disruptive", gone, minorRisk] + wait),
    Case(
      name: "a minor version by name", operation: "proton.UpdateServiceInstance",
      parameters:
        "{serviceName: orders, name: orders-prod, deploymentType: MINOR_VERSION, templateMinorVersion: '4', clientToken: t}",
      expected: [
        "effect: deploys instance orders-prod of service orders with minor version 4 of the major version in use"
      ] + ended + ["risk: high, disruptive", gone, minorRisk] + wait),
    Case(
      name: "recommended major version", operation: "proton.UpdateServiceInstance",
      parameters: "{serviceName: orders, name: orders-prod, deploymentType: MAJOR_VERSION, clientToken: t}",
      answers: ["template-version.json", "service.json"],
      expected: [
        "effect: deploys instance orders-prod of service orders with the recommended major and minor version of its template",
        "inferred: /templateMajorVersion recommended version, since MAJOR_VERSION without templateMajorVersion takes the recommended one",
        "inferred: /templateMinorVersion recommended version, since MAJOR_VERSION without templateMinorVersion takes the recommended one",
      ] + ended + ["risk: high, disruptive", gone, majorRisk] + wait),
    Case(
      name: "a major version of a pipeline", operation: "proton.UpdateServicePipeline",
      parameters: "{serviceName: orders, deploymentType: MAJOR_VERSION, templateMajorVersion: '2', spec: s}",
      answers: ["template-version.json", "service.json"],
      expected: [
        "effect: deploys the pipeline of service orders with major version 2 of its template",
        "inferred: /templateMinorVersion 11, since MAJOR_VERSION without templateMinorVersion takes the recommended one (template-version.json: /serviceTemplateVersion/recommendedMinorVersion)",
      ] + ended + [
        "risk: high, disruptive", gone, majorRisk,
        "run: aws proton wait service-pipeline-deployed --name orders",
        "run: aws proton get-service --name orders",
      ]),
    Case(
      name: "another mode", operation: "proton.UpdateServicePipeline",
      parameters: "{serviceName: orders, deploymentType: PATCH, spec: s}",
      expected: ["effect: updates the pipeline of service orders"] + ended + [
        "risk: high, disruptive", gone,
        "run: aws proton wait service-pipeline-deployed --name orders",
        "run: aws proton get-service --name orders",
      ]),
  ]

  @Test func operationsWithoutFactsHaveNone() {
    let book = RuleBook(files: RuleBook.builtInFiles)
    let id = OperationID(service: "proton", operation: "DeleteService")
    #expect(book.facts(of: id) == nil)
    #expect(book.facts(of: id) == nil)
  }
}
