import Linting
import Requests
import Syntax
import Testing
import Verdicts

@testable import Planning

/// Values that are known at run time only: shown as written, reviewed, never an error.
@Suite struct RunTimeValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// What follows `call:`, in YAML's flow style.
    let call: String
    var verdict = PlannedRequest.Verdict.review
    let dynamic: [String]
    let summary: String
    let url: String?
    /// Pieces of the body.
    var body: [String] = []
    /// Canonical JSON.
    let digested: String

    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "a part of the host",
      call: "{service: s3, operation: HeadObject, region: eu-west-1, parameters: {Bucket: $BUCKET, Key: k}}",
      dynamic: ["/Bucket"], summary: "/Bucket", url: "https://{Bucket}.s3.eu-west-1.amazonaws.com/k",
      digested:
        #"{"operation":"HeadObject","parameters":{"Bucket":{"$unknown":"$BUCKET"},"Key":"k"},"region":"eu-west-1","service":"s3"}"#
    ),
    Case(
      name: "the region alone",
      call: "{service: sqs, operation: ListQueues, region: $REGION, parameters: {}}",
      dynamic: [], summary: "the region", url: "https://sqs.{region}.amazonaws.com/",
      digested:
        #"{"operation":"ListQueues","parameters":{},"region":{"$unknown":"$REGION"},"service":"sqs"}"#),
    Case(
      name: "the account alone",
      call: "{service: sqs, operation: ListQueues, region: eu-west-1, account: $ID, parameters: {}}",
      dynamic: [], summary: "the account", url: "https://sqs.eu-west-1.amazonaws.com/",
      digested:
        #"{"account":{"$unknown":"$ID"},"operation":"ListQueues","parameters":{},"region":"eu-west-1","service":"sqs"}"#
    ),
    Case(
      name: "a time in the query",
      call:
        "{service: backup, operation: ListBackupJobs, region: eu-west-1, parameters: {ByCreatedAfter: $WHEN}}",
      dynamic: ["/ByCreatedAfter"], summary: "/ByCreatedAfter",
      url: "https://backup.eu-west-1.amazonaws.com/backup-jobs/?createdAfter={ByCreatedAfter}",
      digested:
        #"{"operation":"ListBackupJobs","parameters":{"ByCreatedAfter":{"$unknown":"$WHEN"}},"region":"eu-west-1","service":"backup"}"#
    ),
    Case(
      name: "an ARN that decides about the address",
      call:
        "{service: cloudfront-keyvaluestore, operation: ListKeys, region: us-east-1,"
        + " parameters: {KvsARN: $ARN}}",
      dynamic: ["/KvsARN"], summary: "/KvsARN", url: nil,
      digested:
        #"{"operation":"ListKeys","parameters":{"KvsARN":{"$unknown":"$ARN"}},"region":"us-east-1","service":"cloudfront-keyvaluestore"}"#
    ),
    Case(
      name: "more than three, next to masked ones",
      call: "{service: proton, operation: UpdateServiceInstance, region: eu-west-1, parameters: "
        + "{name: $A, serviceName: $B, deploymentType: $C, spec: $D}}",
      dynamic: ["/name", "/serviceName", "/deploymentType", "/spec"],
      summary: "/name, /serviceName, /deploymentType, 1 more",
      url: "https://proton.eu-west-1.amazonaws.com/",
      body: [#""name": "$A""#, #""deploymentType": "$C""#, #""spec": "(sensitive)""#],
      digested:
        #"{"operation":"UpdateServiceInstance","parameters":{"deploymentType":{"$unknown":"$C"},"name":{"$unknown":"$A"},"serviceName":{"$unknown":"$B"},"spec":{"$unknown":"$D"}},"region":"eu-west-1","service":"proton"}"#
    ),
    Case(
      name: "the region, next to a name that the endpoint rules are asked about",
      call: "{service: s3, operation: HeadObject, region: $REGION, parameters: "
        + "{Bucket: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/mine', Key: k}}",
      dynamic: [], summary: "the region",
      url: "https://mine-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/k",
      digested:
        #"{"operation":"HeadObject","parameters":{"Bucket":"arn:aws:s3:eu-west-1:123456789012:accesspoint/mine","Key":"k"},"region":{"$unknown":"$REGION"},"service":"s3"}"#
    ),
    Case(
      name: "an error next to it",
      call:
        "{service: sqs, operation: DeleteQueue, region: eu-west-1, parameters: {QueueUrl: $URL, Nope: 1}}",
      verdict: .blocked, dynamic: ["/QueueUrl"], summary: "/QueueUrl",
      url: "https://sqs.eu-west-1.amazonaws.com/", body: [#""QueueUrl": "$URL""#],
      digested:
        #"{"operation":"DeleteQueue","parameters":{"Nope":1,"QueueUrl":{"$unknown":"$URL"}},"region":"eu-west-1","service":"sqs"}"#
    ),
  ]

  private static func planned(_ call: String) throws -> Planned {
    try Planned(["call: \(call)\n"], carriers: Carriers.all + [Template()])
  }

  @Test(arguments: cases) func areReviewed(_ test: Case) throws {
    let request = try Self.planned(test.call).only
    #expect(request.verdict == test.verdict)
    #expect(request.dynamic == test.dynamic)
    #expect(request.risk.reasons.contains("known-at-run-time: \(test.summary)"))
    #expect(request.command == [] && request.commandNote == "known at run time only: \(test.summary)")
    #expect(request.followUp == [])
    // AWS Proton has ended.
    let findings = request.findings.filter { $0.severity >= .warning && $0.rule != "deprecated-operation" }
    #expect(findings.isEmpty == (test.verdict == .review))
    #expect(request.digest == Digest.named(of: test.digested.utf8))
    let http = try #require(request.http)
    #expect(http.url == test.url)
    if case .text(let body) = http.body {
      for piece in test.body { #expect(body.contains(piece), "\(body)") }
    }
  }

  @Test func addressThatDependsOnThemIsNoFinding() throws {
    let call =
      "{service: cloudfront-keyvaluestore, operation: ListKeys, region: us-east-1,"
      + " parameters: {KvsARN: $A}}"
    let request = try Self.planned(call).only
    #expect(!request.findings.contains { $0.rule == "no-endpoint" })
    #expect(request.http?.notes.contains("the address depends on KvsARN, known at run time only") == true)
  }

  /// The same carrier without such values.
  @Test func known() throws {
    let call = "{service: s3, operation: HeadObject, region: eu-west-1, parameters: {Bucket: abc, Key: k}}"
    let request = try Self.planned(call).only
    let bare = try Planned(PlanningTests.request("s3.HeadObject", "region=eu-west-1", "Bucket: abc\nKey: k"))
      .only
    #expect(request.digest == bare.digest && request.verdict == bare.verdict)
    #expect(request.dynamic == [] && request.command == bare.command && request.risk == bare.risk)
    #expect(request.carrier == "template" && bare.carrier == "bare")
  }

  /// The text of a value may be what stood for it before.
  @Test func differFromTheirTexts() throws {
    let call = "{service: s3, operation: HeadObject, region: eu-west-1, parameters: {Bucket: b, Key: $K}}"
    let unknown = try Self.planned(call).plan
    let known = try Planned([
      "service: s3\noperation: HeadObject\nregion: eu-west-1\nparameters: {Bucket: b, Key: $K}\n"
    ]).plan
    let recorded = try RecordedPlan(SourceText(whole(known.writeJSON)), limits: Limits())
    let difference = PlanDifference(of: recorded, against: unknown)
    #expect(
      difference.entries.map(\.changes) == [
        [
          PlanDifference.Change(pointer: "/Key", old: #""$K""#, new: #"{"$unknown":"$K"}"#)
        ]
      ])
    #expect(difference.entries.flatMap(\.notes) == [])
    let again = try RecordedPlan(SourceText(whole(unknown.writeJSON)), limits: Limits())
    #expect(PlanDifference(of: again, against: unknown).entries.isEmpty)
  }

  @Test func anUnknownOperationLeavesAGap() throws {
    let plan = try Self.planned("{service: s3, operation: $OP, region: eu-west-1, parameters: {Bucket: b}}")
      .plan
    #expect(plan.requests.isEmpty)
    #expect(
      plan.gaps == ["a.yaml:1: not evaluated: \"$OP\" is known only at run time, so the operation is unknown"]
    )
  }

  @Test func keysOfThePlan() throws {
    let call = "{service: s3, operation: HeadObject, region: $R, parameters: {Bucket: $B, Key: k}}"
    let text = String(decoding: whole(try Self.planned(call).plan.writeJSON), as: UTF8.self)
    #expect(
      text.contains(
        "\"operation\": \"HeadObject\",\n      \"carrier\": \"template\",\n      \"region\": \"$R\",\n"))
    #expect(text.contains("\"dynamic\": [\n        \"/Bucket\"\n      ],\n"), "\(text)")
    let known = String(decoding: whole(try Planned(start("logs")).plan.writeJSON), as: UTF8.self)
    #expect(known.contains("\"carrier\": \"bare\"") && !known.contains("\"dynamic\""))
  }
}
