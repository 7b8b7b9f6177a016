import Linting
import Syntax
import Testing
import Verdicts
import Wire

@testable import Planning

/// Commands of the AWS CLI: what they carry, and where there is none.
struct CommandTests {
  // MARK: Blobs

  @Test(arguments: [
    ("kms.Encrypt", "KeyId: k\nPlaintext: aGk=", true),
    ("dynamodb.PutItem", "TableName: tab\nItem: {a: {BS: [aGk=]}}", true),
    ("dynamodb.PutItem", "TableName: tab\nItem: {a: {S: aGk=}}", false),
    ("s3.PutObject", "Bucket: bucket\nKey: k\nBody: aGk=", true),
    ("s3.PutObject", "Bucket: bucket\nKey: k", false),
    ("lambda.CreateFunction", "FunctionName: f\nRole: r\nCode: {ZipFile: aGk=}", true),
    ("lambda.CreateFunction", "FunctionName: f\nRole: r\nCode: {S3Bucket: bucket, S3Key: k}", false),
  ])
  func blobsSayTheirFormat(_ operation: String, _ parameters: String, _ hasBlob: Bool) throws {
    let planned = try Planned(request(operation, "region=eu-west-1", parameters)).only
    let words = hasBlob ? ["--cli-binary-format", "base64", "--cli-input-json"] : ["--cli-input-json"]
    #expect(Array(planned.command.dropFirst(3).prefix(words.count)) == words)
    #expect(planned.command.suffix(2) == ["--region", "eu-west-1"])
    #expect(planned.commandNote?.contains("version 1 knows no --cli-binary-format") ?? false == hasBlob)
  }

  @Test(
    arguments: [
      ("aGk=", nil), ("aGk", .error), ("ä", .error), ("'aG.k='", .warning), ("\"aG\\nk=\"", nil),
    ] as [(String, Severity?)])
  func brokenBase64(_ text: String, _ severity: Severity?) throws {
    let planned = try Planned(
      request("kinesis.PutRecord", "region=eu-west-1", "StreamName: s\nPartitionKey: p\nData: \(text)")
    ).only
    let found = planned.findings.filter { $0.rule == "ambiguous-blob" }
    #expect(found.map(\.severity) == (severity.map { [$0] } ?? []))
    #expect(planned.verdict == (severity == nil ? .ready : severity == .error ? .blocked : .review))
    // What version 2 of the AWS CLI would send.
    let body = #"{"StreamName": "s", "PartitionKey": "p", "Data": "aGk="}"#
    #expect((planned.http?.body == .text(body)) == (severity != .error))
  }

  // MARK: Numbers

  struct Number: CustomTestStringConvertible {
    let text: String
    /// Name and span of each finding; empty for numbers that JSON has.
    let found: [String]

    init(_ text: String, _ found: String...) {
      self.text = text
      self.found = found
    }

    var testDescription: String { text }
  }

  static let numbers = [
    Number("Value: 1.7976931348623157e308"), Number("Value: 1e-400"), Number("Value: '.inf'"),
    Number("Value: .inf", "MetricData.0.Value 3:37-3:41"),
    Number("Value: -.INF", "MetricData.0.Value 3:37-3:42"),
    Number("Value: .NaN", "MetricData.0.Value 3:37-3:41"),
    Number("Value: 1e400", "MetricData.0.Value 3:37-3:42"),
    Number("Value: -1.5e+309", "MetricData.0.Value 3:37-3:46"),
    Number("Values: [1, .inf, .nan]", "MetricData.0.Values.1 3:42-3:46", "MetricData.0.Values.2 3:48-3:52"),
  ]

  @Test(arguments: numbers)
  func nonFiniteNumbers(_ test: Number) throws {
    let planned = try Planned(
      request(
        "cloudwatch.PutMetricData", "region=eu-west-1",
        "Namespace: n\nMetricData: [{MetricName: a, \(test.text)}]")
    ).only
    let found = planned.findings.filter { $0.rule == "non-finite-number" }
    #expect(
      found.map {
        let name = $0.pointer.dropFirst().split(separator: "/").joined(separator: ".")
        return "\(name) \($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column)"
      } == test.found)
    #expect(found.allSatisfy { $0.severity == .warning })
    #expect(planned.command.isEmpty == !test.found.isEmpty)
    #expect(planned.commandNote?.contains("not finite") ?? false == !test.found.isEmpty)
    if !test.found.isEmpty { #expect(planned.verdict != .ready) }
    guard case .document = readJSON(SourceText(planned.parameters), limits: Limits()) else {
      Issue.record("\(String(decoding: planned.parameters, as: UTF8.self)) is not JSON")
      return
    }
  }

