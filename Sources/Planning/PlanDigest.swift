internal import Linting

extension Digest {
  /// The digest of a plan: over the canonical JSON array of its requests' digests, sorted.
  static func ofPlan(_ requests: some Sequence<String>) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (index, digest) in sorted(requests).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes += digest.utf8
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "]"))
    return named(of: bytes)
  }

  /// Digests in the order of their texts, compared by their first digits as long as these differ.
  private static func sorted(_ digests: some Sequence<String>) -> [String] {
    let entries = digests.map { digest -> (start: UInt64, text: String) in
      var start: UInt64 = 0
      // All begin with the name of the algorithm.
      for byte in digest.utf8.dropFirst("sha256:".utf8.count).prefix(8) { start = start << 8 | UInt64(byte) }
      return (start, digest)
    }
    let inOrder = entries.sorted { left, right in
      left.start == right.start ? left.text < right.text : left.start < right.start
    }
    return inOrder.map(\.text)
  }
}
