import Requests
import Syntax
import Testing

/// Comments and paths that nearly name an operation, and names of the AWS CLI in request files.
@Suite struct NearMissTests {
  struct Comment: CustomTestStringConvertible, Sendable {
    let text: String
    /// What the hint says; `nil` for a comment that is left alone.
    let meaning: String?
    let request: String?

    init(_ text: String, _ meaning: String?, binds request: String? = nil) {
      self.text = text
      self.meaning = meaning
      self.request = request
    }

    var testDescription: String { text }
  }

  private static let queue = "sqs.CreateQueue"

  static let comments: [Comment] = [
    Comment("# reqlint sqs.CreateQueue", queue, binds: queue),
    Comment("# reqlnt: sqs.CreateQueue", queue, binds: queue),
    Comment("#reqlint : sqs.CreateQueue", queue, binds: queue),
    Comment("# Reqlint: sqs.CreateQueue", queue, binds: queue),
    Comment("# REQLINT: sqs.create-queue region=eu-west-1", "\(queue) region=eu-west-1", binds: queue),
    Comment("# reqlint= sqs.CreateQueue", queue, binds: queue),
    Comment("# reqlint; sqs:CreateQueue", queue, binds: queue),
    Comment("# reqlint - sqs.CreateQueue", queue, binds: queue),
    Comment("# erqlint: sqs.CreateQueue", queue, binds: queue),
    Comment("# relint:sqs.CreateQueue", queue, binds: queue),
    Comment("# reqlintsqs.CreateQueue", queue, binds: queue),
    Comment("## reqlint aws sqs create-queue", queue, binds: queue),
    Comment("# reqlnt: `sqs.CreateQueue`", queue, binds: queue),
    Comment("# reqlnt: sqs.CreateQueue is what we call", queue, binds: queue),
    Comment("# reqlint sqs.CreateQeue", queue, binds: "?"),
    Comment("# reqlint sqss.CreateQueue", queue, binds: "?"),
    Comment("# reqlint s3api.list-buckets", "s3.ListBuckets", binds: "s3.ListBuckets"),
    Comment("# reqlint region=eu-west-1", "region=eu-west-1"),
    Comment("# reqlint is a tool", nil), Comment("# see reqlint docs: foo.Bar", nil),
    Comment("# reqlint sqs.CreateQueue is checked elsewhere", nil),
    Comment("# reqlint-ignore: too-short -- sqs.CreateQueue", nil),
    Comment("# reqlint-config: sqs.CreateQueue", nil), Comment("# sqs.CreateQueue", nil),
    Comment("# in sqs.CreateQueue", nil), Comment("# eslint es.config", nil),
    Comment("# yamllint disable", nil), Comment("# request: sqs.CreateQueue", nil),
    Comment("# reqlint", nil), Comment("# reqlint foo.Bar", nil), Comment("# lint: sqs.CreateQueue", nil),
    Comment("#", nil), Comment("# \u{FF}reqlint sqs.CreateQueue", nil),
  ]

  @Test(arguments: comments) func comment(_ test: Comment) throws {
    let bound = try Bound("\(test.text)\nQueueName: a\n")
    #expect(bound.requests == (test.request.map { [$0] } ?? []))
    #expect(bound.isUnbound == (test.request == nil))
    let malformed = bound.issues.filter { $0.hasPrefix("malformed-directive") }
    #expect(malformed.count == (test.meaning == nil ? 0 : 1))
    guard let meaning = test.meaning else { return }
    #expect(bound.words.first?.hasSuffix(" | write `# reqlint: \(meaning)`") == true, "\(bound.words)")
  }

