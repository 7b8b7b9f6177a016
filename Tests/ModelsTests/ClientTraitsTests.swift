import Models
import Testing

@Suite struct ClientTraitsTests {
  private static func operation(_ name: String) throws -> Operation {
    let id = try #require(OperationID(parsing: name))
    let service = try #require(try Catalog.builtIn.service(id.service))
    return try #require(try service.operation(id.operation))
  }

  @Test(arguments: [
    ("s3.PutObject", "ChecksumAlgorithm", false, nil), ("s3.DeleteObjects", "ChecksumAlgorithm", true, nil),
    ("s3.GetObject", nil, false, "ChecksumMode"), ("s3control.CreateJob", nil, false, nil),
    ("s3control.PutBucketTagging", nil, true, nil), ("sqs.SendMessage", nil, false, nil),
  ])
  func checksum(_ name: String, _ member: String?, _ isRequired: Bool, _ mode: String?) throws {
    let traits = try Self.operation(name).clientTraits
    #expect(traits.checksumAlgorithmMember == member)
    #expect(traits.isChecksumRequired == isRequired)
    #expect(traits.checksumModeMember == mode)
  }

  @Test(arguments: [
    ("timestream-write.WriteRecords", ClientTraits.EndpointDiscovery.required),
    ("dynamodb.GetItem", .offered),
    ("s3.GetObject", .none),
  ])
  func endpointDiscovery(_ name: String, _ expected: ClientTraits.EndpointDiscovery) throws {
    #expect(try Self.operation(name).clientTraits.endpointDiscovery == expected)
  }

  @Test func context() throws {
    let control = try Self.operation("s3control.GetBucket").clientTraits.staticContext
    #expect(control.map(\.name) == ["RequiresAccountId"] && control.map(\.value) == [.flag(true)])
    let kinesis = try Self.operation("kinesis.PutRecord").clientTraits.staticContext
    #expect(kinesis.map(\.name) == ["OperationType"] && kinesis.map(\.value) == [.text("data")])
    let paths = try Self.operation("dynamodb.ImportTable").clientTraits.contextPaths
    #expect(
      paths.map(\.name) == ["ResourceArn"] && paths.map(\.path) == ["TableCreationParameters.TableName"])
    let object = try Self.operation("s3.GetObject")
    let input = try #require(object.input.map { object[$0] })
    #expect(input.member("Bucket")?.contextParameter == "Bucket")
    #expect(input.member("VersionId")?.contextParameter == nil)
  }

  @Test(arguments: [("cloudwatch.PutMetricData", true), ("cloudwatch.PutMetricAlarm", false)])
  func compression(_ name: String, _ isCompressible: Bool) throws {
    #expect(try Self.operation(name).clientTraits.isCompressible == isCompressible)
  }

  /// JSON in a header may be given as a value of any type; elsewhere it is a text.
  @Test(arguments: [
    ("lex-runtime.PostContent", "sessionAttributes", true), ("braket.CreateQuantumTask", "action", false),
  ])
  func jsonValue(_ name: String, _ member: String, _ expected: Bool) throws {
    let operation = try Self.operation(name)
    let input = try #require(operation.input.map { operation[$0] })
    #expect(input.member(member)?.isJSONValue == expected)
  }
}
