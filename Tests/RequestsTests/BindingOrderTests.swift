import Requests
import Syntax
import Testing

/// Which operation a request is for: flag, envelope, directive, path, in this order.
@Suite struct BindingOrderTests {
  private static let addTags = "es.AddTags"
  private static let removeTags = "service: es\noperation: RemoveTags\nparameters: {}\n"
  private static let listTags = "# reqlint: opensearch.ListTags\n"
  private static let listServices = "a/proton/ListServices/x.yaml"

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    var path = "x.yaml"
    var flag: String?
    let expected: String

    var testDescription: String { name }
  }

  static let order: [Case] = [
    Case(
      name: "flag first", text: listTags + removeTags, path: listServices, flag: addTags,
      expected: "es.AddTags"),
    Case(
      name: "flag for a bare one", text: listTags + "{}", path: listServices, flag: addTags,
      expected: "es.AddTags"),
    Case(
      name: "then the envelope", text: listTags + removeTags, path: listServices, expected: "es.RemoveTags"),
    Case(
      name: "then the directive", text: listTags + "{}", path: listServices, expected: "opensearch.ListTags"),
    Case(name: "then the path", text: "{}", path: listServices, expected: "proton.ListServices"),
    Case(
      name: "a directive without operation leaves it to the path", text: "# reqlint: region=us-east-1\n{}",
      path: listServices,
      expected: "proton.ListServices region=us-east-1"),
    Case(
      name: "the flag needs no right name elsewhere",
      text: "# reqlint: foo.Bar\nservice: x\noperation: y\nparameters: {}",
      flag: addTags, expected: "es.AddTags"),
    Case(
      name: "flag for an envelope without names", text: "parameters: {}\noperation: Nothing\n", flag: addTags,
      expected: "es.AddTags"),
  ]

  @Test(arguments: order)
  func firstThatAnswers(_ test: Case) throws {
    let bound = try Bound(test.text, path: test.path, operation: test.flag)
    #expect(bound.requests == [test.expected])
    #expect(bound.issues == [])
  }

  // MARK: Paths

  static let paths: [(path: String, expected: String?)] = [
    ("es/CreatePackage/x.yaml", "es.CreatePackage"),
    ("/srv/deep/es/CreatePackage/x.json", "es.CreatePackage"),
    ("es/create-package/x.yml", "es.CreatePackage"),
    ("es/create_package/x.yaml", "es.CreatePackage"),
    ("x.es.CreatePackage.yaml", "es.CreatePackage"),
    ("x.es.create-package.yaml", "es.CreatePackage"),
    ("a.b.c.es.create_package.json", "es.CreatePackage"),
    ("opensearch/CreatePackage/x.es.CreatePackage.yaml", "es.CreatePackage"),
    ("opensearch/CreatePackage/x.es.Nothing.yaml", "opensearch.CreatePackage"),
    ("es/CreatePackage/deeper/x.yaml", nil), ("CreatePackage/x.yaml", nil), ("es.CreatePackage.yaml", nil),
    ("ES/CreatePackage/x.yaml", nil), ("es/createPackage/x.yaml", nil), ("es/Nothing/x.yaml", nil),
    ("partitions/CreatePackage/x.yaml", nil), ("es/CreatePackage", nil), ("", nil),
  ]

  @Test(arguments: paths)
  func boundByPath(_ test: (path: String, expected: String?)) throws {
    let bound = try Bound("{}", path: test.path)
    #expect(bound.requests == (test.expected.map { [$0] } ?? []))
    #expect(bound.isUnbound == (test.expected == nil))
  }

  // MARK: Spellings

  static let spellings: [(written: String, isKnown: Bool)] = [
    ("StartElasticsearchServiceSoftwareUpdate", true), ("start-elasticsearch-service-software-update", true),
    ("start_elasticsearch_service_software_update", true),
    ("start-elasticsearch_service-software-update", false),
    ("startElasticsearchServiceSoftwareUpdate", false),
    ("START_ELASTICSEARCH_SERVICE_SOFTWARE_UPDATE", false),
    ("Start-Elasticsearch-Service-Software-Update", false),
    ("startelasticsearchservicesoftwareupdate", false),
    ("StartElasticsearchServiceSoftwareUpdates", false),
    ("start elasticsearch service software update", false),
    ("StartElasticsearchServiceSoftwarUpdate", false),
  ]

  @Test(arguments: spellings)
  func operationNames(_ test: (written: String, isKnown: Bool)) throws {
    let canonical = "StartElasticsearchServiceSoftwareUpdate"
    let bound = try Bound("service: es\noperation: \(test.written)\nparameters: {}\n")
    #expect(bound.requests == [test.isKnown ? "es.\(canonical)" : "?"])
    let message = "service es has no operation \"\(test.written)\" | did you mean \(canonical)?"
    #expect(bound.words == (test.isKnown ? [] : [message]))
    let issue = "unknown-operation 2:12-2:\(12 + test.written.count) /operation #0"
    #expect(bound.issues == (test.isKnown ? [] : [issue]))
  }

  static let services: [(written: String, hint: String?)] = [
    ("ES", "did you mean es?"), ("OpenSearch", "did you mean opensearch?"),
    ("opensarch", "did you mean opensearch?"), ("S3API", "did you mean s3?"),
    ("Deploy", "did you mean codedeploy?"), ("config-service", "did you mean config?"),
    ("aws-proton", "did you mean proton?"), ("partitions", nil), ("sensitive-members", nil),
    ("es.endpoints", nil), ("../es", nil),
  ]

  @Test(arguments: services)
  func unknownService(_ test: (written: String, hint: String?)) throws {
    let bound = try Bound("service: \(test.written)\noperation: CreatePackage\nparameters: {}\n")
    #expect(bound.requests == ["?"])
    #expect(bound.issues == ["unknown-service 1:10-1:\(10 + test.written.count) /service #0"])
    let message = "service \"\(test.written)\" is not in the catalog"
    #expect(bound.words == [test.hint.map { "\(message) | \($0)" } ?? message])
  }

  @Test func operationOfTheSibling() throws {
    let bound = try Bound("service: es\noperation: start-service-software-update\nparameters: {}\n")
    #expect(
      bound.words == [
        "service es has no operation \"start-service-software-update\""
          + " | opensearch.StartServiceSoftwareUpdate has that name; change the service"
      ])
  }

  // MARK: Unbound

  static let unbound: [(text: String, notation: Document.Notation, hint: String)] = [
    ("foo: 1", .yaml, "write `# reqlint: SERVICE.OPERATION` above it"),
    ("[]", .json, "name it with --operation, an envelope or the path"),
    (
      "deploymentType: NONE\nserviceName: a\nname: b", .yaml,
      "write `# reqlint: proton.UpdateServiceInstance` above it; its keys fit proton.UpdateServiceInstance, "
        + "proton.UpdateComponent"
    ),
    (
      "PackageName: a\nPackageType: b\nPackageSource: c\nEngineVersion: d", .yaml,
      "write `# reqlint: opensearch.CreatePackage` above it"
    ),
    (
      #"{"PackageName": 1, "PackageType": 2, "PackageSource": 3}"#, .json,
      "name it with --operation, an envelope or the path; its keys fit es.CreatePackage, opensearch.CreatePackage"
    ),
    (
      "DomainName: logs\nScheduleAt: NOW\nDesiredStartTime: 1", .yaml,
      "write `# reqlint: opensearch.StartServiceSoftwareUpdate` above it; its keys fit "
        + "opensearch.StartServiceSoftwareUpdate, opensearch.UpdateScheduledAction"
    ),
  ]

  @Test(arguments: unbound)
  func likelyOperations(_ test: (text: String, notation: Document.Notation, hint: String)) throws {
    let bound = try Bound(test.text, as: test.notation)
    #expect(bound.isUnbound)
    #expect(bound.requests == [])
    #expect(bound.words == ["nothing says which operation this request is for | \(test.hint)"])
  }
}
