import Linting
import Planning
import Testing
import Verdicts

/// Lint and plan agree about what cannot be sent.
@Suite struct SendabilityPlanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let verdict: PlannedRequest.Verdict
    /// Errors and warnings with their pointers.
    let findings: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "found once, at the value",
      text: request("s3.HeadObject", "region=eu-west-1", "Bucket: s3://mine/a\nKey: k"),
      verdict: .blocked, findings: ["error not-serializable /Bucket"]),
    Case(
      name: "an empty part of the path",
      text: request("route53.GetHostedZone", "region=us-east-1", "Id: /hostedzone/"), verdict: .blocked,
      findings: ["error too-short /Id"]),
    Case(
      name: "suppressed, but still not to be sent",
      text: request(
        "s3.HeadObject", "region=eu-west-1",
        "Key: k\n# reqlint-ignore: not-serializable -- known\nBucket: s3://mine/a"),
      verdict: .blocked, findings: ["error not-serializable "]),
    Case(
      name: "parameters of another type",
      text: "service: ec2\noperation: CreateDefaultVpc\nparameters: [DryRun: true]\n", verdict: .blocked,
      findings: ["error wrong-type "]),
    Case(
      name: "parameters of another type, suppressed",
      text:
        "# reqlint-ignore: wrong-type -- known\nservice: ec2\noperation: CreateDefaultVpc\n"
        + "parameters: [DryRun: true]\n",
      verdict: .blocked, findings: ["error not-serializable "]),
    Case(
      name: "an ARN in a body that names a bucket on an outpost",
      text: request(
        "s3control.ListAccessPoints", "region=eu-west-1", "AccountId: '123456789012'\nBucket: arn:aws:s3:::b"),
      verdict: .blocked, findings: ["error not-serializable /Bucket"]),
    Case(
      name: "a checksum that no client makes",
      text: request(
        "s3.PutObject", "region=eu-west-1", "Bucket: abc\nKey: k\nBody: YQ==\nChecksumAlgorithm: MD5"),
      verdict: .blocked, findings: ["error not-serializable /ChecksumAlgorithm"]),
    Case(
      name: "more digits than Python reads",
      text: request(
        "bedrock-runtime.Converse", "region=eu-west-1",
        "modelId: m\nadditionalModelRequestFields: {a: \(String(repeating: "1", count: 4301))}"),
      verdict: .blocked, findings: ["error not-serializable /additionalModelRequestFields/a"]),
    Case(
      name: "a time beyond the calendar",
      text: request(
        "backup.ListBackupJobs", "region=eu-west-1", "ByCreatedAfter: '9999-12-31T23:59:59-14:00'"),
      verdict: .blocked, findings: ["error wrong-type /ByCreatedAfter"]),
    Case(
      name: "an offset of days",
      text: request(
        "backup.ListBackupJobs", "region=eu-west-1", "ByCreatedAfter: '2026-01-01T00:00:00+25:00'"),
      verdict: .blocked, findings: ["error wrong-type /ByCreatedAfter"]),
    Case(
      name: "a control character in XML",
      text: request(
        "s3.DeleteObjects", "region=eu-west-1", "Bucket: b\nDelete: {Objects: [{Key: \"\\x10\"}]}"),
      verdict: .blocked, findings: ["error not-serializable /Delete/Objects/0/Key"]),
    Case(
      name: "a time that dateutil guesses",
      text: request(
        "backup.ListBackupJobs", "region=eu-west-1", "ByCreatedAfter: 20 November 2026 11:00 +0100"),
      verdict: .review,
      findings: ["warning not-serializable ", "warning ambiguous-scalar /ByCreatedAfter"]),
    Case(
      name: "no time", text: request("backup.ListBackupJobs", "region=eu-west-1", "ByCreatedAfter: soon"),
      verdict: .blocked, findings: ["error wrong-type /ByCreatedAfter"]),
    Case(
      name: "an ARN of another service",
      text: request(
        "kinesis.GetRecords", "region=eu-west-1",
        "ShardIterator: i\nStreamARN: arn:aws:sqs:eu-west-1:123456789012:stream/a"), verdict: .blocked,
      findings: ["error no-endpoint /StreamARN", "error pattern-mismatch /StreamARN"]),
    Case(
      name: "a label of a host",
      text: request("sesv2.SendEmail", "region=eu-west-1", "Content: {}\nEndpointId: not a label"),
      verdict: .blocked, findings: ["error no-endpoint /EndpointId"]),
    Case(
      name: "an access point of another partition",
      text: request(
        "s3.HeadObject", "region=eu-west-1",
        "Key: k\nBucket: arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/mine"),
      verdict: .blocked, findings: ["error no-endpoint /Bucket"]),
    Case(
      name: "a region that the catalog does not know",
      text: request(
        "cloudfront-keyvaluestore.ListKeys", "region=eu-west-9",
        "KvsARN: arn:aws:cloudfront::123456789012:key-value-store/1"), verdict: .review,
      findings: ["warning unknown-region "]),
    Case(
      name: "a name for an ARN",
      text: request("cloudfront-keyvaluestore.ListKeys", "region=eu-west-1", "KvsARN: mine"),
      verdict: .blocked,
      findings: ["error no-endpoint /KvsARN"]),
    Case(
      name: "a region that is none", text: request("sqs.ListQueues", "region=-x", "{}"), verdict: .blocked,
      findings: ["error unknown-region "]),
  ]

  @Test(arguments: cases) func agree(_ test: Case) throws {
    let planned = try Planned(test.text).only
    #expect(planned.verdict == test.verdict)
    let found = planned.findings.filter { $0.severity >= .warning }
    #expect(Set(found.map { "\($0.severity) \($0.rule) \($0.pointer)" }) == Set(test.findings))
  }

  @Test func theTimeIsNotCalledNone() throws {
    let planned = try Planned(
      request("backup.ListBackupJobs", "region=eu-west-1", "ByCreatedAfter: Friday")
    ).only
    #expect(planned.http == nil)
    #expect(
      planned.findings.map(\.message) == [
        "ByCreatedAfter \"Friday\" is a time to the AWS CLI and boto3, which guess at its form,"
          + " but other clients may read another time or none",
        "what is sent is not shown, since /ByCreatedAfter is a time that clients read differently",
      ])
  }
}
