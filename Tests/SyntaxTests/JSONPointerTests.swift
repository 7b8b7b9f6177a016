import Testing

@testable import Syntax

struct JSONPointerTests {
  @Test(
    arguments: [
      ("", []), ("/", [""]), ("/a", ["a"]), ("/a/b", ["a", "b"]), ("/a//b/", ["a", "", "b", ""]),
      ("/a~1b", ["a/b"]), ("/m~0n", ["m~n"]),
      ("/~01", ["~1"]), ("/ ", [" "]), ("/k\"l", ["k\"l"]), ("/ä/水/🎉", ["ä", "水", "🎉"]),
      ("/\u{301}x", ["\u{301}x"]),
      ("/a\r\n/b", ["a\r\n", "b"]), ("/0/01", ["0", "01"]),
    ] as [(String, [String])])
  func readsAndWrites(_ text: String, _ tokens: [String]) throws {
    let pointer = try #require(JSONPointer(parsing: text))
    #expect(pointer.tokens.map { Array($0.utf8) } == tokens.map { Array($0.utf8) })
    #expect(pointer.description == text)
  }

  @Test(arguments: ["a", "a/b", "#/a", "/~", "/~2", "/a~", "/~/b"])
  func refuses(_ text: String) {
    #expect(JSONPointer(parsing: text) == nil)
  }

  /// The document of RFC 6901, section 5.
  @Test func followsAsTheStandardSays() throws {
    let text = #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
    let document = try document(text, as: .json)
    let expected = [
      "/foo/0": "bar", "/": "0", "/a~1b": "1", "/c%d": "2", "/e^f": "3", "/g|h": "4", "/i\\j": "5",
      "/k\"l": "6", "/ ": "7", "/m~0n": "8",
    ]
    for (pointer, value) in expected {
      #expect(document.string(of: try document.at(pointer)) == value, "\(pointer)")
    }
    #expect(try document.at("") == document.root)
    #expect(document.outline(try document.at("/foo")) == "[bar, baz]")
  }

  @Test func stopsWhereThePathEnds() throws {
    let document = try document("a: [x, {b: y}]\nc: &c {d: [1]}\ne: *c\n")
    func follow(_ pointer: String) throws -> (String?, String) {
      let found = document.follow(try #require(JSONPointer(parsing: pointer)), from: document.root)
      return (found.value.map { document.outline($0) }, document.pointer(found.path).description)
    }
    #expect(try follow("/a/1/b") == ("y", "/a/1/b"))
    #expect(try follow("/a/1/z") == (nil, "/a/1"))
    for index in ["2", "-1", "01", "+1", "-", "x", "", "99999999999999999999"] {
      #expect(try follow("/a/\(index)") == (nil, "/a"), "\(index)")
    }
    #expect(try follow("/a/0/x") == (nil, "/a/0"))
    #expect(try follow("/e/d/0") == ("1", "/e/d/0"))
  }

  @Test func findsTheWayToANode() throws {
    let document = try document("a: [x, {b: y}]\n? {k: l}\n: c\nd: 1\n")
    let pointers = document.allNodes.map { document.pointer(document.path(to: $0)).description }
    #expect(
      pointers == ["", "/a", "/a", "/a/0", "/a/1", "/a/1/b", "/a/1/b", "/", "//k", "//k", "/", "/d", "/d"])
    #expect(document.isNode(NodeID(5), within: NodeID(2)))
    #expect(!document.isNode(NodeID(2), within: NodeID(5)))
    #expect(!document.isNode(NodeID(7), within: NodeID(2)))
  }
}
