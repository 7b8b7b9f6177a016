import Foundation
import Planning
import Syntax
import Testing
import Verdicts

@testable import Reports

@Suite struct PlanPagePartsTests {
  // MARK: Text

  @Test(
    arguments: [
      ("<a href=\"x\">'&", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"),
      ("\"\u{301}<\u{338}", "&quot;\u{301}&lt;\u{338}"),
      ("a\u{0}\u{1B}\r\n\tb", "a\\u{0}\\u{1B}\\u{D}\n\tb"),
      ("\u{202E}\u{FEFF}\u{2028}\u{FFFF}", "\\u{202E}\\u{FEFF}\\u{2028}\\u{FFFF}"),
      ("日本 👩‍👩‍👧 é", "日本 👩‍👩‍👧 é"), ("", ""),
    ])
  func escapes(_ text: String, _ escaped: String) {
    var bytes: [UInt8] = []
    appendEscaped(text, to: &bytes)
    #expect(bytes == Array(escaped.utf8))
  }

  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12345, "12,345"), (-1_234_567, "-1,234,567"),
    ])
  func groups(_ number: Int, _ text: String) { #expect(grouped(number) == text) }

  @Test func countsNouns() {
    #expect([0, 1, 1000].map { grouped($0, "request") } == ["0 requests", "1 request", "1,000 requests"])
  }

  @Test func shortensOnlyWhatDoesNotFit() {
    #expect(tail(of: "abcdef", 6) == "abcdef")
    #expect(tail(of: "abcdefg", 6) == "…cdefg")
    #expect(head(of: "abcdef", 6) == "abcdef")
    #expect(head(of: "abcdefg", 6) == "abcde…")
    #expect(tail(of: "日本語日本語", 6) == "…本語")
  }

  @Test(
    arguments: [
      ("{\"a\":[1,\"\u{202E}\u{1F600}\"]}", "{\n  \"a\": [\n    1,\n    \"\\u202e😀\"\n  ]\n}"),
      ("{\"a\":\"\u{E0001}\"}", "{\n  \"a\": \"\\udb40\\udc01\"\n}"), ("{}", "{}"), ("{", nil), ("12", nil),
      ("", nil), ("{\"a\":1} x", nil),
    ])
  func indentsJSON(_ text: String, _ indented: String?) {
    #expect(indentedJSON(Array(text.utf8)) == indented)
  }

  // MARK: Commands

  @Test func commandsHaveOneOptionALine() {
    #expect(
      commandText(["aws", "es", "describe", "--region", "eu-west-1", "--cli-input-json", "{\"a\":\"it's\"}"])
        == "aws es describe \\\n  --region eu-west-1 \\\n  --cli-input-json '{\"a\":\"it'\\''s\"}'")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "no /bin/bash"))
  func bashReadsBackEveryWord() throws {
    let words = ["--x", "", "-", "a b", "$(touch owned)", "line\nbreak\n"] + PagePlans.hostile
    let noNull = words.map { $0.replacing("\u{0}", with: "\u{1}") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", commandText(["printf", "%s\\0"] + noNull)]
    process.environment = ["LC_ALL": "C"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(data == Data((noNull.joined(separator: "\0") + "\0").utf8))
    #expect(
      commandText(noNull).unicodeScalars.allSatisfy {
        $0 == "\n" || visible($0) == String($0) || $0 == "\u{FFFE}"
      })
  }

  // MARK: Times

  @Test(
    arguments: [
      (["2026-11-20T12:00:00Z"], 7), (["2026-11-20T12:00:00Z", "2026-11-20T12:00:01Z"], 48),
      (["2026-11-20T12:00:00Z", "2026-11-27T01:30:00Z"], 48),
      (["1969-12-31T23:59:59Z", "2300-01-01T00:00:00Z"], 48),
    ])
  func axesHoldAllTimes(_ texts: [String], _ slots: Int) throws {
    let times = try texts.map { try #require(Instant(rfc3339: $0)) }
    for snaps in [false, true] {
      let axis = TimeAxis(times, plot: 100...1000, slots: slots, snaps: snaps)
      #expect(times.allSatisfy { axis.contains($0) && (100...1000).contains(axis.x($0)) })
      #expect(times.map(axis.x) == times.map(axis.x).sorted())
      #expect((1...10).contains(axis.ticks.count))
      for time in times where snaps {
        let slot = axis.slot(time)
        #expect((0..<slots).contains(slot))
        #expect(axis.start(ofSlot: slot) <= time && time < axis.start(ofSlot: slot + 1))
      }
    }
  }

  @Test func farTimesAreKeptWithinReach() {
    let axis = TimeAxis(
      [Instant(milliseconds: .min), Instant(milliseconds: .max)], plot: 0...100, slots: 48, snaps: true)
    #expect(axis.x(Instant(milliseconds: .min)) == 0)
    #expect((0..<48).contains(axis.slot(Instant(milliseconds: .max))))
  }

  @Test func fewRequestsHaveRowsAndManyAreCounted() {
    for (count, rows) in [(24, 21), (27, 24), (28, 0), (1000, 0)] {
      let plan = PagePlans.plan(count)
      let timeline = TimelineView(plan, PlanIndex(plan))
      let timed = plan.requests.count { $0.schedule.earliest != nil }
      #expect(timeline.rows.count == rows)
      #expect(rows == 0 || rows == timed)
      let counted = timeline.bars.reduce(0) { $0 + (Int($1.barCount.replacing(",", with: "")) ?? -1) }
      #expect(counted == (rows == 0 ? timed : 0))
      #expect(timeline.bars.count <= 48)
      #expect(timeline.unscheduled.count == count - timed)
    }
  }

  // MARK: Order

  @Test func layersFoldWhereTheyAreLong() {
    for (count, boxes, piles) in [(1, 1, 0), (4, 4, 0), (10, 10, 0), (20, 8, 1), (1000, 6, 2)] {
      let plan = PagePlans.plan(count)
      let order = OrderView(plan, PlanIndex(plan))
      #expect(order.boxes.count == boxes, "\(count)")
      #expect(order.piles.count == piles, "\(count)")
      #expect(order.layers.map(\.layerRequests.count).reduce(0, +) == count)
    }
  }

  @Test func nothingInThePictureOverlapsOrLeavesIt() {
    for count in [3, 10, 20, 50] {
      let plan = PagePlans.plan(count)
      let order = OrderView(plan, PlanIndex(plan))
      for (index, box) in order.boxes.enumerated() {
        #expect(box.boxX + 212 <= order.orderWidth && box.boxY + 46 <= order.orderHeight)
        for other in order.boxes[..<index] {
          #expect(abs(box.boxX - other.boxX) >= 212 || abs(box.boxY - other.boxY) >= 46)
        }
      }
      for (index, link) in order.links.enumerated() {
        #expect(link.markY + 12 <= order.orderHeight)
        for other in order.links[..<index] {
          #expect(abs(link.markX - other.markX) >= 22 || abs(link.markY - other.markY) >= 24)
        }
      }
    }
  }
}
