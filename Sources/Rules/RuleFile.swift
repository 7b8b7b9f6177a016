internal import Syntax

/// The text of a rule or of an operation's facts, not yet read.
package struct RuleFile: Sendable {
  /// What a file holds, as its top-level keys tell.
  package enum Kind: Sendable {
    /// A rule about one request.
    case request
    /// A rule about several requests of a batch (`x-batch`).
    case batch
    /// A precondition, or a remark, on the saved output of a describe call (`x-snapshot`).
    case snapshot
    /// What an operation does, when, and at what risk (`operation`).
    case operation

    init(of text: [UInt8]) {
      func has(_ key: String) -> Bool {
        let line = Array("\(key):".utf8)
        return text.starts(with: line) || text.contains(sequence: [UInt8(ascii: "\n")] + line)
      }
      self =
        has("x-batch") ? .batch : has("x-snapshot") ? .snapshot : has("operation") ? .operation : .request
    }
  }

  /// The file's name without extension, and the rule's id.
  package let id: String
  /// As a person names it.
  package let origin: String
  package let isBuiltIn: Bool
  package let kind: Kind
  let text: @Sendable () -> [UInt8]

  package init(id: String, origin: String, bytes: [UInt8]) {
    self.id = id
    self.origin = origin
    isBuiltIn = false
    kind = Kind(of: bytes)
    text = { bytes }
  }

  /// Everything is a literal of the generated source: threads would wait for each other to count who uses a text, and
  /// the rule's is never copied until the rule is read.
  init(id: String, origin: String, _ kind: Kind, builtIn text: StaticString) {
    self.id = id
    self.origin = origin
    isBuiltIn = true
    self.kind = kind
    self.text = { Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }
  }

  /// Whether two files are one: built-in ones by their ids, others by their texts.
  func isSame(as other: RuleFile) -> Bool {
    id == other.id && origin == other.origin && isBuiltIn == other.isBuiltIn
      && (isBuiltIn || bytes == other.bytes)
  }

  /// The text of the file, UTF-8.
  package var bytes: [UInt8] { text() }

  /// The text without the examples, which stand last in built-in rules; no run but a test needs them.
  var judgedBytes: [UInt8] {
    let bytes = bytes
    guard isBuiltIn, let examples = bytes.firstIndex(of: Array("\nexamples:".utf8)) else { return bytes }
    return Array(bytes[...examples])
  }
}
