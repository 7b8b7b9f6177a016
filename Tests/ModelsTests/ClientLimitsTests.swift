import Models
import Testing

/// What a text must be to take its place in a request.
@Suite struct ClientLimitsTests {
  @Test(arguments: [
    ("a", true), ("A-1.b", true), ("", false), ("a_b", false), ("a\n", false), ("ä", false), ("a b", false),
  ])
  func host(_ text: String, _ expected: Bool) { #expect(isHostText(Array(text.utf8)) == expected) }

  @Test(arguments: [
    ("eu-west-1", true), ("a", true), ("123", false), ("", false), ("-a", false), ("a-", false),
    ("a.b", false),
    (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false), ("a\n", false),
  ])
  func region(_ text: String, _ expected: Bool) { #expect(isRegionName(text) == expected) }

  @Test(arguments: [
    ("x-amz-meta-a", true), ("a!#$%&'*+-.^_`|~1", true), ("", false), ("a b", false), ("a:", false),
    ("ä", false),
    ("a\n", false), ("(a)", false),
  ])
  func headerName(_ text: String, _ expected: Bool) { #expect(isHeaderName(Array(text.utf8)) == expected) }

  @Test(
    arguments: [
      ("a\tb", nil), ("ä€", nil), ("a\u{1}", nil), ("a\nb", 0x0A), ("\r\n", 0x0D), ("a\u{0}", 0), ("", nil),
    ] as [(String, UInt8?)])
  func header(_ text: String, _ expected: UInt8?) {
    #expect(byteForbiddenInHeader(text.utf8) == expected)
  }

  @Test(
    arguments: [
      ("a\t\r\n\u{7F}\u{85}\u{FFFD}\u{10FFFF}", nil), ("", nil), ("\u{10}", "\u{10}"), ("a\u{0}b", "\u{0}"),
      ("\u{FFFE}", "\u{FFFE}"), ("ä\u{FFFF}", "\u{FFFF}"), ("\u{FEFF}", nil), ("\u{1F}\u{1}", "\u{1F}"),
    ] as [(String, Unicode.Scalar?)])
  func xml(_ text: String, _ expected: Unicode.Scalar?) {
    #expect(characterForbiddenInXML(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("mine", true), ("My_Bucket.1-a", true), (String(repeating: "a", count: 255), true),
    (String(repeating: "a", count: 256), false), ("", false), ("a\n", false), ("a/b", false),
    ("arn:aws:s3:eu-west-1:123456789012:accesspoint/mine", true),
    ("arn:aws:s3:eu-west-1:123456789012:accesspoint:mine", true),
    ("arn:aws-cn:s3-object-lambda:cn-north-1:123456789012:accesspoint/mine", true),
    ("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/mine", true),
    ("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/bucket/mine", false),
    ("arn:aws:s3:::mine", false), ("arn:other:s3:eu-west-1:123456789012:accesspoint/mine", false),
    ("arn:aws:s3:eu-west-1:12345678901:accesspoint/mine", false),
    ("arn:aws:s3:eu-west-1:123456789012:accesspoint/mine\n", false),
  ])
  func bucket(_ text: String, _ expected: Bool) { #expect(isBucket(text) == expected) }

  @Test(arguments: [
    ("b/k", "b/k", ""), ("b/k?versionId=1", "b/k", "?versionId=1"), ("b/k?versionId=", "b/k?versionId=", ""),
    ("b/k?versionId=1 2", "b/k?versionId=1 2", ""),
  ])
  func copySource(_ text: String, _ name: String, _ version: String) {
    let parts = copySourceParts(text)
    #expect(parts.name == name)
    #expect(parts.version == version)
  }
}
