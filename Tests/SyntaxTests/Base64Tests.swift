import Syntax
import Testing

/// The bytes that `base64.b64decode` of Python 3.11 reads, with which version 2 of the AWS CLI decodes blobs.
struct Base64Tests {
  static let cases: [(text: String, reading: Base64Reading)] = [
    ("", .exact([])),
    ("QQ==", .exact([65])),
    ("QUI=", .exact([65, 66])),
    ("QUJD", .exact([65, 66, 67])),
    ("QUJDRA==", .exact([65, 66, 67, 68])),
    ("QU JD\n", .exact([65, 66, 67])),
    ("Q\tU\rJ\u{C}D\u{B}", .exact([65, 66, 67])),
    ("QQ", .refused),
    ("Q", .refused),
    ("QUI", .refused),
    ("QUJDR", .refused),
    ("QQ=", .refused),
    ("=", .lenient([])),
    ("====", .lenient([])),
    ("QUJD=", .lenient([65, 66, 67])),
    ("QUJD==", .lenient([65, 66, 67])),
    ("=QUJD", .lenient([65, 66, 67])),
    ("Q=UJD", .lenient([65, 66, 67])),
    ("QU=JD", .lenient([65, 66, 67])),
    ("QU==JD", .lenient([65])),
    ("QQ==QQ==", .lenient([65])),
    ("QQ==\n", .exact([65])),
    ("QUI=x", .lenient([65, 66])),
    ("QU=J", .refused),
    ("QU-_", .refused),
    ("QUJDREVG-_", .lenient([65, 66, 67, 68, 69, 70])),
    ("QUJD*", .lenient([65, 66, 67])),
    ("*", .lenient([])),
    ("!", .lenient([])),
    ("QR==", .exact([65])),
    ("ä", .refused),
    ("QUJDä", .refused),
    ("QQ==ä", .refused),
    ("(sensitive)", .refused),
    ("<text>", .lenient([181, 236, 109])),
    ("Q\0Q==", .lenient([65])),
  ]

  @Test(arguments: cases)
  func reading(_ text: String, _ reading: Base64Reading) { #expect(Base64Reading(text.utf8) == reading) }

  @Test func everyByteComesBack() {
    let bytes = (0...255).map { UInt8($0) }
    for count in 0...bytes.count {
      #expect(Base64Reading(encodeBase64(Array(bytes[..<count]))) == .exact(Array(bytes[..<count])))
    }
  }
}