  /// A number stands in the digest as the string that AWS protocols have for it.
  @Test func digestsTellNonFiniteNumbersApart() throws {
    let digests = try [".inf", "-.inf", ".nan", "1e400", "1.0", ".Inf"].map { number in
      try Planned(
        request(
          "cloudwatch.PutMetricData", "", "Namespace: n\nMetricData: [{MetricName: a, Value: \(number)}]")
      ).only.digest
    }
    #expect(Set(digests.prefix(5)).count == 5)
    #expect(digests[5] == digests[0])
  }

  // MARK: Afterwards

  private static let pipeline = "deploymentType: CURRENT_VERSION\nspec: x\nserviceName: "

  @Test(
    arguments: [
      ("shop", nil), ("it's", nil), ("\"a b\"", nil), ("\"@file\"", nil), ("s3://a", nil),
      ("\" file://a\"", nil),
      ("http://a", "begins with http://, which the AWS CLI loads"),
      ("HTTPS://a", "begins with https://, which the AWS CLI loads"),
      ("file:///etc/passwd", "begins with file://, which the AWS CLI loads"),
      ("fileb://a", "begins with fileb://, which the AWS CLI loads"),
      ("\"-x\"", "begins with a hyphen, which the AWS CLI takes for an option"),
      ("--help", "begins with a hyphen, which the AWS CLI takes for an option"), ("''", "is empty"),
      ("\"a\\n\"", "holds a line break, which no report can show in a command"), ("~", "is missing"),
      ("[a]", "is not text"), ("\"a\\0\"", "holds U+0000, which no command line can carry"),
    ] as [(String, String?)])
  func valuesThatTheCommandLineLoads(_ value: String, _ problem: String?) throws {
    let planned = try Planned(
      [request("proton.UpdateServicePipeline", "region=eu-west-1", Self.pipeline + value)],
      now: "2026-01-01T00:00:00Z"
    ).only
    let found = planned.findings.filter { $0.rule == "unsafe-command-value" }
    #expect(
      found.map(\.message)
        == (problem.map { ["serviceName \($0), so no command to run afterwards is printed with it"] } ?? []))
    #expect(planned.followUp.count == (problem == nil ? 2 : 0))
    #expect(planned.followUp.allSatisfy { $0.hasSuffix(" --region eu-west-1") })
    #expect(
      found.allSatisfy { $0.severity == .warning && $0.start.line == 4 && $0.pointer == "/serviceName" })
  }

  /// A value beside other text is part of the shorthand syntax.
  @Test(arguments: [
    ("synonyms-de", true), ("a.b/c:d@e", true), ("\"a,Name=x\"", false), ("a=b", false), ("\"[a]\"", false),
    ("\"a b\"", false), ("\"a'\"", false), ("\"a\\\\b\"", false), ("\"{a}\"", false), ("''", false),
  ])
  func valuesInShorthand(_ name: String, _ isPrinted: Bool) throws {
    let text =
      "PackageName: \(name)\nPackageType: TXT-DICTIONARY\nPackageSource: {S3BucketName: b-1, S3Key: k}"
    let planned = try Planned(request("opensearch.CreatePackage", "region=eu-west-1", text)).only
    #expect(planned.followUp.count == (isPrinted ? 1 : 0))
    #expect(planned.findings.contains { $0.rule == "unsafe-command-value" } != isPrinted)
  }

  /// What waits must ask where the request went.
  @Test func endpointsOfWhatRunsAfterwards() throws {
    let text = request("proton.UpdateServicePipeline", "region=eu-west-1", Self.pipeline + "shop")
    let options = EndpointOptions(endpointURL: "http://localhost:4566/")
    let planned = try Planned([text], now: "2026-01-01T00:00:00Z", endpoints: options).only
    #expect(
      planned.followUp == [
        "aws proton wait service-pipeline-deployed --name shop --region eu-west-1 --endpoint-url http://localhost:4566/",
        "aws proton get-service --name shop --region eu-west-1 --endpoint-url http://localhost:4566/",
      ])
    let broken = EndpointOptions(endpointURL: "--debug")
    let refused = try Planned([text], now: "2026-01-01T00:00:00Z", endpoints: broken).only
    #expect(refused.followUp == [] && refused.command == [] && refused.verdict == .blocked)
  }

  @Test(arguments: ["-x", "--debug", "file://x", "''"])
  func regionsThatAreOptions(_ region: String) throws {
    let text =
      "service: es\noperation: CreatePackage\nregion: \(region)\nparameters: {PackageName: abc, PackageType: TXT-DICTIONARY, PackageSource: {S3BucketName: b-1, S3Key: k}}\n"
    let planned = try Planned(text).only
    #expect(planned.command == [] && planned.followUp == [] && planned.verdict == .blocked)
  }

  @Test func endpointsThatTheEnvironmentDecides() throws {
    let options = EndpointOptions(usesFIPS: true, usesDualStack: true)
    let planned = try Planned([start("logs-prod")], endpoints: options).only
    #expect(
      planned.commandNote
        == "needs AWS_USE_FIPS_ENDPOINT=true and AWS_USE_DUALSTACK_ENDPOINT=true in the environment")
  }
}
