import Models
import Syntax
import Testing

/// What of a request must not be shown.
@Suite struct SecrecyTests {
  private static let model = """
    {"metadata": {}, "operations": {"Put": {"input": {"shape": "In"}}, "Get": {"input": {"shape": "Tree"}}},
     "shapes": {
       "In": {"type": "structure", "members": {
         "Name": {"shape": "T"}, "Secret": {"shape": "S"}, "Own": {"shape": "T", "sensitive": true},
         "List": {"shape": "L"}, "Table": {"shape": "M"}, "Keyed": {"shape": "K"}, "Tree": {"shape": "Tree"},
         "Plain": {"shape": "P"}}},
       "P": {"type": "structure", "members": {"A": {"shape": "T"}}},
       "Tree": {"type": "structure", "members": {"Inner": {"shape": "Tree"}, "Leaves": {"shape": "L"}}},
       "L": {"type": "list", "member": {"shape": "S"}}, "M": {"type": "map", "key": {"shape": "T"}, "value": {"shape": "S"}},
       "K": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "T"}},
       "T": {"type": "string"}, "S": {"type": "string", "sensitive": true}}}
    """

  static let cases: [(text: String, masked: [String])] = [
    ("{Name: a, Plain: {A: b}}", []),
    ("{Secret: a, Own: b}", ["a", "b"]),
    ("{secret: a, Secrt: b}", ["a", "b"]),
    ("{List: [a, [b]]}", ["a", "[b]"]),
    ("{List: a}", ["a"]),
    ("{List: {a: b}}", ["{a: b}"]),
    ("{Table: {k: a, l: {m: b}}}", ["a", "{m: b}"]),
    ("{Table: [a]}", ["[a]"]),
    ("{Keyed: {k: a}}", ["{k: a}"]),
    ("{Tree: {Inner: {Inner: a}}}", ["a"]),
    ("{Tree: {Inner: {Leaves: [a], Leafs: {x: b}}}}", ["a", "{x: b}"]),
    ("{Plain: a, Name: [b]}", ["b"]),
    ("{Plain: {B: a}}", ["a"]),
    ("[a]", ["[a]"]),
    ("text", ["text"]),
  ]

  @Test(arguments: cases) func masked(_ test: (text: String, masked: [String])) throws {
    let service = try ServiceModel(name: "kinds", json: SourceText(Self.model))
    let put = try #require(try service.operation("Put"))
    var found: [Document] = []
    readDocuments(SourceText(test.text), as: .yaml, limits: Limits()) {
      if case .document(let document) = $0 { found.append(document) }
    }
    let document = try #require(found.first)
    var parts = MaskedParts()
    parts.add(document.root, in: document, Secrecy(put, masksUnknown: true))
    let texts = parts.parts.map { part in
      String(decoding: document.source.bytes[document.sourceSpan(of: part.value).range], as: UTF8.self)
    }
    #expect(texts == test.masked)
  }

  @Test func recursiveShapes() throws {
    let service = try ServiceModel(name: "kinds", json: SourceText(Self.model))
    let get = try #require(try service.operation("Get"))
    #expect(get.hasSensitive)
    #expect(get.shapes.filter(\.holdsSensitive).map(\.name).sorted() == ["L", "S", "Tree"])
  }
}
