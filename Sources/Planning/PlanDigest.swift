internal import Linting

extension Digest {
  /// The digest of a plan: over the canonical JSON array of its requests' digests, sorted.
  static func ofPlan(_ requests: [String]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for index in inOrder(requests) {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes += requests[index].utf8
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "]"))
    return named(of: bytes)
  }

  /// The places of digests in the order of their texts, compared by their first digits as long as these differ.
  private static func inOrder(_ digests: [String]) -> [Int] {
    let entries = digests.indices.map { index -> (start: UInt64, index: Int) in
      var start: UInt64 = 0
      // All begin with the name of the algorithm.
      for byte in digests[index].utf8.dropFirst("sha256:".utf8.count).prefix(8) {
        start = start << 8 | UInt64(byte)
      }
      return (start, index)
    }
    let inOrder = entries.sorted { left, right in
      left.start == right.start ? digests[left.index] < digests[right.index] : left.start < right.start
    }
    return inOrder.map(\.index)
  }
}
