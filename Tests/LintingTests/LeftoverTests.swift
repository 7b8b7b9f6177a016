import Syntax
import Testing

/// Values that were never filled in.
@Suite struct LeftoverTests {
  private static let start = "opensearch.StartServiceSoftwareUpdate"

  static let placeholders = [
    LintCase(
      "in place of a string, alone", of: start, "DomainName: <DomainName>",
      ["error skeleton-leftover 2:13-2:25 /DomainName"]),
    LintCase(
      "of another name that the model refuses", of: start, "DomainName: <your domain>",
      ["error skeleton-leftover 2:13-2:26 /DomainName"]),
    LintCase(
      "in place of an integer", of: start, "DomainName: logs\nDesiredStartTime: <when>",
      ["error skeleton-leftover 3:19-3:25 /DesiredStartTime"]),
    LintCase(
      "in place of a known value", of: start, "DomainName: logs\nScheduleAt: <mode>",
      ["error skeleton-leftover 3:13-3:19 /ScheduleAt"]),
    LintCase(
      "in place of a structure", of: "ec2.RunInstances", "MinCount: 1\nMaxCount: 1\nPlacement: <Placement>",
      ["error skeleton-leftover 4:12-4:23 /Placement"]),
    LintCase(
      "in place of a list", of: "ec2.RunInstances", "MinCount: 1\nMaxCount: 1\nSecurityGroupIds: <groups>",
      ["error skeleton-leftover 4:19-4:27 /SecurityGroupIds"]),
    LintCase(
      "in place of an item and a boolean", of: "ec2.RunInstances",
      "MinCount: 1\nMaxCount: 1\nSecurityGroupIds: [<SecurityGroupIds>]\nEbsOptimized: <EbsOptimized>",
      [
        "error skeleton-leftover 4:20-4:38 /SecurityGroupIds/0",
        "error skeleton-leftover 5:15-5:29 /EbsOptimized",
      ]),
    LintCase(
      "in place of a blob that may hold it", of: "kms.Encrypt", "KeyId: k\nPlaintext: <text>",
      ["warning skeleton-leftover 3:12-3:18 /Plaintext"]),
    LintCase(
      "in place of a string that may hold it", of: "kms.Encrypt", "KeyId: k\nPlaintext: <Plaintext>",
      ["error skeleton-leftover 3:12-3:23 /Plaintext"]),
    LintCase(
      "in place of a map's key and value", of: "kms.Encrypt",
      "KeyId: k\nPlaintext: dGV4dA==\nEncryptionContext:\n  <key>: <value>",
      [
        "error skeleton-leftover 5:3-5:8 /EncryptionContext/<key>",
        "error skeleton-leftover 5:10-5:17 /EncryptionContext/<key>",
      ]),
    LintCase(
      "in place of a parameter", of: start, "DomainName: logs\n<member>: <value>",
      ["error skeleton-leftover 3:1-3:9 /<member>"]),
    LintCase(
      "named for the nearest member, through lists and maps", of: "dynamodb.BatchWriteItem",
      "RequestItems: {t: [{DeleteRequest: {Key: {a: {L: [{SS: [<SS>]}]}}}}]}",
      ["error skeleton-leftover 2:57-2:61 /RequestItems/t/0/DeleteRequest/Key/a/L/0/SS/0"]),
    LintCase(
      "named for a map's key", of: "dynamodb.PutItem", "TableName: t123\nItem: {b: {S: <b>}}",
      ["warning skeleton-leftover 3:15-3:18 /Item/b/S"]),
    LintCase(
      "named for a farther member", of: "ses.SendEmail",
      "Source: a\nDestination: {}\nMessage: {Subject: {Data: a}, Body: {Html: {Data: <Html>}}}",
      ["warning skeleton-leftover 4:51-4:57 /Message/Body/Html/Data"]),
    LintCase(
      "of the map itself", of: "lambda.TagResource",
      "Resource: arn:aws:lambda:us-east-1:123456789012:function:a\nTags: {a: <Tags>}",
      ["error skeleton-leftover 3:11-3:17 /Tags/a"]),
    LintCase(
      "text around brackets is no placeholder", of: "kms.Encrypt", "KeyId: a <b>\nPlaintext: dGV4dA=="),
  ]

