internal import Syntax

/// How many findings of a file, and how much text in them, are kept.
///
/// - Shape: findings that a baseline accepts take no room from the others.
struct FindingRoom {
  private let mostFindings: Int
  /// Bytes of text that may still be kept.
  private var bytesLeft: Int
  /// Findings over the limit.
  var droppedCount = 0

  /// - Parameter acceptedCount: number of findings that the baseline lists.
  init(_ limits: Limits, acceptedCount: Int) {
    mostFindings = limits.findings + acceptedCount
    bytesLeft = limits.findingBytes + acceptedCount * (limits.findingBytes / limits.findings + 1)
  }

  /// Whether another finding may join a list of that many.
  func holds(_ count: Int) -> Bool { count < mostFindings }

  /// Takes room for a finding's text; answers whether there was enough.
  mutating func take(_ finding: Finding) -> Bool {
    let size = finding.textSize
    guard size <= bytesLeft else { return false }
    bytesLeft -= size
    return true
  }

  /// Gives back the room of a finding.
  mutating func release(_ finding: Finding) { bytesLeft += finding.textSize }
}

extension Finding {
  /// Bytes of its texts.
  fileprivate var textSize: Int {
    let texts = message.utf8.count + (hint?.utf8.count ?? 0)
    return pointer.tokens.reduce(texts) { $0 + $1.utf8.count }
  }
}
