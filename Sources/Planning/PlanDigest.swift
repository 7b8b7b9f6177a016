internal import Linting

extension Digest {
  /// The digest of a plan: over the canonical JSON array of its requests' digests, sorted.
  static func ofPlan(_ requests: some Sequence<String>) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (index, digest) in requests.sorted().enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes += digest.utf8
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "]"))
    return named(of: bytes)
  }
}
