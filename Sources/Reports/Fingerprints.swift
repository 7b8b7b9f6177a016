internal import Linting

/// Names findings so that a reader knows them again in the next run, whatever line they stand on by then.
///
/// - Shape: unique within a report; equal ones are told apart by their order.
struct Fingerprints {
  private var counts: [String: Int] = [:]

  /// 32 hexadecimal digits.
  mutating func next(_ parts: String...) -> String {
    let name = parts.joined(separator: "\0")
    counts[name, default: 0] += 1
    return String(Digest.hexadecimal(of: "\(name)\0\(counts[name, default: 0])".utf8).prefix(32))
  }
}
