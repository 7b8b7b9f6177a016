import Models
import Testing
import Verdicts

@testable import Planning

@Suite struct OperationEffectTests {
  private static let effects = EffectTable()

  @Test(arguments: [
    ("s3.GetObject", "GET", OperationEffect.reads), ("ec2.DescribeInstances", "POST", .reads),
    ("s3.HeadBucket", "HEAD", .reads), ("dynamodb.BatchGetItem", "POST", .reads),
    ("dynamodb.TransactGetItems", "POST", .reads), ("cognito-idp.AdminGetUser", "POST", .reads),
    ("kms.Decrypt", "POST", .reads), ("iam.SimulateCustomPolicy", "POST", .reads),
    // Names and methods that promise more than they keep.
    ("cloudformation.DetectStackDrift", "POST", .changes),
    ("iot.ConfirmTopicRuleDestination", "GET", .changes),
    ("sqs.ReceiveMessage", "POST", .changes), ("cognito-identity.GetId", "POST", .changes),
    ("dynamodb.ExecuteStatement", "POST", .changes), ("license-manager.CheckoutLicense", "POST", .changes),
    ("lambda.Invoke", "POST", .changes), ("s3.PutObject", "PUT", .changes),
    ("lambda.UntagResource", "DELETE", .changes), ("dynamodb.BatchWriteItem", "POST", .changes),
    ("s3.DeleteObject", "DELETE", .ends), ("ec2.TerminateInstances", "POST", .ends),
    ("ecr.BatchDeleteImage", "POST", .ends), ("kms.ScheduleKeyDeletion", "POST", .ends),
    ("elasticache.TestFailover", "POST", .changes), ("chime.Logout", "DELETE", .ends),
  ])
  func effect(_ operation: String, _ method: String, _ expected: OperationEffect) throws {
    let id = try #require(OperationID(parsing: operation))
    #expect(Self.effects.effect(of: id, method: method) == expected)
  }

  /// The counts say when a new catalog brings operations that somebody should look at.
  @Test func catalog() throws {
    var counts: [OperationEffect: Int] = [:]
    for name in Catalog.builtIn.serviceNames {
      let service = try #require(try Catalog.builtIn.service(name))
      for operation in service.operationNames {
        let method = try #require(try service.operation(operation)).method
        let id = OperationID(service: name, operation: operation)
        counts[Self.effects.effect(of: id, method: method), default: 0] += 1
      }
    }
    #expect(counts == [.reads: 8755, .changes: 7730, .ends: 3542])
  }

  /// What is named one by one exists.
  @Test func namedOperations() throws {
    for name in Self.effects.namedOperations + CommandTable().namedOperations {
      let id = try #require(OperationID(parsing: name))
      let service = try #require(try Catalog.builtIn.service(id.service), "\(name)")
      #expect(service.hasOperation(id.operation), "\(name)")
    }
  }

  @Test(arguments: [
    ("s3.PutObject", ["s3api", "put-object"]),
    ("codedeploy.CreateDeployment", ["deploy", "create-deployment"]),
    ("config.GetComplianceSummaryByConfigRule", ["configservice", "get-compliance-summary-by-config-rule"]),
    ("route53.ListHostedZones", ["route53", "list-hosted-zones"]),
  ])
  func command(_ operation: String, _ words: [String]) throws {
    #expect(CommandTable().words(for: try #require(OperationID(parsing: operation))) == words)
  }

  @Test(arguments: [
    ("s3.GetObject", CommandTable.Obstacle.noJSON), ("lambda.Invoke", .noJSON),
    ("bedrock-runtime.ConverseStream", .noCommand), ("emr.RunJobFlow", .noCommand), ("s3.PutObject", nil),
    ("cloudsearchdomain.Search", .noEndpoint), ("sdb.Select", .preview), ("ssm.StartSession", .doesMore),
    ("iam.CreateVirtualMFADevice", .noCommand), ("s3.GetObjectAnnotation", .noJSON),
  ])
  func obstacle(_ operation: String, _ expected: CommandTable.Obstacle?) throws {
    #expect(
      CommandTable().obstacle(to: try #require(OperationID(parsing: operation)), hasEndpoint: false)
        == expected)
  }

  private static let acl = "NetworkAclId: a\nRuleAction: allow\nRuleNumber: 1\nEgress: true\n"
  private static let run = "MinCount: 1\nMaxCount: 1\n"

  @Test(arguments: [
    ("s3.HeadObject", "Bucket: b-1\nKey: k", nil),
    ("kinesis.PutRecord", "PartitionKey: p\nData: aGk=", "base64"),
    ("dynamodb.PutItem", "TableName: tab\nItem: {a: {B: aGk=}}", "base64"),
    ("dynamodb.PutItem", "TableName: tab\nItem: {a: {S: aGk=}}", nil),
    ("s3.GetObject", "Bucket: b-1\nKey: k", "no JSON"),
    ("emr.RunJobFlow", "Name: n\nInstances: {}", "no command"),
    ("ec2.CreateNetworkAclEntry", acl + "Protocol: tcp", "changes Protocol"),
    ("ec2.CreateNetworkAclEntry", acl + "Protocol: '6'", nil),
    ("ec2.RunInstances", run + "NetworkInterfaces: []", "changes NetworkInterfaces"),
    (
      "ec2.RunInstances", run + "SubnetId: s\nNetworkInterfaces: [{DeviceIndex: 0}]",
      "changes NetworkInterfaces"
    ),
    ("ec2.RunInstances", run + "NetworkInterfaces: [{DeviceIndex: 0, SubnetId: s}]", nil),
    ("ec2.BundleInstance", "InstanceId: i\nStorage: {S3: {Bucket: b}}", "changes Storage"),
    ("ec2.BundleInstance", "InstanceId: i\nStorage: {S3: {Bucket: b, UploadPolicy: e30=}}", "base64"),
  ])
  func commandNote(_ operation: String, _ parameters: String, _ part: String?) throws {
    let planned = try Planned(request(operation, "", parameters)).only
    let isRefused = ["no JSON", "no command", "changes"].contains { part?.hasPrefix($0) == true }
    #expect(planned.command.isEmpty == isRefused)
    if let part {
      #expect(planned.commandNote?.contains(part) == true, "\(planned.commandNote ?? "")")
    } else {
      #expect(planned.commandNote == nil)
    }
  }

  @Test(arguments: [
    ("s3.HeadBucket", "reads through s3.HeadBucket; changes nothing", Risk.Level.low),
    ("s3.CreateBucket", "calls s3.CreateBucket, which may change or create things", .medium),
    ("s3.DeleteBucket", "calls s3.DeleteBucket, which deletes, ends or interrupts something", .high),
  ])
  func outlook(_ operation: String, _ effect: String, _ level: Risk.Level) throws {
    let planned = try Planned(request(operation, "", "Bucket: b-1")).only
    #expect(planned.effect == effect)
    #expect(planned.risk.level == level)
  }
}
