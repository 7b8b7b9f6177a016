import Models
import Testing

/// Names that the AWS CLI gives to services and operations.
@Suite struct CommandLineNamesTests {
  static let names: [(written: String, expected: String?)] = [
    ("s3api.ListObjectsV2", "s3.ListObjectsV2"), ("s3api.list-objects-v2", "s3.ListObjectsV2"),
    ("s3api.list_objects_v2", "s3.ListObjectsV2"), ("s3.list-objects-v2", "s3.ListObjectsV2"),
    ("configservice.put-config-rule", "config.PutConfigRule"),
    ("deploy.create-deployment", "codedeploy.CreateDeployment"),
    ("aws s3api list-objects-v2", "s3.ListObjectsV2"), ("aws  s3api\tlist-objects-v2 ", "s3.ListObjectsV2"),
    ("aws s3 list-objects-v2", "s3.ListObjectsV2"), ("aws deploy get-deployment", "codedeploy.GetDeployment"),
    ("aws sqs CreateQueue", "sqs.CreateQueue"),
    ("runtime.sagemaker.invoke-endpoint", "sagemaker-runtime.InvokeEndpoint"),
    ("aws runtime.sagemaker invoke-endpoint", "sagemaker-runtime.InvokeEndpoint"),
    ("mturk.list-hi-ts-for-qualification-type", "mturk.ListHITsForQualificationType"),
    ("mturk.list-hits-for-qualification-type", "mturk.ListHITsForQualificationType"),
    ("rds.add-option-to-option-group", "rds.ModifyOptionGroup"),
    ("aws rds remove-option-from-option-group", "rds.ModifyOptionGroup"),
    ("aws s3api", nil), ("aws s3api list-objects-v2 --bucket a", nil), ("s3api list-objects-v2", nil),
    ("aws --region s3api", nil), ("AWS s3api list-objects-v2", nil), ("awss3api list-objects-v2", nil),
    ("S3api.ListObjectsV2", nil), ("s3apis.ListObjectsV2", nil), ("runtime.sagemaker", nil),
    ("runtime.sagemaker.invoke.endpoint", nil), ("es.add-option-to-option-group", nil),
    ("aws  s3api  list-objects", "s3.ListObjects"), ("", nil), (".", nil), ("aws", nil), ("aws  ", nil),
  ]

  @Test(arguments: names) func named(_ test: (written: String, expected: String?)) {
    let models = LoadedModels(.builtIn)
    let id = OperationID(written: test.written).flatMap { models.canonicalName($0) }
    #expect(id?.description == test.expected)
  }

  /// Every operation is found again under the command that the CLI has for it.
  @Test(arguments: Catalog.builtIn.serviceNames)
  func everyCommand(_ service: String) throws {
    let models = LoadedModels(.builtIn)
    let model = models.service(service)
    for name in try #require(model).operationNames {
      let id = OperationID(service: service, operation: name)
      let command = OperationSpelling.split(name, by: "-")
      let written = "aws \(CommandLineNames.command(for: service)) \(command)"
      #expect(OperationID(written: written).flatMap { models.canonicalName($0) } == id)
      for other in CommandLineNames.names(of: id) {
        #expect(models.canonicalName(OperationID(service: service, operation: other)) == id)
      }
    }
  }

  /// No name of the CLI's own hides a service of the catalog.
  @Test func areNoServices() {
    for name in CommandLineNames.services {
      #expect(!Catalog.builtIn.hasService(name))
      #expect(Catalog.builtIn.serviceName(name).map { CommandLineNames.names(of: $0).contains(name) } == true)
    }
  }

  static let near: [(written: String, expected: [String])] = [
    ("s3.ListObjectV2", ["ListObjectsV2", "ListObjects"]),
    ("s3api.list-object-v2", ["ListObjectsV2", "ListObjects"]),
    ("s3.ListBucket", ["ListBuckets"]), ("s3.listbuckets", ["ListBuckets"]),
    ("opensearch.StartServiceSoftwareUpdat", ["StartServiceSoftwareUpdate"]),
    ("opensearch.StartServiceSoftwarUpdat", ["StartServiceSoftwareUpdate"]),
    ("opensearch.StartServceSoftwarUpdat", []), ("s3.ListBuckets", []), ("s3.list-buckets", []),
    // One edit below eight letters.
    ("sns.Publsh", ["Publish"]), ("sns.Pubsh", []), ("es.addtags", ["AddTags"]), ("es.adtag", []),
    ("nothing.ListBucket", []),
  ]

  @Test(arguments: near) func nearest(_ test: (written: String, expected: [String])) throws {
    let models = LoadedModels(.builtIn)
    let written = try #require(OperationID(written: test.written))
    #expect(models.operations(nearest: written).map(\.operation) == test.expected)
  }
}
