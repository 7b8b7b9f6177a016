import Reports
import Syntax
import Testing

/// Diffs, read back by a patch of another make.
@Suite struct UnifiedDiffTests {
  private static func diff(
    _ old: String, _ new: String, path: String = "a.yaml", hidden: [ByteSpan] = []
  ) -> UnifiedDiff {
    UnifiedDiff(
      path: path, from: UnifiedDiff.Side(SourceText(old), hidden: hidden),
      to: UnifiedDiff.Side(SourceText(new), hidden: []))
  }

  private static func text(_ diff: UnifiedDiff) -> String { String(decoding: diff.bytes, as: UTF8.self) }

  /// Lines with their breaks.
  private static func lines(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Applies a diff by its hunks, trusting nothing but their line numbers and signs.
  private static func patched(_ old: String, by diff: String) throws -> String {
    var result = ""
    var rest = lines(old)[...]
    var taken = 0
    let body = lines(diff).dropFirst(2)
    func take() throws -> String {
      taken += 1
      let next = rest.popFirst()
      let line = try #require(next)
      return rest.isEmpty ? line : line + "\n"
    }
    for line in body {
      switch line.unicodeScalars.first {
      case "@":
        let range = try #require(line.split(separator: " ").dropFirst().first).dropFirst().split(
          separator: ",")
        let start = try #require(Int(range[0]))
        let count = range.count > 1 ? Int(range[1]) ?? -1 : 1
        while taken < (count == 0 ? start : start - 1) { result += try take() }
      case " ":
        let kept = try take()
        #expect(kept == String(line.dropFirst()) + "\n" || kept == String(line.dropFirst()))
        result += kept
      case "-":
        let gone = try take()
        #expect(gone == String(line.dropFirst()) + "\n" || gone == String(line.dropFirst()))
      case "+": result += String(String.UnicodeScalarView(line.unicodeScalars.dropFirst())) + "\n"
      case "\\": if result.hasSuffix("\n"), rest.allSatisfy(\.isEmpty) { result.unicodeScalars.removeLast() }
      default: #expect(line.isEmpty)
      }
    }
    while !rest.isEmpty { result += try take() }
    return result
  }

  @Test func showsAChangeWithItsContext() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 5\n", with: "line five\n")
    let expected = """
      --- a/a.yaml
      +++ b/a.yaml
      @@ -2,7 +2,7 @@
       line 2
       line 3
       line 4
      -line 5
      +line five
       line 6
       line 7
       line 8

      """
    #expect(Self.text(Self.diff(old, new)) == expected)
  }

  @Test func joinsHunksThatTouch() {
    let old = (1...30).map { "line \($0)\n" }.joined()
    let near = old.replacing("line 5\n", with: "").replacing("line 12\n", with: "twelve\n")
    let far = old.replacing("line 5\n", with: "").replacing("line 13\n", with: "thirteen\n")
    #expect(Self.text(Self.diff(old, near)).split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
    let hunks = Self.text(Self.diff(old, far)).split(separator: "\n").filter { $0.hasPrefix("@@") }
    #expect(hunks == ["@@ -2,7 +2,6 @@", "@@ -10,7 +9,7 @@"])
  }

  @Test func marksAMissingBreak() {
    let expected = """
      --- a/a.yaml
      +++ b/a.yaml
      @@ -1,2 +1,3 @@
       a
      -b
      \\ No newline at end of file
      +b
      +c
      \\ No newline at end of file

      """
    #expect(Self.text(Self.diff("a\nb", "a\nb\nc")) == expected)
  }

  @Test func keepsCarriageReturns() {
    #expect(Self.text(Self.diff("a\r\nb\r\n", "a\r\nc\r\n")).hasSuffix("@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"))
  }

  @Test func saysNothingOfNoChange() { #expect(Self.diff("a\n", "a\n").bytes.isEmpty) }

  @Test(arguments: [
    ("a b.yaml", "--- a/a b.yaml\t\n+++ b/a b.yaml\t\n"),
    ("/tmp/x.yaml", "--- /tmp/x.yaml\n+++ /tmp/x.yaml\n"),
    ("a\"\n\u{1}.yaml", "--- \"a/a\\\"\\n\\001.yaml\"\n+++ \"b/a\\\"\\n\\001.yaml\"\n"),
  ])
  func quotesPaths(path: String, expected: String) {
    #expect(Self.text(Self.diff("a\n", "b\n", path: path)).hasPrefix(expected))
  }

  @Test func hidesLines() {
    let diff = Self.diff(
      "name: a\nsecret: b\nlast: c\n", "name: a\nsecret: \"b\"\nlast: c\n", hidden: [ByteSpan(16, 17)])
    #expect(diff.isMasked)
    #expect(Self.text(diff).hasSuffix(" name: a\n-(sensitive)\n+(sensitive)\n last: c\n"))
  }

  @Test func appliesBackToTheNewText() throws {
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<500 {
      let old = (0..<random(40)).map { _ in "line \(random(6))" }
      let new = old.flatMap { line in
        switch random(12) {
        case 0: [String]()
        case 1: [line + " changed"]
        case 2: [line, "new \(random(3))"]
        default: [line]
        }
      }
      let (before, after) = (old.joined(separator: "\n") + "\n", new.joined(separator: "\n") + "\n")
      let diff = Self.text(Self.diff(before, after))
      #expect(
        try before == after ? diff.isEmpty : Self.patched(before, by: diff) == after, "\(before)=>\n\(diff)")
    }
  }
}
