import Models
import Testing

/// Shapes and paths in words.
@Suite struct ShapeWordsTests {
  private static func operation(_ service: String, _ name: String) throws -> Operation {
    let model = try #require(try Catalog.builtIn.service(service))
    return try #require(try model.operation(name))
  }

  @Test(arguments: [
    ("TagSpecifications", "TagSpecifications", "list of structures"),
    ("TagSpecifications[]", "TagSpecifications[]", "structure"),
    ("TagSpecifications.0", "TagSpecifications[]", "structure"),
    ("TagSpecifications.Tags", "TagSpecifications[].Tags", "list of structures"),
    ("TagSpecifications.Tags.Key", "TagSpecifications[].Tags[].Key", "string"),
    ("TagSpecifications[].Tags[].Key", "TagSpecifications[].Tags[].Key", "string"),
    ("TagSpecifications.0.Tags.12.Key", "TagSpecifications[].Tags[].Key", "string"),
    ("TagSpecifications[0].Tags.Key", "TagSpecifications[].Tags[].Key", "string"),
    ("Placement.Tenancy", "Placement.Tenancy", "string"),
    ("SecurityGroupIds[]", "SecurityGroupIds[]", "string"),
  ])
  func paths(_ written: String, _ path: String, _ type: String) throws {
    let operation = try Self.operation("ec2", "RunInstances")
    let place = try operation.place(written)
    #expect(place.path == path)
    #expect(operation.typeWords(place.shape) == type)
  }

  @Test(arguments: [
    ("s3", "PutObject", "Body", ["streamed", "the whole body"]), ("s3", "PutObject", "Bucket", []),
    ("s3", "PutObject", "SSECustomerKey", ["sensitive"]),
    ("lambda", "Invoke", "Payload", ["sensitive", "the whole body"]),
    ("ec2", "RunInstances", "ClientToken", ["idempotency token"]),
    ("glacier", "ListVaults", "accountId", ["the client fills in \"-\""]),
    ("lexv2-runtime", "PutSession", "requestAttributes", []),
  ])
  func marks(_ service: String, _ name: String, _ member: String, _ marks: [String]) throws {
    let operation = try Self.operation(service, name)
    let input = operation[try #require(operation.input)]
    #expect(operation.marks(try #require(input.member(member))) == marks)
  }

  @Test func pathsThroughWhatHoldsItself() throws {
    let operation = try Self.operation("dynamodb", "PutItem")
    for (written, path) in [
      ("Item.x.M", "Item{}.M"), ("Item.x", "Item{}"), ("Item.x.M.y.S", "Item{}.M{}.S"),
      ("Item.L.M.S", "Item{}.L[].M{}.S"), ("Item{}.M{}.S", "Item{}.M{}.S"), ("Item.M", "Item{}.M"),
    ] {
      #expect(try operation.place(written).path == path)
    }
  }

  /// A map's key is not walked into further than its value, and a list has none.
  @Test(
    arguments: [
      ("s3", "PutObject", "Metadata.foo", "Metadata{}", nil),
      ("s3", "PutObject", "Metadata.foo.bar", nil, "Metadata{} bar"),
      ("s3", "PutObject", "Metadata[]", "Metadata{}", nil),
      ("sqs", "SendMessage", "MessageAttributes.a.DataType", "MessageAttributes{}.DataType", nil),
      ("sqs", "SendMessage", "MessageAttributes.a.b", nil, "MessageAttributes{} b"),
      ("sqs", "SendMessageBatch", "Entries.MessageAttributes.a", "Entries[].MessageAttributes{}", nil),
      ("ec2", "RunInstances", "SecurityGroupIds.x", nil, "SecurityGroupIds[] x"),
    ] as [(String, String, String, String?, String?)])
  func keys(_ service: String, _ name: String, _ written: String, _ path: String?, _ fault: String?) throws {
    let operation = try Self.operation(service, name)
    do throws(Operation.PathFault) {
      #expect(try operation.place(written).path == path)
    } catch {
      #expect("\(error.owner) \(error.name)" == fault)
    }
  }

  @Test(arguments: [
    ("imageId", "imageId", ""), ("TagSpecifications.Tags.Kee", "Kee", "TagSpecifications[].Tags[]"),
    ("ImageId.X", "X", "ImageId"), ("ImageId[]", "[]", "ImageId"), ("5", "5", ""),
  ])
  func pathsToNothing(_ written: String, _ name: String, _ owner: String) throws {
    let operation = try Self.operation("ec2", "RunInstances")
    #expect {
      try operation.place(written)
    } throws: { error in
      guard let fault = error as? Operation.PathFault else { return false }
      return fault.name == name && fault.owner == owner
    }
  }

  @Test(arguments: [
    ("opensearch", "CreatePackage", "PackageName", "3 to 256 characters"),
    ("opensearch", "CreatePackage", "PackageDescription", "at most 1024 characters"),
    ("opensearch", "CreatePackage", "PackageType", nil), ("sqs", "SendMessage", "DelaySeconds", nil),
    ("opensearch", "PurchaseReservedInstanceOffering", "InstanceCount", "at least 1"),
    ("kms", "ScheduleKeyDeletion", "PendingWindowInDays", "1 to 365"),
    ("kms", "Encrypt", "Plaintext", "1 to 4096 bytes"), ("kms", "Encrypt", "GrantTokens", "at most 10 items"),
  ])
  func bounds(_ service: String, _ name: String, _ member: String, _ expected: String?) throws {
    #expect(try Self.operation(service, name).place(member).shape.boundWords == expected)
  }
}
