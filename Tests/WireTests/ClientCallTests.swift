import Models
import Syntax
import Testing

@testable import Wire

/// What a client makes of calls that it treats in a way of its own.
@Suite struct ClientCallTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let operation: String
    var region: String? = "eu-west-1"
    var options = EndpointOptions()
    let parameters: String
    /// Method and address, then header lines in alphabetical order, a blank line and the body, if any; then notes.
    let expected: String

    var testDescription: String { "\(operation) \(parameters)" }
  }

  /// The request as text, or what keeps it from being sent.
  private static func sent(_ test: Case, isBodyOpen: Bool = false) throws -> String {
    let id = try #require(OperationID(parsing: test.operation))
    let service = try #require(try Catalog.builtIn.service(id.service))
    let operation = try #require(try service.operation(id.operation))
    guard case .document(let document) = readJSON(SourceText(test.parameters), limits: Limits()) else {
      throw TestFault.noJSON
    }
    let call = Call(
      operation: operation, service: service.metadata, document: document, parameters: document.root)
    let resolver = EndpointResolver(.builtIn)
    do {
      let client = try ClientCall(call, options: WireOptions(region: test.region, isBodyOpen: isBodyOpen))
      let endpoint = try resolver.endpoint(
        for: service, client.endpointContext, region: test.region, test.options)
      let sent = try client.request(isSecure: endpoint.url.hasPrefix("https://"))
      let headers = sent.headers(at: endpoint).map { "\($0.name): \($0.value)" }.sorted()
      let lines = ["\(sent.request.method) \(sent.url(at: endpoint.url))"] + headers
      let body = String(decoding: sent.request.body, as: UTF8.self)
      return (lines + (body.isEmpty ? [] : ["", body]) + (endpoint.notes + sent.notes).map { "# \($0)" })
        .joined(separator: "\n")
    } catch let fault as EndpointFault {
      return fault.message
    } catch let fault as WireFault {
      return TestedService.describe(fault)
    }
  }

  private enum TestFault: Error { case noJSON }

  static let buckets: [Case] = [
    Case(
      operation: "s3.GetObject", parameters: #"{"Bucket": "logs", "Key": "a/b ö"}"#,
      expected: """
        GET https://logs.s3.eu-west-1.amazonaws.com/a/b%20%C3%B6
        x-amz-checksum-mode: ENABLED
        """),
    Case(
      operation: "s3.HeadBucket", region: "us-east-1", parameters: #"{"Bucket": "logs"}"#,
      expected: "HEAD https://logs.s3.amazonaws.com/"),
    Case(
      operation: "s3.HeadBucket", region: nil, parameters: #"{"Bucket": "logs"}"#,
      expected: "HEAD https://logs.s3.{region}.amazonaws.com/"),
    Case(
      operation: "s3.HeadBucket", region: "cn-north-1", parameters: #"{"Bucket": "logs"}"#,
      expected: "HEAD https://logs.s3.cn-north-1.amazonaws.com.cn/"),
    Case(
      operation: "s3.HeadBucket", options: EndpointOptions(usesFIPS: true, usesDualStack: true),
      parameters: #"{"Bucket": "logs"}"#,
      expected: "HEAD https://logs.s3-fips.dualstack.eu-west-1.amazonaws.com/"),
    // No host can hold these names, so the path does.
    Case(
      operation: "s3.HeadBucket", parameters: #"{"Bucket": "My_Logs"}"#,
      expected: "HEAD https://s3.eu-west-1.amazonaws.com/My_Logs"),
    Case(
      operation: "s3.GetBucketLocation", parameters: #"{"Bucket": "logs"}"#,
      expected: "GET https://s3.eu-west-1.amazonaws.com/logs?location"),
    Case(
      operation: "s3.ListObjectsV2", options: EndpointOptions(endpointURL: "http://localhost:9000"),
      parameters: #"{"Bucket": "logs", "Prefix": "a b"}"#,
      expected: "GET http://localhost:9000/logs?list-type=2&prefix=a%20b&encoding-type=url"),
    Case(operation: "s3.ListBuckets", parameters: "{}", expected: "GET https://s3.eu-west-1.amazonaws.com/"),
    Case(
      operation: "s3.HeadBucket",
      parameters: #"{"Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/mine"}"#,
      expected: "HEAD https://mine-123456789012.s3-accesspoint.us-west-2.amazonaws.com/"),
    Case(
      operation: "s3.HeadBucket", parameters: #"{"Bucket": "logs--usw2-az1--x-s3"}"#,
      expected: """
        HEAD https://logs--usw2-az1--x-s3.s3express-usw2-az1.eu-west-1.amazonaws.com/
        # the client first asks s3.CreateSession for a session, and signs with that
        """),
    Case(operation: "s3.HeadBucket", parameters: #"{"Bucket": "a b"}"#, expected: "unfit for bucket"),
    Case(
      operation: "s3control.GetBucket",
      parameters:
        #"{"Bucket": "arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-01234567890123456:bucket:mine"}"#,
      expected: """
        GET https://s3-outposts.eu-west-1.amazonaws.com/v20180820/bucket/\
        arn%3Aaws%3As3-outposts%3Aeu-west-1%3A123456789012%3Aoutpost%3Aop-01234567890123456%3Abucket%3Amine
        x-amz-account-id: 123456789012
        x-amz-outpost-id: op-01234567890123456
        """),
    Case(
      operation: "s3control.ListJobs", parameters: #"{"AccountId": "123456789012"}"#,
      expected: """
        GET https://123456789012.s3-control.eu-west-1.amazonaws.com/v20180820/jobs
        x-amz-account-id: 123456789012
        """),
  ]

  @Test(arguments: buckets)
  func bucket(_ test: Case) throws { #expect(try Self.sent(test) == test.expected) }

  static let contexts: [Case] = [
    Case(
      operation: "kinesis.ListShards",
      parameters: #"{"StreamARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/mine"}"#,
      expected: """
        POST https://123456789012.control-kinesis.eu-west-1.amazonaws.com/
        Content-Length: 67
        Content-Type: application/x-amz-json-1.1
        X-Amz-Target: Kinesis_20131202.ListShards

        {"StreamARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/mine"}
        """),
    Case(
      operation: "events.PutEvents", parameters: #"{"Entries": [], "EndpointId": "abc.def"}"#,
      expected: """
        POST https://abc.def.endpoint.events.amazonaws.com/
        Content-Length: 40
        Content-Type: application/x-amz-json-1.1
        X-Amz-Target: AWSEvents.PutEvents

        {"Entries": [], "EndpointId": "abc.def"}
        """),
    Case(
      operation: "dynamodb.BatchGetItem",
      parameters: #"{"RequestItems": {"arn:aws:dynamodb:eu-west-1:123456789012:table/t": {}}}"#,
      expected: """
        POST https://123456789012.ddb.eu-west-1.amazonaws.com/
        Content-Length: 73
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: DynamoDB_20120810.BatchGetItem

        {"RequestItems": {"arn:aws:dynamodb:eu-west-1:123456789012:table/t": {}}}
        """),
    Case(
      operation: "dynamodb.ListTables", parameters: "{}",
      expected: """
        POST https://dynamodb.eu-west-1.amazonaws.com/
        Content-Length: 2
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: DynamoDB_20120810.ListTables

        {}
        # the host has the account's id in it where the credentials tell that
        """),
  ]

  @Test(arguments: contexts)
  func context(_ test: Case) throws { #expect(try Self.sent(test) == test.expected) }

  static let changes: [Case] = [
    Case(
      operation: "s3.PutObject", parameters: #"{"Bucket": "logs", "Key": "k", "Body": "aGVsbG8="}"#,
      expected: """
        PUT https://logs.s3.eu-west-1.amazonaws.com/k
        Content-Encoding: aws-chunked
        Expect: 100-continue
        Transfer-Encoding: chunked
        X-Amz-Decoded-Content-Length: 5
        X-Amz-Trailer: x-amz-checksum-crc32
        x-amz-sdk-checksum-algorithm: CRC32

        hello
        # the body is sent in chunks, and behind them x-amz-checksum-crc32:NhCmhg==
        """),
    // Only what is sent over TLS has its checksum behind the body.
    Case(
      operation: "s3.PutObject", options: EndpointOptions(endpointURL: "http://localhost"),
      parameters: #"{"Bucket": "logs", "Key": "k", "Body": "aGVsbG8=", "ChecksumAlgorithm": "SHA1"}"#,
      expected: """
        PUT http://localhost/logs/k
        Content-Length: 5
        Expect: 100-continue
        x-amz-checksum-sha1: qvTGHdzF6KLavt4PO0gs2a6pQ00=
        x-amz-sdk-checksum-algorithm: SHA1

        hello
        """),
    Case(
      operation: "s3.CopyObject",
      parameters: #"{"Bucket": "b-1", "Key": "k", "CopySource": "b-2/ö k?versionId=7"}"#,
      expected: """
        PUT https://b-1.s3.eu-west-1.amazonaws.com/k
        Content-Length: 0
        x-amz-copy-source: b-2/%C3%B6%20k?versionId=7
        """),
    Case(
      operation: "route53.GetHostedZone", parameters: #"{"Id": "/hostedzone/Z1"}"#,
      expected: "GET https://route53.amazonaws.com/2013-04-01/hostedzone/Z1"),
    Case(
      operation: "glacier.UploadArchive", parameters: #"{"vaultName": "v", "body": "aGVsbG8="}"#,
      expected: """
        POST https://glacier.eu-west-1.amazonaws.com/-/vaults/v/archives
        Content-Length: 5
        x-amz-content-sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
        x-amz-glacier-version: 2012-06-01
        x-amz-sha256-tree-hash: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824

        hello
        """),
    Case(
      operation: "autoscaling.CreateLaunchConfiguration",
      parameters: #"{"LaunchConfigurationName": "l", "UserData": "hello"}"#,
      expected: """
        POST https://autoscaling.eu-west-1.amazonaws.com/
        Content-Length: 97
        Content-Type: application/x-www-form-urlencoded; charset=utf-8

        Action=CreateLaunchConfiguration&Version=2011-01-01&LaunchConfigurationName=l&UserData=aGVsbG8%3D
        """),
    Case(
      operation: "ec2.CopySnapshot", parameters: #"{"SourceRegion": "us-east-1", "SourceSnapshotId": "s"}"#,
      expected: """
        POST https://ec2.eu-west-1.amazonaws.com/
        Content-Type: application/x-www-form-urlencoded; charset=utf-8

        Action=CopySnapshot&Version=2016-11-15&SourceRegion=us-east-1&SourceSnapshotId=s\
        &DestinationRegion=eu-west-1
        # PresignedUrl is added when it is sent: a signed address of the source region
        """),
    Case(
      operation: "cloudsearchdomain.Search",
      options: EndpointOptions(endpointURL: "https://search-mine.eu-west-1.cloudsearch.amazonaws.com"),
      parameters: #"{"query": "a b"}"#,
      expected: """
        POST https://search-mine.eu-west-1.cloudsearch.amazonaws.com/2013-01-01/search
        Content-Length: 30
        Content-Type: application/x-www-form-urlencoded

        format=sdk&pretty=true&q=a%20b
        """),
    Case(
      operation: "machinelearning.Predict", region: "us-east-1",
      parameters: #"{"MLModelId": "m", "Record": {}, "PredictEndpoint": "https://realtime.example.com"}"#,
      expected: """
        POST https://realtime.example.com/
        Content-Length: 83
        Content-Type: application/x-amz-json-1.1
        X-Amz-Target: AmazonML_20141212.Predict

        {"MLModelId": "m", "Record": {}, "PredictEndpoint": "https://realtime.example.com"}
        """),
    Case(
      operation: "timestream-write.DescribeEndpoints", parameters: "{}",
      expected: """
        POST https://ingest.timestream.eu-west-1.amazonaws.com/
        Content-Length: 2
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: Timestream_20181101.DescribeEndpoints
        x-amz-api-version: 2018-11-01

        {}
        """),
    Case(
      operation: "timestream-write.ListDatabases", parameters: "{}",
      expected: """
        POST https://ingest.timestream.eu-west-1.amazonaws.com/
        Content-Length: 2
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: Timestream_20181101.ListDatabases

        {}
        # the client first asks DescribeEndpoints for the host, which then takes this one's place
        """),
    Case(
      operation: "bedrock-agentcore.ListEvents",
      parameters: #"{"memoryId": "m", "sessionId": "s", "actorId": "a"}"#,
      expected: """
        POST https://bedrock-agentcore.eu-west-1.amazonaws.com/memories/m/actor/a/sessions/s
        Content-Length: 2
        Content-Type: application/json

        {}
        """),
  ]

  @Test(arguments: changes)
  func change(_ test: Case) throws { #expect(try Self.sent(test) == test.expected) }

  /// What is measured of a body that will be another one is not shown.
  @Test func openBody() throws {
    let test = Case(
      operation: "s3.PutBucketTagging", parameters: #"{"Bucket": "b-1", "Tagging": {"TagSet": []}}"#,
      expected: """
        PUT https://b-1.s3.eu-west-1.amazonaws.com/?tagging
        x-amz-sdk-checksum-algorithm: CRC32

        <Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet /></Tagging>
        # x-amz-checksum-crc32 is added when it is sent
        """)
    #expect(try Self.sent(test, isBodyOpen: true) == test.expected)
  }

  /// A body of 10,240 bytes is compressed, a smaller one is not.
  @Test(arguments: [(10_239, false), (10_240, true)])
  func compression(_ length: Int, _ isCompressed: Bool) throws {
    func text(_ name: Int) throws -> String {
      let parameters =
        #"{"Namespace": "n", "StrictEntityValidation": true, "MetricData": [], "#
        + #""EntityMetricData": [{"Entity": {"KeyAttributes": {"a": "\#(String(repeating: "x", count: name))"}}}]}"#
      return try Self.sent(Case(operation: "cloudwatch.PutMetricData", parameters: parameters, expected: ""))
    }
    let overhead =
      try #require(
        try text(5000).split(separator: "\n").first { $0.hasPrefix("Content-Length: ") }
          .flatMap { Int($0.dropFirst("Content-Length: ".count)) }) - 5000
    let sent = try text(length - overhead)
    #expect(sent.contains("Content-Encoding: gzip") == isCompressed)
    #expect(sent.contains("Content-Length: \(length)") == !isCompressed)
    #expect(sent.contains("# the body is compressed with gzip when it is sent") == isCompressed)
  }
}

@Suite struct ChecksumTests {
  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.flatMap { [hexDigit($0 >> 4, upper: false), hexDigit($0 & 15, upper: false)] },
      as: UTF8.self)
  }

  /// The check values that catalogs of CRCs give for the digits 1 to 9, and the digests of the empty text.
  @Test(arguments: [
    ("CRC32", "123456789", "cbf43926"), ("CRC32", "", "00000000"), ("CRC32C", "123456789", "e3069283"),
    ("CRC64NVME", "123456789", "ae8b14860a799888"), ("SHA1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("SHA256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func checksum(_ name: String, _ text: String, _ expected: String) throws {
    let checksum = try #require(Checksum(rawValue: name))
    #expect(Self.hexadecimal(checksum.bytes(of: Array(text.utf8))) == expected)
  }

  /// Up to a mebibyte it is SHA-256 itself; beyond, that of the digests.
  @Test func treeHash() {
    let piece = [UInt8](repeating: 7, count: 1 << 20)
    let one = Checksum.sha256.bytes(of: piece)
    let last = Checksum.sha256.bytes(of: [1])
    #expect(glacierTreeHash(of: []) == Checksum.sha256.bytes(of: []))
    #expect(glacierTreeHash(of: piece) == one)
    #expect(glacierTreeHash(of: piece + [1]) == Checksum.sha256.bytes(of: one + last))
    let two = Checksum.sha256.bytes(of: one + one)
    #expect(glacierTreeHash(of: piece + piece + [1]) == Checksum.sha256.bytes(of: two + last))
  }
}

@Suite struct ContextPathTests {
  @Test(arguments: [
    ("A", #"{"A": "x"}"#, RuleValue.string("x")),
    ("A", #"{"A": null}"#, nil), ("A", "{}", nil), ("A.B", #"{"A": "x"}"#, nil),
    ("A.B", #"{"A": {"B": "x"}}"#, .string("x")),
    ("keys(A)", #"{"A": {"x": 1, "y": 2}}"#, .array([.string("x"), .string("y")])),
    ("keys(A)", #"{"A": "x"}"#, nil),
    ("A[*].B", #"{"A": [{"B": "x"}, {"C": "y"}, {"B": "z"}]}"#, .array([.string("x"), .string("z")])),
    ("A[*].B", #"{"A": {}}"#, nil),
    (
      "A[*].[B.C, D.C][]", #"{"A": [{"B": {"C": "x"}}, {"D": {"C": "y"}, "B": {"C": "z"}}]}"#,
      .array([.string("x"), .string("z"), .string("y")])
    ),
    ("A[]", #"{"A": [["x"], "y"]}"#, .array([.string("x"), .string("y")])),
  ])
  func value(_ path: String, _ parameters: String, _ expected: RuleValue?) throws {
    guard case .document(let document) = readJSON(SourceText(parameters), limits: Limits()) else {
      Issue.record("no JSON")
      return
    }
    let path = try #require(ContextPath(path))
    #expect(path.value(in: document, from: document.root) == expected)
  }

  @Test(arguments: ["A[0]", "length(A)", "A[", "A.", "keys(A", "A]", "A || B"])
  func unknown(_ path: String) { #expect(ContextPath(path) == nil) }

  /// Every expression of the catalog is of a kind that is known.
  @Test func catalog() throws {
    var count = 0
    for name in Catalog.builtIn.serviceNames where name == "dynamodb" {
      let service = try #require(try Catalog.builtIn.service(name))
      for operation in service.operationNames {
        for (_, path) in try #require(try service.operation(operation)).clientTraits.contextPaths {
          #expect(ContextPath(path) != nil, "\(path)")
          count += 1
        }
      }
    }
    #expect(count == 5)
  }
}
