import Foundation
import Planning
import Testing
import Verdicts

@testable import Reports

@Suite struct DifferenceTests {
  @Test(arguments: DifferenceFormat.allCases)
  func everyFormatShowsTheDifference(_ format: DifferenceFormat) throws {
    try expectGolden(format.render(PlanFixtures.difference), "difference.\(format.rawValue)")
  }

  @Test(arguments: DifferenceFormat.allCases)
  func nothingEscapes(_ format: DifferenceFormat) {
    #expect(format == .json || isFreeOfControls(format.render(PlanFixtures.difference)))
  }

  @Test(arguments: [DifferenceFormat.text, .markdown])
  func noChangeIsSaid(_ format: DifferenceFormat) {
    let text = String(decoding: format.render(PlanFixtures.noDifference), as: UTF8.self)
    #expect(text.contains("no change between the two plans\n"))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let old: String?
    let new: String?
    let shown: [String]
  }

  static let long = String(repeating: "a", count: 100)

  static let cases: [Case] = [
    Case(testDescription: "short", old: "1", new: "2", shown: ["1", "2"]),
    Case(testDescription: "absent", old: nil, new: long, shown: ["-", String(long.prefix(60)) + "…"]),
    Case(
      testDescription: "alike in front", old: long + "b", new: long + "c",
      shown: ["…aaaaaaaaaaaaaaaaaaaab", "…aaaaaaaaaaaaaaaaaaaac"]),
    Case(
      testDescription: "alike only a little", old: "aaaab" + long, new: "aaaac" + long,
      shown: ["aaaab" + String(long.prefix(55)) + "…", "aaaac" + String(long.prefix(55)) + "…"]),
    Case(
      testDescription: "longer", old: long, new: long + "b",
      shown: ["…aaaaaaaaaaaaaaaaaaaa", "…aaaaaaaaaaaaaaaaaaaab"]),
  ]

  @Test(arguments: cases)
  func whatDiffersInLongValuesIsSeen(_ test: Case) {
    let change = PlanDifference.Change(pointer: "/a", old: test.old, new: test.new)
    let shown = change.shown(limit: 60, absent: "-")
    #expect([shown.old, shown.new] == test.shown)
  }

  @Test func jsonKeepsValuesAndLeavesOutWhatIsAbsent() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(DifferenceFormat.json.render(PlanFixtures.difference)))
        as? [String: Any])
    #expect(root["summary"] as? [String: Int] == ["added": 1, "removed": 1, "changed": 2])
    let requests = try #require(root["requests"] as? [[String: Any]])
    let changes = try #require(requests[0]["changes"] as? [[String: Any]])
    #expect(changes[0]["old"] as? Int == 1_796_090_400_000)
    #expect(changes[0].keys.sorted() == ["old", "pointer"])
    #expect(changes[1]["new"] as? [[String: String]] == [["Key": "a", "Value": "b"]])
    #expect(requests[1]["verdict"] as? [String: String] == ["new": "ready"])
    #expect(requests[2]["service"] == nil)
    #expect(requests[3]["id"] as? String == PlanFixtures.hostile)
    let hostile = try #require(requests[3]["changes"] as? [[String: Any]])
    #expect(hostile[0]["old"] as? String == PlanFixtures.hostile)
  }

  @Test func jsonOfNoChangeIsEmpty() {
    let text = String(decoding: DifferenceFormat.json.render(PlanFixtures.noDifference), as: UTF8.self)
    #expect(text.contains(#""requests": []"#))
  }

  @Test func aLongDifferenceFitsAComment() {
    let entries = (1...3000).map { number in
      PlanDifference.Entry(
        kind: .changed, id: "request \(number)", file: "a.yaml", service: "s", operation: "o",
        oldVerdict: .ready, newVerdict: .blocked, oldRisk: .low, newRisk: .low,
        changes: [PlanDifference.Change(pointer: "/a", old: "1", new: "2")])
    }
    let difference = PlanDifference(oldDigest: "sha256:0", newDigest: "sha256:1", entries: entries)
    let text = String(decoding: DifferenceFormat.markdown.render(difference), as: UTF8.self)
    #expect(text.utf16.count <= 65_000)
    let rows = text.matches(of: #/\| changed \| `request [0-9]+`/#).count
    let sections = text.matches(of: #/<summary>/#).count
    #expect(rows > 100 && sections > 100)
    #expect(text.contains("**\(3000 - rows) requests left out of this table.**"))
    #expect(text.contains("**Changes of \(3000 - sections) requests are left out**"))
  }
}
