import Foundation
import Planning
import Syntax
import Testing

@testable import Reports

@Suite struct PlanMarkdownTests {
  @Test func everythingIsShown() throws {
    try expectGolden(PlanFormat.markdown.render(PlanFixtures.everything), "plan.markdown")
  }

  @Test func noControlCharacterIsLeft() {
    #expect(isFreeOfControls(PlanFormat.markdown.render(PlanFixtures.everything)))
  }

  /// What is left outside code must be our own.
  @Test func valuesStandInCodeOnly() {
    let text = String(decoding: PlanFormat.markdown.render(PlanFixtures.everything), as: UTF8.self)
    let outside = Self.withoutCode(text)
    #expect(!outside.contains("`"))
    let tags = outside.matches(of: #/<[^>]*>/#).map { String($0.output) }
    #expect(Set(tags) == ["<details>", "<summary>", "</summary>", "</details>"])
    for active in ["@", "://", "www.", "](", "octocat", "deadbeefcafe", "$", "~", "_", ":smile"] {
      #expect(!outside.contains(active), "\(active)")
    }
  }

  /// Takes away fenced blocks, `<code>` and code spans as CommonMark finds them.
  private static func withoutCode(_ text: String) -> String {
    var kept: [Substring] = []
    var fence: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let run = String(line.prefix { $0 == "`" })
      if let open = fence {
        if run.count >= open.count, run.count == line.count { fence = nil }
      } else if run.count >= 3 {
        fence = run
      } else {
        kept.append(line)
      }
    }
    return kept.map { withoutSpans(String($0).replacing(#/<code>.*?<\/code>/#, with: "")) }
      .joined(separator: "\n")
  }

  /// Takes away what stands between two runs of backticks of one length.
  private static func withoutSpans(_ line: String) -> String {
    var kept: [Character] = []
    var rest = Array(line)[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == "`" }
      guard !run.isEmpty else {
        kept.append(first)
        rest = rest.dropFirst()
        continue
      }
      var inside = rest.dropFirst(run.count)
      while !inside.isEmpty {
        let other = inside.prefix { $0 == "`" }
        if other.count == run.count { break }
        inside = inside.dropFirst(max(1, other.count))
      }
      // A run without its like is text.
      if inside.isEmpty { kept += run }
      rest = inside.isEmpty ? rest.dropFirst(run.count) : inside.dropFirst(run.count)
    }
    return String(kept)
  }

  struct CodeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let value: String
    let code: String
  }

  static let codeCases: [CodeCase] = [
    CodeCase(testDescription: "plain", value: "a", code: "`a`"),
    CodeCase(testDescription: "empty", value: "", code: "(empty)"),
    CodeCase(testDescription: "backtick inside", value: "a`b", code: "``a`b``"),
    CodeCase(testDescription: "backtick at an edge", value: "`a", code: "`` `a ``"),
    CodeCase(testDescription: "runs of backticks", value: "a```b`", code: "```` a```b` ````"),
    CodeCase(testDescription: "blank at an edge", value: " a", code: "`  a `"),
    CodeCase(testDescription: "backslash at the end", value: "a\\", code: "`a\\`"),
    CodeCase(testDescription: "bar", value: "a|b", code: "`a\\u{7C}b`"),
    CodeCase(testDescription: "bar with a combining mark", value: "a|\u{308}", code: "`a\\u{7C}\u{308}`"),
    CodeCase(testDescription: "line break", value: "a\r\nb", code: "`a\\u{D}\\u{A}b`"),
    CodeCase(testDescription: "too long", value: "abcdefghijklmnopqrstu", code: "`abcdefghijklmnopqrst…`"),
  ]

  @Test(arguments: codeCases)
  func codeSpansHoldAnyValue(_ test: CodeCase) {
    #expect(MarkdownText.code(test.value, limit: 20) == test.code)
  }

  static let sentences: [CodeCase] = [
    CodeCase(testDescription: "words", value: "it is not there", code: "it is not there"),
    CodeCase(testDescription: "punctuation", value: "a (b), \"c\": d.", code: "a (b), \"c\": d."),
    CodeCase(testDescription: "numbers", value: "at most 1,024 or 2.5", code: "at most 1,024 or 2.5"),
    CodeCase(testDescription: "non-ASCII words", value: "größer als だ", code: "größer als だ"),
    CodeCase(testDescription: "hyphens", value: "a pull-request - don't", code: "a pull-request - don't"),
    CodeCase(testDescription: "a mention", value: "ask @octocat now", code: "ask `@octocat` now"),
    CodeCase(testDescription: "neighbours", value: "a *b* <c> d", code: "a `*b* <c>` d"),
    CodeCase(
      testDescription: "an address", value: "see https://e.example/", code: "see `https://e.example/`"),
    CodeCase(testDescription: "an issue", value: "fixes GH-1 #2", code: "fixes `GH-1 #2`"),
    CodeCase(testDescription: "an emoji code", value: "a :smile:", code: "a `:smile`:"),
    CodeCase(testDescription: "a commit", value: "deadbeef 1234567", code: "`deadbeef 1234567`"),
    CodeCase(testDescription: "a short hexadecimal word", value: "dead 123456", code: "dead 123456"),
    CodeCase(testDescription: "a quick action", value: "\n/close", code: "`\\u{A}/close`"),
  ]

  @Test(arguments: sentences)
  func sentencesKeepPlainWords(_ test: CodeCase) { #expect(MarkdownText.prose(test.value) == test.code) }

  @Test func aFenceIsLongerThanAnyRunInside() {
    #expect(
      MarkdownText.fenced(["a", "\n````\nb"], language: "json", limit: 100)
        == "`````json\na\n\\u{A}````\\u{A}b\n`````\n")
    #expect(MarkdownText.fenced([""], limit: 9) == "```\n\n```\n")
  }

  @Test func aLongPlanFitsAComment() throws {
    let text = String(decoding: PlanFormat.markdown.render(PlanFixtures.many(2000)), as: UTF8.self)
    #expect(text.utf16.count <= 65_000)
    #expect(text.hasSuffix("catalog: `botocore 0`\n"))
    let rows = text.matches(of: #/\n\| \S+ (blocked|ready) \|/#)
    #expect(rows.prefix(200).allSatisfy { $0.output.1 == "blocked" })
    #expect(rows.count > 200)
    #expect(text.contains("**\(2000 - rows.count) requests left out of this table**"))
    let sections = text.matches(of: #/<summary>/#).count
    #expect(sections > 5)
    #expect(text.contains("**Details of \(2000 - sections) requests are left out**"))
    #expect(text.matches(of: #/<\/details>/#).count == sections)
    let first = try #require(text.firstMatch(of: #/<summary>[^\n]*?<code>([^<]*)<\/code>/#))
    #expect(first.output.1 == "requests/file-2000.yaml#1")
  }

  @Test func largeValuesFitAComment() {
    var request = PlanFixtures.review
    request.parameters = Array(#"{"a":"\#(String(repeating: "\u{1}`|", count: 100_000))"}"#.utf8)
    request.http = PlannedHTTP(
      method: "POST", url: nil, headers: [], body: .text(String(repeating: "日`\n", count: 100_000)))
    request.findings = Array(repeating: request.findings[0], count: 1000)
    let plan = PlanFixtures.plan([request, PlanFixtures.ready])
    let text = String(decoding: PlanFormat.markdown.render(plan), as: UTF8.self)
    #expect(text.utf16.count <= 65_000)
    #expect(text.matches(of: #/<summary>/#).count == 2)
  }
}
