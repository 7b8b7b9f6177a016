internal import Syntax

/// The unread text of a rule or of an operation's facts.
package struct RuleFile: Sendable {
  /// The kind of a file, determined by its top-level keys.
  package enum Kind: Sendable {
    /// A rule about one request.
    case request
    /// A rule about several requests of a batch (`x-batch`).
    case batch
    /// A precondition or a remark about the saved output of a describe call (`x-snapshot`).
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
  /// The name shown to people.
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

  /// All arguments are literals of the generated source.
  ///
  /// Otherwise threads would contend for reference counts of the texts; a rule's text is never copied until it is read.
  init(id: String, origin: String, _ kind: Kind, builtIn text: StaticString) {
    self.id = id
    self.origin = origin
    isBuiltIn = true
    self.kind = kind
    self.text = { Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }
  }

  /// Whether two files are the same: built-in ones by id, others by text.
  func isSame(as other: RuleFile) -> Bool {
    id == other.id && origin == other.origin && isBuiltIn == other.isBuiltIn
      && (isBuiltIn || bytes == other.bytes)
  }

  /// The text of the file, UTF-8.
  package var bytes: [UInt8] { text() }

  /// The text without the examples, which come last in built-in rules; only tests need them.
  var judgedBytes: [UInt8] {
    let bytes = bytes
    guard isBuiltIn, let examples = bytes.firstIndex(of: Array("\nexamples:".utf8)) else { return bytes }
    return Array(bytes[...examples])
  }
}
