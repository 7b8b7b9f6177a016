import Foundation
import Models
import Syntax
import Testing

@testable import Rules

/// Every rule about a snapshot, on whole answers of the AWS CLI: what is met, what is not, what cannot be told.
struct SnapshotRowTests {
  struct Row: CustomTestStringConvertible {
    let rule: String
    let request: String
    let file: String
    let edits: [(String, String?)]
    let expected: String

    init(_ rule: String, _ request: String, _ file: String, _ edits: [(String, String?)], _ expected: String)
    {
      self.rule = rule
      self.request = request
      self.file = file
      self.edits = edits
      self.expected = expected
    }

    var testDescription: String { "\(rule) \(expected.prefix(7))\(edits.map(\.0))" }
  }

  /// Operation and parameters.
  static let requests: [String: (String, String)] = [
    "now": ("opensearch.StartServiceSoftwareUpdate", "{DomainName: logs-prod}"),
    "es": ("es.StartElasticsearchServiceSoftwareUpdate", "{DomainName: logs-prod}"),
    "window": (
      "opensearch.StartServiceSoftwareUpdate", "{DomainName: logs-prod, ScheduleAt: OFF_PEAK_WINDOW}"
    ),
    // 2026-12-01T02:00:00Z
    "time": (
      "opensearch.StartServiceSoftwareUpdate",
      "{DomainName: logs-prod, ScheduleAt: TIMESTAMP, DesiredStartTime: 1796090400000}"
    ),
    "dictionary": (
      "es.CreatePackage",
      "{PackageName: synonyms-de, PackageType: TXT-DICTIONARY, PackageSource: {S3BucketName: b, S3Key: k}}"
    ),
    "plugin": (
      "opensearch.CreatePackage",
      "{PackageName: querqy, PackageType: ZIP-PLUGIN, EngineVersion: OpenSearch_2.15, PackageSource: {S3Key: k}}"
    ),
    "minor": (
      "proton.UpdateServiceInstance",
      "{serviceName: orders, name: orders-prod, deploymentType: MINOR_VERSION, templateMajorVersion: '2', templateMinorVersion: '10', clientToken: 7b1f6a0e-0002}"
    ),
    "major": (
      "proton.UpdateServiceInstance",
      "{serviceName: orders, name: orders-prod, deploymentType: MAJOR_VERSION, templateMajorVersion: '10'}"
    ),
    "spec": (
      "proton.UpdateServiceInstance",
      #"{serviceName: orders, name: orders-prod, deploymentType: CURRENT_VERSION, spec: "proton: ServiceSpec\n\npipeline: {}\ninstances:\n  - name: orders-prod\n    environment: prod\n    spec:\n      port: 80\n      image: ${Proton::CURRENT_VAL}\n"}"#
    ),
    "pipeline minor": (
      "proton.UpdateServicePipeline",
      "{serviceName: orders, deploymentType: MINOR_VERSION, templateMajorVersion: '2', templateMinorVersion: '10', spec: 'proton: ServiceSpec'}"
    ),
    "pipeline major": (
      "proton.UpdateServicePipeline",
      "{serviceName: orders, deploymentType: MAJOR_VERSION, templateMajorVersion: '10', spec: 'proton: ServiceSpec'}"
    ),
    "pipeline spec": (
      "proton.UpdateServicePipeline",
      #"{serviceName: orders, deploymentType: CURRENT_VERSION, spec: "instances: [{name: orders-prod, spec: {image: '${Proton::CURRENT_VAL}'}}]"}"#
    ),
  ]

  @Test(arguments: domainRows + updateRows + windowRows + actionRows + packageRows)
  func judgesDomainsAndPackages(_ row: Row) throws { try judges(row) }

  @Test(arguments: instanceRows + pipelineRows + serviceRows + templateRows)
  func judgesProton(_ row: Row) throws { try judges(row) }

  private func judges(_ row: Row) throws {
    let (operation, parameters) = try #require(Self.requests[row.request])
    let subject = try subject(operation, parameters, region: "eu-west-1", account: "123456789012")
    let names = row.file.split(separator: " ").map { String($0) }
    var answers = try names.map { try SavedAnswer(String($0.split(separator: "/").last ?? "")) }
    for (path, value) in row.edits { try answers[0].set(path, value) }
    let snapshots = try zip(names, answers).map { try snapshot($1.text, file: $0) }
    #expect(try judged(builtInRule(row.rule), subject, snapshots) == row.expected)
  }

  @Test func everySnapshotRuleHasRowsThatAreMetAndNot() {
    let rows =
      Self.domainRows + Self.updateRows + Self.windowRows + Self.actionRows + Self.packageRows
      + Self.instanceRows + Self.pipelineRows + Self.serviceRows + Self.templateRows
    let rules = RuleBook.builtInFiles.filter { $0.kind == .snapshot }.map(\.id)
    for state in ["met", "unmet"] {
      let covered = Set(rows.filter { $0.expected.hasPrefix("\(state) ") }.map(\.rule))
      #expect(rules.filter { !covered.contains($0) } == [], "\(state)")
    }
  }
}
