import Foundation
import Testing

@testable import Syntax

/// The same document with the entries of some keys, and some items, hidden or unknown.
private func marked(_ text: String, hidden: [String] = [], dynamic: [String] = []) throws -> Document {
  let document = try document(text)
  func nodes(_ names: [String]) -> [NodeID] {
    names.flatMap { name in
      document.nodes.indices.map { NodeID($0) }.filter { document.hasText(name, at: $0) }
    }
  }
  return document.marking(hidden: nodes(hidden), dynamic: nodes(dynamic))
}

struct HiddenNodesTests {
  @Test func noAccessorShowsHiddenEntries() throws {
    let document = try marked("{a: 1, b: {c: 2, a: 3}, d: 4}", hidden: ["a"])
    let root = document.root
    #expect(document.count(of: root) == 2)
    #expect(document.entries(of: root).map { document.string(of: $0.key) } == ["b", "d"])
    #expect(document.value(of: "a", in: root) == nil)
    #expect(document.entry(of: "d", in: root) != nil)
    #expect(document.value(at: JSONPointer(["b", "a"]), from: root) == nil)
    #expect(String(decoding: document.canonicalJSON(of: root), as: UTF8.self) == #"{"b":{"c":2},"d":4}"#)
    var writer = JSONWriter(.compact)
    writer.copy(root, of: document)
    #expect(writer.text == #"{"b":{"c":2},"d":4}"#)
    let hidden = document.hiddenParts(of: root)
    #expect(hidden.entries.map { document.string(of: $0.key) } == ["a", "a"])
    #expect(hidden.items.isEmpty)
  }

  @Test func hiddenItemsHaveNoPlace() throws {
    let document = try marked("[x, a, {b: [a, y]}]", hidden: ["a"])
    #expect(document.count(of: document.root) == 2)
    #expect(
      String(decoding: document.canonicalJSON(of: document.root), as: UTF8.self) == #"["x",{"b":["y"]}]"#)
    let found = try #require(document.value(at: JSONPointer(["1", "b", "0"]), from: document.root))
    #expect(document.string(of: found) == "y")
    #expect(document.pointer(document.path(to: found)).description == "/1/b/0")
    #expect(document.pointers(document.paths(to: [found])).map(\.description) == ["/1/b/0"])
  }

  @Test func hiddenEntriesAreNotMerged() throws {
    let document = try marked("x: &x {a: 1, b: 2}\ny: {<<: *x, c: 3}", hidden: ["a"])
    let merged = try #require(document.value(of: "y", in: document.root))
    #expect(String(decoding: document.canonicalJSON(of: merged), as: UTF8.self) == #"{"b":2,"c":3}"#)
  }

  @Test func hiddenKeysAreDuplicatesToo() throws {
    #expect(try document("{a: 1, a: 2}").duplicateKeys().count == 1)
    #expect(try marked("{a: 1, a: 2}", hidden: ["a"]).duplicateKeys().count == 1)
  }

  @Test func dynamicScalarsAreWhatIsWritten() throws {
    let document = try marked("{n: 12, t: true, k: v}", dynamic: ["12", "true"])
    #expect(document.hasDynamic)
    #expect(
      String(decoding: document.canonicalJSON(of: document.root), as: UTF8.self)
        == #"{"k":"v","n":{"$unknown":"12"},"t":{"$unknown":"true"}}"#)
    let number = try #require(document.value(of: "n", in: document.root))
    #expect(document.scalarType(of: number) == .string)
    #expect(document.number(of: number) == nil)
    #expect(document.holdsDynamic(document.root))
    #expect(!document[document.root].isDynamic)
  }

  @Test func mappingsWithDynamicKeysAreOpen() throws {
    let document = try marked("{a: {k: 1}, b: {c: 2}}", dynamic: ["k"])
    let a = try #require(document.value(of: "a", in: document.root))
    let b = try #require(document.value(of: "b", in: document.root))
    #expect(document[a].isDynamic)
    #expect(!document[b].isDynamic)
    let places = document.dynamicPlaces(below: document.root)
    #expect(places.map { document.pointer($0.path).description } == ["/a", "/a/k"])
    #expect(places.map(\.isKey) == [false, true])
    let copy = try plainCopy(document).markingDynamic(like: document.root, of: document)
    #expect(copy.dynamicPlaces(below: copy.root).map { copy.pointer($0.path).description } == ["/a", "/a/k"])
  }

  /// A document with the same values and no marks.
  private func plainCopy(_ document: Document) throws -> Document {
    var writer = JSONWriter(.compact)
    writer.copy(document.root, of: document)
    return try SyntaxTests.document(writer.text, as: .json)
  }

  /// JSON in a word of a shell, in a block scalar of YAML: every value has its true place.
  @Test func builtDocumentsLeadBackThroughEveryLayer() throws {
    let file = try document("run: |\n  aws x --a '{\"k\": \"é: 1\"}' \"b\\$c\"\n")
    let script = try #require(file.value(of: "run", in: file.root))
    let text = file.string(of: script)
    func offset(_ part: String) -> Int {
      text.utf8.count - text[text.range(of: part)!.lowerBound...].utf8.count
    }
    let around = SourceMap(of: script, in: file)
    // The JSON is spelled byte by byte inside its quotes; the other word has one escape.
    let json = #"{"k": "é: 1"}"#
    let start = offset(json)
    let inner = SourceMap([.linear(ByteSpan(start, start + json.utf8.count))], start: start, around: around)
    guard case .document(let parsed) = readJSON(SourceText(json), limits: Limits(), map: inner) else {
      Issue.record("no JSON")
      return
    }
    let word = offset("b\\$c")
    let escaped = SourceMap(
      [
        .linear(ByteSpan(word, word + 1)), .unit(1, ByteSpan(word + 1, word + 3)),
        .linear(ByteSpan(word + 3, word + 4)),
      ], start: word, around: around)
    var builder = DocumentBuilder(source: file.source, limits: Limits())
    builder.beginMapping(at: file.sourceSpan(of: script))
    builder.string("A".utf8, at: around.outerSpan(ByteSpan(offset("--a"), offset("--a") + 3)))
    builder.copy(parsed.root, of: parsed)
    builder.string("B".utf8, at: around.outerSpan(ByteSpan(word, word)))
    builder.string("b$c".utf8, at: escaped.outerSpan(ByteSpan(0, 3)), map: escaped, isDynamic: true)
    builder.end(at: file.sourceSpan(of: script).end)
    let built = builder.finish(notation: .json)
    func written(_ pointer: [String]) throws -> String {
      let id = try #require(built.value(at: JSONPointer(pointer), from: built.root))
      return String(decoding: file.source.bytes[built.sourceSpan(of: id).range], as: UTF8.self)
    }
    #expect(try written(["A"]) == json)
    #expect(try written(["A", "k"]) == "\"é: 1\"")
    #expect(try written(["B"]) == "b\\$c")
    #expect(
      String(decoding: built.canonicalJSON(of: built.root), as: UTF8.self)
        == #"{"A":{"k":"é: 1"},"B":{"$unknown":"b$c"}}"#)
    // A scalar of the copied part may be read as a document of its own.
    let scalar = try #require(built.value(at: JSONPointer(["A", "k"]), from: built.root))
    guard case .document(let deepest) = built.embeddedYAML(at: scalar, limits: Limits()) else {
      Issue.record("no YAML")
      return
    }
    let one = try #require(deepest.value(of: "é", in: deepest.root))
    #expect(String(decoding: file.source.bytes[deepest.sourceSpan(of: one).range], as: UTF8.self) == "1")
    #expect(!built.standsAlone(scalar))
  }
}
