/// How much of a file is read, and how much work is done for it, before it counts as hostile.
///
/// - Units: bytes of the file; levels of nesting; nodes and bytes of text that aliases expand to in one document,
///   nested ones multiplied out; findings kept for a file, and bytes of their text; steps of matching and of judging by
///   rules for a small request, more for a large one.
package struct Limits: Sendable {
  package var fileBytes = 256 << 20
  package var nesting = 512
  package var aliasedNodes = 1_000_000
  package var aliasedBytes = 64 << 20
  package var findings = 1000
  package var findingBytes = 16 << 20
  package var patternSteps = 2_000_000
  package var ruleSteps = 1_000_000

  package init() {}

  package init(
    fileBytes: Int = 256 << 20, nesting: Int = 512, aliasedNodes: Int = 1_000_000, findings: Int = 1000
  ) {
    self.fileBytes = fileBytes
    self.nesting = nesting
    self.aliasedNodes = aliasedNodes
    self.findings = findings
  }

  /// For texts that this program wrote itself.
  package static let unbounded = Limits(
    fileBytes: .max, nesting: .max, aliasedNodes: .max, findings: .max)

  /// The same, but with all findings kept.
  package var keepingAllFindings: Limits {
    var limits = self
    limits.findings = .max / 2
    limits.findingBytes = .max / 2
    return limits
  }
}

extension Limits {
  /// A limit by its name in a configuration.
  package enum Name: String, CaseIterable, Sendable {
    case fileBytes = "file-bytes"
    case nesting
    case aliasedNodes = "aliased-nodes"
    case aliasedBytes = "aliased-bytes"
    case findings
    case findingBytes = "finding-bytes"
    case patternSteps = "pattern-steps"
    case ruleSteps = "rule-steps"

    /// The permitted values: spans count bytes in 32 bits, and each level of nesting takes its share of the stack.
    package var range: ClosedRange<Int> {
      switch self {
      case .fileBytes: 1...(1 << 31)
      case .nesting: 1...Limits.deepestNesting
      case .aliasedNodes: 0...1_000_000_000
      case .aliasedBytes: 0...(1 << 31)
      case .findings: 1...10_000_000
      case .findingBytes: 1...(1 << 31)
      case .patternSteps, .ruleSteps: 1...1_000_000_000_000
      }
    }

    /// What the limit bounds, in words.
    package var summary: String {
      switch self {
      case .fileBytes: "bytes of a file"
      case .nesting: "levels of nesting, aliases followed"
      case .aliasedNodes: "nodes that the aliases of a document stand for; fewer in a small one"
      case .aliasedBytes: "bytes of text that the aliases of a document stand for; fewer in a small one"
      case .findings: "findings reported for a file; the rest is counted"
      case .findingBytes: "bytes of text in the findings reported for a file; the rest is counted"
      case .patternSteps: "steps of matching for a request; twice as many for 64 kilobytes, and so on"
      case .ruleSteps: "values that rules look at in a request; twice as many for 25 kilobytes, and so on"
      }
    }
  }

  /// The deepest nesting that fits the stacks of all threads.
  package static let deepestNesting = 1000

  package subscript(name: Name) -> Int {
    get {
      switch name {
      case .fileBytes: fileBytes
      case .nesting: nesting
      case .aliasedNodes: aliasedNodes
      case .aliasedBytes: aliasedBytes
      case .findings: findings
      case .findingBytes: findingBytes
      case .patternSteps: patternSteps
      case .ruleSteps: ruleSteps
      }
    }
    set {
      switch name {
      case .fileBytes: fileBytes = newValue
      case .nesting: nesting = newValue
      case .aliasedNodes: aliasedNodes = newValue
      case .aliasedBytes: aliasedBytes = newValue
      case .findings: findings = newValue
      case .findingBytes: findingBytes = newValue
      case .patternSteps: patternSteps = newValue
      case .ruleSteps: ruleSteps = newValue
      }
    }
  }
}

extension Limits {
  /// Nodes that a document's aliases may expand to, in proportion to its size so that a run stays linear in its input.
  ///
  /// - Parameter size: of the document, in bytes.
  func aliasedNodes(inDocumentOf size: Int) -> Int {
    Self.share(of: aliasedNodes, floor: 10_000, perByte: 20, size)
  }

  /// Bytes of text that a document's aliases may expand to, likewise.
  func aliasedBytes(inDocumentOf size: Int) -> Int {
    Self.share(of: aliasedBytes, floor: 16_384, perByte: 256, size)
  }

  /// - Shape: never above the limit; grows with the limit if that is raised beyond its default.
  private static func share(of limit: Int, floor: Int, perByte: Int, _ size: Int) -> Int {
    guard limit < 1 << 40 else { return limit }
    return min(limit, max(floor, limit / 4_096) + max(perByte, limit / 262_144) * size)
  }
}
