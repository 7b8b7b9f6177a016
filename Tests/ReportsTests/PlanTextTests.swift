import Foundation
import Planning
import Syntax
import Testing

@testable import Reports

@Suite struct PlanTextTests {
  @Test func everythingIsShown() throws {
    try expectGolden(PlanFormat.text.render(PlanFixtures.everything), "plan.text")
  }

  @Test func oneRequestIsShown() throws {
    try expectGolden(PlanFormat.text.render(PlanFixtures.one), "plan-one.text")
  }

  @Test func noControlCharacterReachesTheTerminal() {
    #expect(isFreeOfControls(PlanFormat.text.render(PlanFixtures.everything)))
  }

  @Test func colourIsOnlyForTerminals() {
    let plain = PlanFormat.text.render(PlanFixtures.everything)
    let coloured = PlanFormat.text.render(PlanFixtures.everything, usesColor: true)
    #expect(!plain.contains(0x1B))
    #expect(coloured.contains(0x1B))
    let stripped = String(decoding: coloured, as: UTF8.self).replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(stripped == String(decoding: plain, as: UTF8.self))
  }

  @Test func aLongPlanFits80Columns() {
    let lines = text(of: PlanFixtures.many(200)).split(separator: "\n", omittingEmptySubsequences: false)
    // An address is one word, and stays whole.
    #expect(lines.filter { $0.count > 80 && !$0.contains("https://") } == [])
    #expect(lines.first == "200 requests in 0 files: 20 blocked, 0 review, 180 ready")
    #expect(lines.dropLast().last == lines.first)
  }

  /// Also where several threads write shares of it.
  @Test(arguments: [1, 127, 128, 129, 300])
  func everyRequestStandsInItsPlaceOnce(_ count: Int) {
    let plan = PlanFixtures.many(count)
    let text = text(of: plan)
    let names = text.split(separator: "\n").filter { $0.hasPrefix("  file  ") }.map {
      $0.split(separator: " ")[1]
    }
    #expect(names == plan.riskiestFirst.map { "\(plan.requests[$0].file):\(plan.requests[$0].line)" })
    #expect(!text.contains("\n\n\n"))
    #expect(
      text.split(separator: "\n\n").count { $0.hasPrefix("blocked  ") || $0.hasPrefix("ready  ") } == count)
  }

  @Test func theRiskiestRequestsComeFirst() {
    let plan = PlanFixtures.many(40)
    let requests = plan.riskiestFirst.map { plan.requests[$0].id }
    let numbers = requests.compactMap { $0.split(separator: "-").last?.split(separator: ".").first }
    #expect(numbers.prefix(6) == ["40", "10", "20", "30", "1", "2"])
    #expect(numbers.count == 40)
  }

  @Test func aLongLayerIsCut() {
    let shown = text(of: PlanFixtures.many(12))
    #expect(shown.contains(" and 4 more\n"))
    #expect(!text(of: PlanFixtures.many(8)).contains(" more\n"))
  }

  struct TimeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let earliest: Int64?
    let latest: Int64?
    let shown: String
  }

  static let times: [TimeCase] = [
    TimeCase(testDescription: "none", earliest: nil, latest: nil, shown: ""),
    TimeCase(testDescription: "an instant", earliest: 0, latest: 0, shown: "1970-01-01 00:00 UTC"),
    TimeCase(testDescription: "a start", earliest: 0, latest: nil, shown: "from 1970-01-01 00:00 UTC"),
    TimeCase(testDescription: "an end", earliest: nil, latest: 1000, shown: "until 1970-01-01 00:00:01 UTC"),
    TimeCase(
      testDescription: "within a day", earliest: 0, latest: 86_399_999,
      shown: "1970-01-01 00:00–23:59:59.999 UTC"),
    TimeCase(
      testDescription: "over midnight", earliest: 0, latest: 86_400_000,
      shown: "1970-01-01 00:00 – 1970-01-02 00:00 UTC"),
  ]

  @Test(arguments: times)
  func timesAreInUTC(_ test: TimeCase) {
    let instants = [test.earliest, test.latest].map { $0.map { Instant(milliseconds: $0) } }
    #expect(shownTime(from: instants[0], to: instants[1]) == test.shown)
  }

  struct LineCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let pieces: [String]
    let lines: String
  }

  static let lineCases: [LineCase] = [
    LineCase(testDescription: "empty", pieces: [""], lines: "  \n"),
    LineCase(testDescription: "just fits", pieces: ["12345678"], lines: "  12345678\n"),
    LineCase(testDescription: "one too many", pieces: ["1234 678 0"], lines: "  1234 678\n    0\n"),
    LineCase(
      testDescription: "a long word stays whole", pieces: ["a 1234567890 b"],
      lines: "  a\n    1234567890\n    b\n"),
    LineCase(
      testDescription: "pieces of one word", pieces: ["12345 ", "6", "78"], lines: "  12345\n    678\n"),
    LineCase(testDescription: "blanks inside stay", pieces: ["a  b"], lines: "  a  b\n"),
    LineCase(testDescription: "wide characters", pieces: ["日本 日本"], lines: "  日本\n    日本\n"),
    LineCase(testDescription: "a line break", pieces: ["a\nb"], lines: "  a\\u{A}b\n"),
  ]

  @Test(arguments: lineCases)
  func linesAreBrokenBetweenWords(_ test: LineCase) {
    var page = TerminalPage(TerminalStyle(usesColor: false), width: 10)
    page.line(test.pieces.map { TerminalPiece($0) }, indent: 2, hanging: 4)
    #expect(page.text == test.lines)
  }

  private func text(of plan: Plan) -> String { String(decoding: PlanFormat.text.render(plan), as: UTF8.self) }
}
