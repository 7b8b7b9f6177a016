import Testing

@testable import Models

/// Unpacking models as botocore stores them.
@Suite struct GzipTests {
  /// `{"a": "xx…x"}` with a hundred x.
  static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56,
    0x4A, 0x54, 0xB2, 0x52, 0x50, 0xAA, 0xA0, 0x03, 0x50, 0xAA, 0x05, 0x00,
    0x7A, 0x0D, 0xC8, 0xD7, 0x6D, 0x00, 0x00, 0x00,
  ]
  static let plain = Array("{\"a\": \"\(String(repeating: "x", count: 100))\"}".utf8)

  @Test func unpacked() throws {
    #expect(try gunzip(Self.packed) == Self.plain)
    #expect(try gunzip(Self.packed, limit: Self.plain.count) == Self.plain)
  }

  @Test func bounded() {
    #expect(throws: GzipFault.tooLarge(Self.plain.count - 1)) {
      try gunzip(Self.packed, limit: Self.plain.count - 1)
    }
  }

  /// Cut anywhere, even within the check sum at the end.
  @Test func truncated() {
    for count in Self.packed.indices {
      #expect(throws: GzipFault.truncated) { try gunzip(Array(Self.packed.prefix(count))) }
    }
  }

  @Test func damaged() {
    #expect(throws: GzipFault.damaged) { try gunzip(Array("{\"a\": 1}".utf8)) }
    var wrongSum = Self.packed
    wrongSum[wrongSum.count - 5] ^= 1
    #expect(throws: GzipFault.damaged) { try gunzip(wrongSum) }
    var wrongLength = Self.packed
    wrongLength[wrongLength.count - 1] ^= 1
    #expect(throws: GzipFault.damaged) { try gunzip(wrongLength) }
  }
}
