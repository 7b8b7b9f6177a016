internal import Crypto

/// SHA-256 as plans and reports name it.
///
/// - Source: FIPS 180-4; RFC 8785 for what it is taken of.
public enum Digest {
  /// A digest that is taken piece by piece.
  public struct Running: Sendable {
    private var hash = SHA256()

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// Of what has been taken in so far: `sha256:` and 64 hexadecimal digits.
    public func finish() -> String { "sha256:" + Digest.hexadecimal(hash.finalize()) }
  }

  /// 64 hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    hexadecimal(SHA256.hash(data: Array(bytes)))
  }

  private static func hexadecimal(_ hash: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in hash {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `sha256:` and 64 hexadecimal digits.
  public static func named(of bytes: some Sequence<UInt8>) -> String { "sha256:" + hexadecimal(of: bytes) }
}
