internal import Syntax

/// Screens the text of a model for words that must occur in it as keys.
struct KeyScreen {
  private let keys: [[UInt8]]
  /// How many of the keys may be missing.
  private let tolerance: Int

  init(_ words: [String]) {
    keys = words.map { Array("\"\($0)\":".utf8) }
    tolerance = min(1, keys.count - 1)
  }

  /// Whether a text has all keys, or all but one if there are several.
  func passes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var missing = 0
    for key in keys where !text.contains(sequence: key) {
      missing += 1
      if missing > tolerance { return false }
    }
    return true
  }
}
