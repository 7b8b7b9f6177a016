import Testing

@testable import Models

/// What names that do not exist are taken for.
@Suite struct UnknownNamesTests {
  @Test(arguments: [
    // Casing and separators.
    ("S3", "s3"), ("OpenSearch", "opensearch"), ("step-functions", "stepfunctions"),
    ("Step_Functions", "stepfunctions"),
    // The names that AWS and the models use beside.
    ("sfn", "stepfunctions"), ("cloudwatch-logs", "logs"), ("states", "stepfunctions"),
    ("eventbridge", "events"),
    ("elasticsearch", "es"), ("elastic load balancing", "elb"), ("monitoring", "cloudwatch"),
    // The AWS CLI's names.
    ("s3api", "s3"), ("deploy", "codedeploy"), ("configservice", "config"), ("S3-API", "s3"),
    // Few edits.
    ("opensarch", "opensearch"), ("dynamodbb", "dynamodb"),
  ])
  func services(_ written: String, _ expected: String) {
    let models = LoadedModels(.builtIn)
    #expect(models.nearService(written) == expected)
  }

  @Test(arguments: ["", "-", "zzzzqqqq"])
  func noService(_ written: String) {
    let models = LoadedModels(.builtIn)
    #expect(models.nearService(written) == nil)
  }

  @Test(arguments: [
    ("es.createPackage", "es.CreatePackage", false), ("es.createpackage", "es.CreatePackage", false),
    ("es.CreatePackge", "es.CreatePackage", false),
    ("es.StartServiceSoftwareUpdate", "opensearch.StartServiceSoftwareUpdate", true),
    ("es.start-service-software-update", "opensearch.StartServiceSoftwareUpdate", true),
    ("sqs.RunInstances", "ec2.RunInstances", true),
  ])
  func operations(_ written: String, _ expected: String, _ hasThatName: Bool) throws {
    let models = LoadedModels(.builtIn)
    let id = try #require(OperationID(parsing: written))
    let found = models.nearOperation(id)
    let near = try #require(found)
    #expect("\(near.id)" == expected)
    #expect(near.hasThatName == hasThatName)
  }

  /// What a name means does not depend on what has been asked before.
  @Test func answersAnyNumberOfNames() {
    let models = LoadedModels(.builtIn)
    let names = (1...100).map { "opensearchx\($0)" } + ["s-3"]
    let services = names.map { models.nearService($0) }
    #expect(services == Array(repeating: "opensearch", count: 100) + ["s3"])
    let operation = models.nearOperation(OperationID(service: "es", operation: "createpackage"))
    #expect(operation?.id.operation == "CreatePackage")
    let likely = models.likelyOperations(forKeys: ["PackageName", "PackageType", "PackageSource"])
    #expect(!likely.isEmpty)
  }

  @Test(
    arguments: [
      ("iam:CreateRole", "iam.CreateRole"), ("iam CreateRole", "iam.CreateRole"),
      ("iam create-role", "iam.CreateRole"), ("iam/CreateRle", "iam.CreateRole"),
      ("s3api:GetObject", "s3.GetObject"), ("s3api.get-object", "s3.GetObject"), ("s3api", nil),
      ("s3api:Zzzzqqqq", nil), ("code-deploy", "codedeploy.OPERATION"), ("s3", nil), ("", nil), (":", nil),
      ("iam:", "iam.OPERATION"),
      ("zzzzqqqq x", nil),
    ] as [(String, String?)])
  func textsThatAreNoName(_ text: String, _ expected: String?) {
    let models = LoadedModels(.builtIn)
    #expect(models.nearOperationName(text) == expected)
  }

  @Test(arguments: ["sqs.Zzzzqqqq", "nowhere.CreatePackage"])
  func noOperation(_ written: String) throws {
    let models = LoadedModels(.builtIn)
    let id = try #require(OperationID(parsing: written))
    let near = models.nearOperation(id)
    #expect(near?.id == nil)
  }
}
