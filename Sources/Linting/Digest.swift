internal import Crypto

/// SHA-256 in the form that plans and reports use.
///
/// - Source: FIPS 180-4; RFC 8785 for the digested form.
package enum Digest {
  /// A digest computed piece by piece.
  package struct Running: Sendable {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The digest of the data so far: `sha256:` and 64 hexadecimal digits.
    package func finish() -> String { "sha256:" + Digest.hexadecimal(hash.finalize()) }
  }

  /// 64 hexadecimal digits.
  package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) })
      == nil
    {
      hash.update(data: Array(bytes))
    }
    return hexadecimal(hash.finalize())
  }

  private static func hexadecimal(_ hash: SHA256.Digest) -> String {
    let digits: StaticString = "0123456789abcdef"
    return hash.withUnsafeBytes { hash in
      String(unsafeUninitializedCapacity: 2 * hash.count) { text in
        for (place, byte) in hash.enumerated() {
          text[2 * place] = digits.utf8Start[Int(byte >> 4)]
          text[2 * place + 1] = digits.utf8Start[Int(byte & 15)]
        }
        return 2 * hash.count
      }
    }
  }

  /// `sha256:` and 64 hexadecimal digits.
  package static func named(of bytes: some Sequence<UInt8>) -> String { "sha256:" + hexadecimal(of: bytes) }
}
