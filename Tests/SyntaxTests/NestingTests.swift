import Dispatch
import Synchronization
import Testing

@testable import Syntax

struct NestingTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let notation: Document.Notation
    /// A text nested so many levels deep.
    let text: @Sendable (Int) -> String

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "flow sequences", notation: .yaml) { repeated("[", $0) + repeated("]", $0) },
    Case(name: "flow mappings", notation: .yaml) { repeated("{a: ", $0) + repeated("}", $0) },
    Case(name: "block sequences", notation: .yaml) { repeated("- ", $0 - 1) + "- x\n" },
    Case(name: "block mappings", notation: .yaml) { levels in
      (0..<levels).map { repeated(" ", $0) + "a:" }.joined(separator: "\n") + " x\n"
    },
    Case(name: "JSON arrays", notation: .json) { repeated("[", $0) + repeated("]", $0) },
    Case(name: "JSON objects", notation: .json) {
      repeated(#"{"a":"#, $0 - 1) + "{}" + repeated("}", $0 - 1)
    },
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(arguments: cases)
  func readsUpToTheLimit(_ item: Case) throws {
    for levels in [511, 512] {
      let document = try document(item.text(levels), as: item.notation)
      #expect(document.nodeCount >= levels)
    }
  }

  @Test(arguments: cases)
  func refusesOneLevelMore(_ item: Case) throws {
    let text = item.text(513)
    let parsed = read(text, as: item.notation)
    #expect(parsed.count == 1)
    let issue = try #require(parsed.first?.issue)
    #expect(issue.kind == .limit)
    #expect(issue.message == "nesting is deeper than 512 levels")
    // At the collection that is too much: the one with 512 openings before it.
    let opening = text.utf8.enumerated().filter { "[{-a".utf8.contains($0.element) }
    let sign =
      item.name == "block mappings"
      ? "a" : item.name.hasSuffix("sequences") && item.name.hasPrefix("block") ? "-" : text.prefix(1)
    let place = opening.filter { String(UnicodeScalar($0.element)) == sign }[512].offset
    #expect(Int(issue.span.start) == place)
  }

  @Test(.timeLimit(.minutes(5)), arguments: cases)
  func survivesHostileDepth(_ item: Case) {
    guard item.name != "block mappings" else { return }
    let parsed = read(item.text(100_000), as: item.notation)
    #expect(parsed.map(\.issue?.kind) == [.limit])
  }

  @Test func countsLevelsBehindAliases() throws {
    let deep = Self.repeated("[", 300) + Self.repeated("]", 300)
    let fits = "- &x \(deep)\n- \(Self.repeated("[", 211))*x\(Self.repeated("]", 211))\n"
    #expect(try document(fits).count(of: NodeID(0)) == 2)
    let tooDeep = "- &x \(deep)\n- \(Self.repeated("[", 212))*x\(Self.repeated("]", 212))\n"
    let issue = try #require(read(tooDeep).first?.issue)
    #expect(
      issue
        == SyntaxIssue(
          kind: .limit, message: "nesting is deeper than 512 levels", span: ByteSpan(820, 822),
          limit: .nesting))
  }

  /// Threads of a concurrent queue may have small stacks.
  @Test(arguments: cases)
  func needsLittleStack(_ item: Case) {
    let text = item.text(512)
    let read512 = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      if read(text, as: item.notation).first?.document != nil { read512.add(1, ordering: .relaxed) }
    }
    #expect(read512.load(ordering: .relaxed) == 16)
  }
}
