internal import Linting

/// Names findings so that readers recognize them in the next run, even on another line.
///
/// - Shape: unique within a report; equal findings are numbered in their order.
struct Fingerprints {
  private var counts: [String: Int] = [:]

  /// 32 hexadecimal digits.
  mutating func next(_ parts: String...) -> String {
    let name = parts.joined(separator: "\0")
    counts[name, default: 0] += 1
    return String(Digest.hexadecimal(of: "\(name)\0\(counts[name, default: 0])".utf8).prefix(32))
  }
}
