import Testing

@testable import Syntax

struct TagTests {
  @Test func knowsTheTagsOfYAML() throws {
    let document = try document("- !!map {a: !!seq [b]}\n- !!str c\n- !<tag:yaml.org,2002:int> 4\n- ! d\n")
    #expect(document.outline() == "[{a: [b]}, c, 4, d]")
    let tags = document.allNodes.map { document[$0].tag }
    #expect(tags == [.none, .collection, .none, .collection, .none, .string, .integer, .nonSpecific])
  }

  struct Case: CustomTestStringConvertible {
    let text: String
    let message: String
    let place: String

    var testDescription: String { text }
  }

  static let cases = [
    Case(text: "a: !mine 1\n", message: "tag !mine is unknown to YAML readers", place: "1:10-1:11"),
    Case(text: "a: !Ref [x]\n", message: "tag !Ref is unknown to YAML readers", place: "1:9-1:10"),
    Case(
      text: "a: !!python/object:os.system x\n",
      message: "tag tag:yaml.org,2002:python/object:os.system is unknown to YAML readers", place: "1:30-1:31"),
    Case(
      text: "a: !!x%0Ay 1\n", message: "tag tag:yaml.org,2002:x\\u{A}y is unknown to YAML readers",
      place: "1:12-1:13"),
    Case(text: "a: !e!x 1\n", message: "found undefined tag handle", place: "1:4-1:5"),
    Case(
      text: "%TAG !e! tag:e.org:\n--- !e!x\na: 1\n", message: "tag tag:e.org:x is unknown to YAML readers",
      place: "3:1-3:1"),
  ]

  @Test(arguments: cases)
  func refusesOthers(_ item: Case) throws {
    let parsed = read(item.text)
    #expect(parsed.count == 1)
    let issue = try #require(parsed.first?.issue)
    #expect(issue.message == item.message)
    #expect(issue.kind == .syntax)
    #expect(SourceText(item.text).place(issue.span) == item.place)
  }
}
