import Linting
import Testing
import Verdicts

/// What clients refuse to send is an error at the value.
@Suite struct SendabilityTests {
  private static let key = "Key: k"

  private static func bucket(_ text: String, _ expected: String...) -> LintCase {
    LintCase("bucket \(text)", of: "s3.HeadObject", "\(key)\nBucket: \(text)", expected)
  }

  static let buckets = [
    bucket("my.Bucket_1"),
    bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/mine"),
    bucket("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/mine"),
    bucket("arn:aws:s3:::mine", "error not-serializable 3:9-3:26 /Bucket"),
    bucket("arn:aws:s3:eu-west-1:12:accesspoint/mine", "error not-serializable 3:9-3:49 /Bucket"),
    bucket("s3://mine/logs", "error not-serializable 3:9-3:23 /Bucket"),
    bucket("mine/logs", "error not-serializable 3:9-3:18 /Bucket"),
    bucket("\"a\\n\"", "error not-serializable 3:9-3:14 /Bucket"),
    bucket("a b", "error not-serializable 3:9-3:12 /Bucket"),
    bucket("ä", "error not-serializable 3:9-3:10 /Bucket"),
    bucket("''", "error too-short 3:9-3:11 /Bucket"),
    bucket("<my bucket>", "error skeleton-leftover 3:9-3:20 /Bucket"),
    LintCase(
      "an outpost's bucket", of: "s3control.GetBucket",
      "AccountId: '123456789012'\nBucket: arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-1:bucket:mine"
    ),
    LintCase(
      "another account's", of: "s3control.GetBucket",
      "AccountId: '123456789013'\nBucket: arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-1:bucket:mine",
      ["error not-serializable 3:9-3:76 /Bucket"]),
  ]

  static let addresses = [
    LintCase(
      "an account with a line break", of: "s3control.GetBucket", "AccountId: |\n  123456789012\nBucket: mine",
      ["error not-serializable 2:12-3:15 /AccountId"]),
    LintCase(
      "nothing behind the slash", of: "route53.GetHostedZone", "Id: /hostedzone/",
      ["error too-short 2:5-2:17 /Id"]),
    LintCase("an id with its kind", of: "route53.GetHostedZone", "Id: /hostedzone/Z1"),
  ]

  private static func put(_ name: String, _ text: String, _ expected: String...) -> LintCase {
    LintCase(name, of: "s3.PutObject", "Bucket: b\nKey: k\n\(text)", expected)
  }

  static let headers = [
    put("plain", "ContentDisposition: attachment\nMetadata: {a: b}"),
    put("Latin-1", "ContentDisposition: ü"),
    put("beyond", "ContentDisposition: €", "error not-serializable 4:21-4:22 /ContentDisposition"),
    put("line break", "CacheControl: \"a\\nb\"", "error not-serializable 4:15-4:21 /CacheControl"),
    put("block", "CacheControl: |\n  no-cache", "error not-serializable 4:15-5:11 /CacheControl"),
    put("NUL", "CacheControl: \"\\0\"", "error not-serializable 4:15-4:19 /CacheControl"),
    put("metadata", "Metadata: {a: ü}", "error not-serializable 4:15-4:16 /Metadata/a"),
    put("metadata's key", "Metadata: {ü: a}", "error not-serializable 4:12-4:13 /Metadata/ü"),
    put("a blank in a key", "Metadata: {a b: c}", "error not-serializable 4:12-4:15 /Metadata/a b"),
    put("no key", "Metadata: {'': c}"),
    LintCase(
      "a list", of: "s3.GetObjectAttributes",
      "Bucket: b\nKey: k\nObjectAttributes: [ETag]\nVersionId: \"1\\n\"",
      []),
    LintCase(
      "a source is encoded", of: "s3.CopyObject", "Bucket: b\nKey: k\nCopySource: \"b/ö €\\n\""),
    LintCase(
      "a key is encoded", of: "s3.GetObject", "Bucket: b\nKey: k\nSSECustomerKey: \"ö €\\n\""),
    LintCase(
      "a key with its digest is not", of: "s3.GetObject",
      "Bucket: b\nKey: k\nSSECustomerKey: \"a\\n\"\nSSECustomerKeyMD5: x",
      ["error not-serializable 4:17-4:22 /SSECustomerKey"]),
  ]

