internal import Syntax

/// Limits how many findings of a file are kept, and how much text they have.
///
/// - Shape: findings that a baseline accepts do not reduce the room for others.
struct FindingRoom {
  private let mostFindings: Int
  /// Bytes of text that still fit.
  private var bytesLeft: Int
  /// Findings over the limit.
  var droppedCount = 0

  /// - Parameter acceptedCount: number of findings that the baseline lists.
  init(_ limits: Limits, acceptedCount: Int) {
    mostFindings = limits.findings + acceptedCount
    bytesLeft = limits.findingBytes + acceptedCount * (limits.findingBytes / limits.findings + 1)
  }

  /// Whether a list of this length has room for another finding.
  func holds(_ count: Int) -> Bool { count < mostFindings }

  /// Reserves room for a finding's text and returns whether there was enough.
  mutating func take(_ finding: Finding) -> Bool {
    let size = finding.textSize
    guard size <= bytesLeft else { return false }
    bytesLeft -= size
    return true
  }

  /// Releases the room of a finding.
  mutating func release(_ finding: Finding) { bytesLeft += finding.textSize }
}

extension Finding {
  /// Length of its texts in bytes.
  fileprivate var textSize: Int {
    let texts = message.utf8.count + (hint?.utf8.count ?? 0)
    return pointer.tokens.reduce(texts) { $0 + $1.utf8.count }
  }
}