  @Test func directivesBelowTheBeginning() throws {
    let bound = try Bound("QueueName: a\n# reqlint: sqs.CreateQueue region=eu-west-1\n")
    #expect(bound.requests == ["sqs.CreateQueue region=eu-west-1"])
    #expect(bound.issues == ["malformed-directive 2:3-2:44 #0"])
    #expect(
      bound.words == ["directive is below the beginning of its document | move it above the first line"])
    // What names no service that exists is prose.
    #expect(try Bound("QueueName: a\n# reqlint: knows.Nothing of this\n").isUnbound)
    #expect(try Bound("QueueName: '# reqlint: sqs.CreateQueue'\n").isUnbound)
  }

  @Test func reportsOfThisToolAreNoRequests() throws {
    let requests = "requests: [{service: sqs, operation: ListQueues, parameters: {}}]\n"
    for format in ["reqlint-plan/1", "reqlint-findings/1"] {
      #expect(try Bound("format: \(format)\n\(requests)").isUnbound)
    }
    let bound = try Bound("format: reqlint-mine\n\(requests)")
    #expect(bound.requests == ["sqs.ListQueues"])
    #expect(bound.issues == ["unknown-key 1:1-1:7 /format"])
  }

  @Test func places() throws {
    let bound = try Bound("# a\n#  reqlnt:  sqs.CreateQueue region=a \nQueueName: a\n")
    #expect(bound.issues == ["malformed-directive 2:4-2:37 #0"])
    #expect(
      bound.words == [
        "directive begins with \"reqlnt:\", not with \"reqlint:\" | write `# reqlint: sqs.CreateQueue region=a`"
      ])
  }

  @Test func afterDirective() throws {
    let bound = try Bound("# reqlint: sqs.DeleteQueue\n# reqlnt: sqs.CreateQueue\nQueueUrl: a\n")
    #expect(bound.requests == ["sqs.DeleteQueue"])
    #expect(bound.issues == ["malformed-directive 2:3-2:26 #0"])
  }

  static let directives: [(text: String, requests: [String], issues: [String])] = [
    ("# reqlint: aws sqs create-queue region=a", ["sqs.CreateQueue region=a"], []),
    ("#reqlint:aws s3api create-bucket", ["s3.CreateBucket"], []),
    ("# reqlint: deploy.create-deployment", ["codedeploy.CreateDeployment"], []),
    ("# reqlint: aws s3api create-bucke", ["?"], ["unknown-operation 1:12-1:34 #0"]),
    ("# reqlint: aws s3apu create-bucket", ["?"], ["unknown-service 1:12-1:35 #0"]),
    (
      "# reqlint: s3api create-bucket", ["?"],
      ["unknown-key 1:18-1:31 #0", "unknown-operation 1:12-1:17 #0"]
    ),
    (
      "# reqlint: sqs.CreateQueue region=a region=b", ["sqs.CreateQueue region=a"],
      ["duplicate-key 1:37-1:43 #0"]
    ),
    (
      "# reqlint: sqs.CreateQueue account=123456789012 region=a account=123456789012",
      ["sqs.CreateQueue region=a account=123456789012"], ["duplicate-key 1:58-1:65 #0"]
    ),
  ]

  @Test(arguments: directives)
  func directive(_ test: (text: String, requests: [String], issues: [String])) throws {
    let bound = try Bound("\(test.text)\nQueueName: a\n")
    #expect(bound.requests == test.requests)
    #expect(bound.issues == test.issues)
  }

  static let envelopes: [(text: String, requests: [String], issues: [String])] = [
    ("operation: aws s3api list-objects-v2\nparameters: {}", ["s3.ListObjectsV2"], []),
    ("operation: aws s3api list-buckets", ["s3.ListBuckets"], []),
    ("service: s3api\noperation: list-objects-v2\nparameters: {}", ["s3.ListObjectsV2"], []),
    ("service: s3\noperation: aws s3api list-objects-v2", ["s3.ListObjectsV2"], []),
    (
      "service: es\noperation: aws s3api list-objects-v2", ["?"],
      ["unknown-operation 2:12-2:37 /operation #0"]
    ),
    (
      "defaults: {service: deploy}\nrequests: [{operation: get-deployment}, {operation: aws es add-tags}]",
      ["codedeploy.GetDeployment", "?"], ["unknown-operation 2:53-2:68 /requests/1/operation #1"]
    ),
    (
      "operation: aws s3api list-bucket\nparameters: {}", ["?"], ["unknown-operation 1:12-1:33 /operation #0"]
    ),
    ("operation: aws\nparameters: {}", ["?"], ["unbound-request 1:1-1:10 #0"]),
  ]

  @Test(arguments: envelopes)
  func envelope(_ test: (text: String, requests: [String], issues: [String])) throws {
    let bound = try Bound("\(test.text)\n")
    #expect(bound.requests == test.requests)
    #expect(bound.issues == test.issues)
  }

  static let paths: [(path: String, text: String, requests: [String], hint: String?)] = [
    ("ops/s3api/list-objects-v2/x.yaml", "Bucket: a", ["s3.ListObjectsV2"], nil),
    ("x.deploy.get-deployment.yaml", "deploymentId: a", ["codedeploy.GetDeployment"], nil),
    ("runtime.sagemaker/invoke-endpoint/x.yaml", "Body: a", ["sagemaker-runtime.InvokeEndpoint"], nil),
    (
      "opensearch/StartServiceSoftwareUpdat/x.yaml", "DomainName: a", ["?"],
      "did you mean StartServiceSoftwareUpdate?"
    ),
    ("logs.s3.ListObjectV2.yaml", "Bucket: a", ["?"], "did you mean ListObjectsV2?"),
    ("s3api/list-object-v2/x.yaml", "Bucket: a\nPrefi: b", ["?"], "did you mean ListObjectsV2?"),
    ("s3/ListBucket/x.yaml", "{}", ["?"], "did you mean ListBuckets?"),
    ("s3/ListObjectV2/x.yaml", "parameters: {Bucket: a}", ["?"], "did you mean ListObjectsV2?"),
    // Keys that do not fit, services that are not exact, more edits.
    ("s3/ListObjectV2/x.yaml", "Bukket: a", [], nil), ("s3/ListObjectV2/x.yaml", "- a", [], nil),
    ("s3/ListObjectV2/x.yaml", "{}", [], nil), ("s3x/ListObjectV2/x.yaml", "Bucket: a", [], nil),
    ("s3/ListObj/x.yaml", "Bucket: a", [], nil), ("config/settings/x.yaml", "Name: a", [], nil),
  ]

  @Test(arguments: paths)
  func path(_ test: (path: String, text: String, requests: [String], hint: String?)) throws {
    let bound = try Bound("\(test.text)\n", path: test.path)
    #expect(bound.requests == test.requests)
    #expect(bound.isUnbound == test.requests.isEmpty)
    guard let hint = test.hint else { return }
    #expect(bound.words.first?.hasSuffix(" | \(hint)") == true, "\(bound.words)")
    #expect(bound.issues.first?.hasPrefix("unknown-operation 1:1") == true, "\(bound.issues)")
  }
}