  private static func delete(_ text: String, _ expected: String...) -> LintCase {
    LintCase(
      "XML \(text)", of: "s3.DeleteObjects", "Bucket: b\nDelete:\n  Objects:\n    - Key: \(text)", expected)
  }

  static let bodies = [
    delete("\"a\\tb\\r\\n\\x85\\x7F\\uFFFD\""),
    delete("\"\\x10\"", "error not-serializable 5:12-5:18 /Delete/Objects/0/Key"),
    delete("\"\\0\"", "error not-serializable 5:12-5:16 /Delete/Objects/0/Key"),
    delete("\"a\\uFFFE\"", "error not-serializable 5:12-5:21 /Delete/Objects/0/Key"),
    delete("\"a\\uFFFF\"", "error not-serializable 5:12-5:21 /Delete/Objects/0/Key"),
    LintCase("a body of text", of: "s3.PutBucketPolicy", "Bucket: b\nPolicy: \"\\x10\""),
    LintCase("JSON", of: "sqs.CreateQueue", "QueueName: q\nAttributes: {Policy: \"\\x10\"}"),
    LintCase(
      "a form", of: "sns.Publish", "Message: \"\\x10\"\nTopicArn: a"),
  ]

  @Test(arguments: buckets + addresses + headers + bodies)
  func findings(_ test: LintCase) throws {
    #expect(try Linted(test).lines(of: .error) == test.expected)
  }

  @Test(arguments: [
    (
      "s3.HeadObject", "Key: k\nBucket: s3://mine/logs",
      "Bucket \"s3://mine/logs\" is not the name of a bucket: letters, digits, dots, hyphens and underscores"
        + " | write mine alone; a key or prefix has a parameter of its own"
    ),
    (
      "s3.HeadObject", "Key: k\nBucket: arn:aws:s3:::mine",
      "Bucket \"arn:aws:s3:::mine\" is not the name of a bucket: letters, digits, dots, hyphens and underscores"
        + " | write the bucket's name, or the ARN of an access point"
    ),
    (
      "s3.HeadObject", "Key: k\nBucket: |\n  mine",
      "Bucket \"mine\\u{A}\" is not the name of a bucket: letters, digits, dots, hyphens and underscores"
        + " | write |- in place of |, so that the text does not end in a line break"
    ),
    (
      "s3.PutObject", "Key: k\nBucket: b\nMetadata: {a: €}",
      "Metadata.a is metadata of an S3 object, which must be ASCII, but holds another character U+20AC"
        + " | encode the value, for example in base64"
    ),
    (
      "s3.PutObject", "Key: k\nBucket: b\nCacheControl: \"a\\rb\"",
      "CacheControl is sent as an HTTP header, which cannot hold a line break"
    ),
    (
      "s3.DeleteObjects", "Bucket: b\nDelete: {Objects: [{Key: \"\\x1B\"}]}",
      "Delete.Objects.0.Key is sent as XML, which cannot hold the character U+001B | remove it"
    ),
  ])
  func words(_ operation: String, _ text: String, _ expected: String) throws {
    let linted = try Linted(LintCase("", of: operation, text))
    #expect(linted.words(of: "not-serializable") == [expected])
  }

  /// A region that no client builds an address for.
  @Test(arguments: ["eu west", "123", "-x", "a_b", "ü"])
  func region(_ region: String) throws {
    let text = "service: sqs\noperation: ListQueues\nregion: '\(region)'\n"
    let linted = try Linted(text)
    #expect(linted.lines().map { $0.prefix(26) } == ["error unknown-region 3:9-3"])
  }
}