  static let generated = [
    LintCase(
      "whole, one text", json: #"{"DomainName": ""}"#, of: "es.DescribeElasticsearchDomain",
      ["error too-short 1:16-1:18 /DomainName"]),
    LintCase(
      "whole, one text that the model takes", json: #"{"QueueUrl": ""}"#, of: "sqs.PurgeQueue",
      ["warning skeleton-leftover 1:14-1:16 /QueueUrl"]),
    LintCase("whole, no text", json: #"{"DryRun": true}"#, of: "ec2.DisableSerialConsoleAccess"),
    LintCase(
      "whole, numbers", json: #"{"Enabled": true, "Count": 0}"#, of: "ec2.DisableSerialConsoleAccess",
      [
        "error unknown-parameter 1:2-1:11 /Enabled", "error unknown-parameter 1:19-1:26 /Count",
      ]),
    LintCase(
      "whole, numbers and booleans", json: #"{"limit": 0, "includeQueuedLoads": true}"#,
      of: "neptunedata.ListLoaderJobs",
      ["warning skeleton-leftover 1:1-1:2", "error too-small 1:11-1:12 /limit"]),
    LintCase(
      "not whole, one text",
      json: #"{"KeyId": "k", "Plaintext": "dGV4dA==", "EncryptionContext": {"a": ""}}"#,
      of: "kms.Encrypt"),
    LintCase(
      "a map", json: #"{"KeyId": "k", "Plaintext": "dGV4dA==", "EncryptionContext": {"KeyName": ""}}"#,
      of: "kms.Encrypt",
      [
        "warning skeleton-leftover 1:63-1:72 /EncryptionContext/KeyName",
        "warning skeleton-leftover 1:74-1:76 /EncryptionContext/KeyName",
      ]),
    LintCase(
      "a map with such a key and a value",
      json: #"{"KeyId": "k", "Plaintext": "dGV4dA==", "EncryptionContext": {"KeyName": "x", "b": ""}}"#,
      of: "kms.Encrypt"),
    LintCase(
      "times", of: "cloudwatch.GetMetricStatistics",
      """
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      StartTime: '1970-01-01T00:00:00'
      EndTime: '1970-01-01T00:00:00'
      Period: 60
      """,
      [
        "warning skeleton-leftover 4:12-4:33 /StartTime", "warning skeleton-leftover 5:10-5:31 /EndTime",
      ]),
    LintCase(
      "one such time may be meant", of: "cloudwatch.GetMetricStatistics",
      """
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      StartTime: '1970-01-01T00:00:00'
      EndTime: '2026-01-01T00:00:00'
      Period: 60
      """),
    LintCase(
      "YAML as version 2 of the AWS CLI writes it", of: start,
      "DomainName: ''  # [REQUIRED] The name.\nScheduleAt: NOW  # Valid values are: NOW.\nDesiredStartTime: 0",
      [
        "error pattern-mismatch 2:13-2:15 /DomainName", "warning skeleton-leftover 2:13-2:15 /DomainName",
        "error too-short 2:13-2:15 /DomainName",
        "error desired-start-time-not-epoch 4:19-4:20 /DesiredStartTime",
        "error desired-start-time-without-timestamp 4:19-4:20 /DesiredStartTime",
      ]),
  ]

  private static let tagged = "Bucket: abc\nTagging: {TagSet: [{Key: a, Value: ''}, {Key: b, Value: ''}]}"

  /// An empty text has the model's findings, and a skeleton's where more speaks for one.
  static let empty = [
    LintCase("values of tags", of: "s3.PutBucketTagging", tagged),
    LintCase(
      "to take away what was set", of: "lambda.UpdateFunctionConfiguration",
      "FunctionName: f\nDescription: ''\nKMSKeyArn: ''"),
    LintCase(
      "beside one that the model refuses", of: "lambda.UpdateFunctionConfiguration",
      "FunctionName: ''\nDescription: ''",
      [
        "warning skeleton-leftover 2:15-2:17 /FunctionName",
        "error too-short 2:15-2:17 /FunctionName", "warning skeleton-leftover 3:14-3:16 /Description",
      ]),
    LintCase(
      "beside a key that a skeleton has", of: "lambda.UpdateFunctionConfiguration",
      "FunctionName: f\nDescription: ''\nEnvironment: {Variables: {KeyName: ''}}",
      [
        "warning skeleton-leftover 3:14-3:16 /Description",
        "warning skeleton-leftover 4:27-4:34 /Environment/Variables/(sensitive)",
        "warning skeleton-leftover 4:36-4:38 /Environment/Variables/(sensitive)",
      ]),
    LintCase(
      "half of the texts", of: "es.CreatePackage",
      "PackageName: abc\nPackageType: TXT-DICTIONARY\nPackageDescription: ''\n"
        + "PackageSource: {S3BucketName: '', S3Key: k}",
      [
        "warning skeleton-leftover 4:21-4:23 /PackageDescription",
        "warning skeleton-leftover 5:31-5:33 /PackageSource/S3BucketName",
        "error too-short 5:31-5:33 /PackageSource/S3BucketName",
      ]),
    LintCase(
      "refused for length, pattern and as a leftover", of: "kms.CreateKey",
      "Policy: ''\nCustomKeyStoreId: ''",
      [
        "error pattern-mismatch 2:9-2:11 /Policy", "warning skeleton-leftover 2:9-2:11 /Policy",
        "error too-short 2:9-2:11 /Policy", "warning skeleton-leftover 3:19-3:21 /CustomKeyStoreId",
        "error too-short 3:19-3:21 /CustomKeyStoreId",
      ]),
    LintCase(
      "an unknown value", of: "kms.CreateKey", "KeyUsage: ''", ["error unknown-value 2:11-2:13 /KeyUsage"]),
  ]

  @Test(arguments: placeholders + generated + empty)
  func leftovers(_ test: LintCase) throws {
    #expect(try Linted(test).lines() == test.expected)
  }

  /// A member that is named as a batch's list of requests does not make the file a batch.
  @Test func memberNamedRequests() throws {
    let linted = try Linted(
      SourceText(#"{"requests": [{"policyStoreId": "", "policyId": ""}]}"#), as: .json,
      path: "verifiedpermissions/BatchGetPolicy/x.json")
    #expect(
      linted.lines().filter { $0.contains("skeleton-leftover") } == [
        "warning skeleton-leftover 1:33-1:35 /requests/0/policyStoreId",
        "warning skeleton-leftover 1:49-1:51 /requests/0/policyId",
      ])
    #expect(!linted.lines().contains { $0.contains("unknown-key") })
  }

  @Test func words() throws {
    let linted = try Linted(
      "# reqlint: \(Self.start)\nDomainName: <DomainName>\nDesiredStartTime: <t>\n<member>: 1\n")
    #expect(
      linted.words(of: "skeleton-leftover") == [
        "DomainName is \"<DomainName>\", a placeholder | write the value that is meant, a string",
        "DesiredStartTime is \"<t>\", a placeholder | write the value that is meant, an integer",
        "\"<member>\" stands in place of a parameter | write the one that is meant, with its value",
      ])
    let sensitive = try Linted("# reqlint: proton.UpdateServicePipeline\nspec: <secret spec>\n")
    #expect(
      sensitive.words(of: "skeleton-leftover") == [
        "spec holds a placeholder | write the value that is meant, a string"
      ])
  }
}
