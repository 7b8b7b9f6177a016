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

  /// What stands behind the end is not looked at, so that the size said there need not be the size.
  @Test(arguments: [[0], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0x7F], [1, 0, 0, 0]] as [[UInt8]])
  func followed(_ rest: [UInt8]) throws {
    #expect(try gunzip(Self.packed + rest) == Self.plain)
    #expect(throws: GzipFault.tooLarge(Self.plain.count - 1)) {
      try gunzip(Self.packed + rest, limit: Self.plain.count - 1)
    }
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

  /// 17 MiB of zeros, a thousand times as much as they are packed to.
  @Test func bomb() {
    let parts: [[UInt8]] = [
      [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xEC, 0xC1, 0x81, 0x00, 0x00, 0x00, 0x00,
        0x80, 0x20, 0xA5, 0xFD, 0xE9, 0x16, 0xA9, 0x0A,
      ],
      Array(repeating: 0x00, count: 4094),
      [0x80, 0xD9, 0x83, 0x03, 0x01, 0x00, 0x00, 0x00, 0x00, 0x20, 0xFF, 0xD7, 0x46, 0x50],
      Array(repeating: 0x55, count: 4095),
      [0x61, 0x0F, 0x0E, 0x04, 0x00, 0x00, 0x00, 0x00, 0x80, 0xFC, 0x5F, 0x1B, 0x41],
      Array(repeating: 0x55, count: 4095),
      [0x85, 0x3D, 0x38, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF2, 0x7F, 0x6D, 0x04],
      Array(repeating: 0x55, count: 4095),
      [0x95, 0xF6, 0xE0, 0x90, 0x00, 0x00, 0x00, 0x00, 0x40, 0xD0, 0xFF, 0xD7, 0x7E, 0x30, 0x03],
      Array(repeating: 0x00, count: 890),
      [0xF0, 0x04, 0xF6, 0x50, 0x1E, 0x37, 0x00, 0x00, 0x10, 0x01],
    ]
    #expect(throws: GzipFault.bomb) { try gunzip(Array(parts.joined())) }
    #expect(throws: GzipFault.tooLarge(1 << 20)) { try gunzip(Array(parts.joined()), limit: 1 << 20) }
    let lie = Array(parts.joined().dropLast(4)) + [0, 0, 0, 0]
    #expect(throws: GzipFault.bomb) { try gunzip(lie) }
  }
}
