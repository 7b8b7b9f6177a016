import Testing

@testable import Syntax

/// Where every node of a text stands.
struct PositionTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    var notation = Document.Notation.yaml
    /// One line per node in document order: its text, `{}`, `[]` or `*`, then `LINE:COLUMN-LINE:COLUMN`.
    let expected: [String]

    var testDescription: String { name }
  }

  @Test(arguments: blockCases + scalarCases + propertyCases + encodingCases + jsonCases)
  func placesEveryNode(_ item: Case) throws {
    let document = try document(item.text, as: item.notation)
    let places = document.allNodes.map { id in
      "\(label(of: id, in: document)) \(document.source.place(document.sourceSpan(of: id)))"
    }
    #expect(places == item.expected)
  }

  private func label(of id: NodeID, in document: Document) -> String {
    switch document[id].kind {
    case .mapping: "{}"
    case .sequence: "[]"
    case .alias: "*"
    case .scalar: quote(document.string(of: id))
    }
  }

  static let blockCases = [
    Case(
      name: "block mapping", text: "a: 1\nbc:  two\n",
      expected: ["{} 1:1-2:9", #""a" 1:1-1:2"#, #""1" 1:4-1:5"#, #""bc" 2:1-2:3"#, #""two" 2:6-2:9"#]),
    Case(
      name: "nested block mapping ends with its last child", text: "a:\n  b:\n    c: d\n\n# end\n",
      expected: [
        "{} 1:1-3:9", #""a" 1:1-1:2"#, "{} 2:3-3:9", #""b" 2:3-2:4"#, "{} 3:5-3:9", #""c" 3:5-3:6"#,
        #""d" 3:8-3:9"#,
      ]),
    Case(
      name: "block sequence", text: "- a\n- - b\n  - c\n",
      expected: ["[] 1:1-3:6", #""a" 1:3-1:4"#, "[] 2:3-3:6", #""b" 2:5-2:6"#, #""c" 3:5-3:6"#]),
    Case(
      name: "sequence at the indentation of its key", text: "k:\n- a\n- b: c\n",
      expected: [
        "{} 1:1-3:7", #""k" 1:1-1:2"#, "[] 2:1-3:7", #""a" 2:3-2:4"#, "{} 3:3-3:7", #""b" 3:3-3:4"#,
        #""c" 3:6-3:7"#,
      ]),
    Case(
      name: "flow collections", text: "{a: [1, 2], b: {}}",
      expected: [
        "{} 1:1-1:19", #""a" 1:2-1:3"#, "[] 1:5-1:11", #""1" 1:6-1:7"#, #""2" 1:9-1:10"#, #""b" 1:13-1:14"#,
        "{} 1:16-1:18",
      ]),
    Case(
      name: "flow collections over lines with comments", text: "k: [ # first\n  a, # one\n  b,\n  ]\n",
      expected: ["{} 1:1-4:4", #""k" 1:1-1:2"#, "[] 1:4-4:4", #""a" 2:3-2:4"#, #""b" 3:3-3:4"#]),
    Case(
      name: "single pair in a flow sequence", text: "[a: b]",
      expected: ["[] 1:1-1:7", "{} 1:2-1:6", #""a" 1:2-1:3"#, #""b" 1:5-1:6"#]),
    Case(
      name: "empty values", text: "a:\nb: \nc: [d: , ]\ne:\n",
      expected: [
        "{} 1:1-4:3", #""a" 1:1-1:2"#, #""" 1:3-1:3"#, #""b" 2:1-2:2"#, #""" 2:3-2:3"#, #""c" 3:1-3:2"#,
        "[] 3:4-3:11", "{} 3:5-3:8", #""d" 3:5-3:6"#, #""" 3:8-3:8"#, #""e" 4:1-4:2"#, #""" 4:3-4:3"#,
      ]),
    Case(
      name: "explicit keys", text: "? a\n: b\n? [c]\n",
      expected: [
        "{} 1:1-4:1", #""a" 1:3-1:4"#, #""b" 2:3-2:4"#, "[] 3:3-3:6", #""c" 3:4-3:5"#, #""" 4:1-4:1"#,
      ]),
    Case(
      name: "tabs between tokens", text: "a:\t1\t# c\n\nb:\t\t[\t2\t]\n",
      expected: [
        "{} 1:1-3:10", #""a" 1:1-1:2"#, #""1" 1:4-1:5"#, #""b" 3:1-3:2"#, "[] 3:5-3:10", #""2" 3:7-3:8"#,
      ]),
    Case(name: "a scalar alone", text: "---  x # c\n", expected: [#""x" 1:6-1:7"#]),
  ]

  static let scalarCases = [
    Case(
      name: "quoted", text: "a: 'x''y'\nb: \"\\u00e4 \\\"\"\nc: ''\n",
      expected: [
        "{} 1:1-3:6", #""a" 1:1-1:2"#, #""x'y" 1:4-1:10"#, #""b" 2:1-2:2"#, #""ä "" 2:4-2:15"#,
        #""c" 3:1-3:2"#,
        #""" 3:4-3:6"#,
      ]),
    Case(
      name: "plain over lines", text: "a: one\n  two\n\n  three # c\nb: c\n",
      expected: [
        "{} 1:1-5:5", #""a" 1:1-1:2"#, #""one two\u{A}three" 1:4-4:8"#, #""b" 5:1-5:2"#, #""c" 5:4-5:5"#,
      ]),
    Case(
      name: "quoted over lines", text: "a: \"one \\\n  two\n  three\"\nb: 'x\n\n  y'\n",
      expected: [
        "{} 1:1-6:5", #""a" 1:1-1:2"#, #""one two three" 1:4-3:9"#, #""b" 4:1-4:2"#, #""x\u{A}y" 4:4-6:5"#,
      ]),
    Case(
      name: "literal ends with its text", text: "a: |\n  x\n  y\n\nb: >-\n  p\n  q\n",
      expected: [
        "{} 1:1-7:4", #""a" 1:1-1:2"#, #""x\u{A}y\u{A}" 1:4-3:4"#, #""b" 5:1-5:2"#, #""p q" 5:4-7:4"#,
      ]),
    Case(
      name: "literal with indicators and comment", text: "a: |2+ # c\n    x\n  y\n\n\nb: |-\n  z\n\n",
      expected: [
        "{} 1:1-7:4", #""a" 1:1-1:2"#, #""  x\u{A}y\u{A}\u{A}\u{A}" 1:4-3:4"#, #""b" 6:1-6:2"#,
        #""z" 6:4-7:4"#,
      ]),
    Case(
      name: "empty literals", text: "a: |\nb: >+\n\nc: |-\n",
      expected: [
        "{} 1:1-4:6", #""a" 1:1-1:2"#, #""" 1:4-1:5"#, #""b" 2:1-2:2"#, #""\u{A}" 2:4-2:6"#, #""c" 4:1-4:2"#,
        #""" 4:4-4:6"#,
      ]),
    Case(
      name: "text without a final line break", text: "a: |\n  x",
      expected: ["{} 1:1-2:4", #""a" 1:1-1:2"#, #""x" 1:4-2:4"#]),
    Case(
      name: "block scalar as a key", text: "? |\n  k\n: v\n",
      expected: ["{} 1:1-3:4", #""k\u{A}" 1:3-2:4"#, #""v" 3:3-3:4"#]),
  ]

  static let propertyCases = [
    Case(
      name: "anchors and tags before values", text: "a: &x 1\nb: !!str 2\nc: &y !!str \"3\"\nd: !!int &z 4\n",
      expected: [
        "{} 1:1-4:14", #""a" 1:1-1:2"#, #""1" 1:7-1:8"#, #""b" 2:1-2:2"#, #""2" 2:10-2:11"#, #""c" 3:1-3:2"#,
        #""3" 3:13-3:16"#, #""d" 4:1-4:2"#, #""4" 4:13-4:14"#,
      ]),
    Case(
      name: "anchors before keys and collections", text: "&a k: &b [1]\n? &c {x: y}\n: &d\n  - *a\n",
      expected: [
        "{} 1:1-4:7", #""k" 1:4-1:5"#, "[] 1:10-1:13", #""1" 1:11-1:12"#, "{} 2:6-2:12", #""x" 2:7-2:8"#,
        #""y" 2:10-2:11"#, "[] 4:3-4:7", "* 4:5-4:7",
      ]),
    Case(
      name: "anchor on the line above", text: "a: &x # c\n  b: &y\n    |\n    t\n",
      expected: ["{} 1:1-4:6", #""a" 1:1-1:2"#, "{} 2:3-4:6", #""b" 2:3-2:4"#, #""t\u{A}" 3:5-4:6"#]),
    Case(
      name: "anchor and tag before nothing", text: "a: &x\nb: !!str\nc: [&y , !!str ]\n",
      expected: [
        "{} 1:1-3:17", #""a" 1:1-1:2"#, #""" 1:6-1:6"#, #""b" 2:1-2:2"#, #""" 2:9-2:9"#, #""c" 3:1-3:2"#,
        "[] 3:4-3:17", #""" 3:7-3:7"#, #""" 3:15-3:15"#,
      ]),
    Case(
      name: "anchor with a colon right behind", text: "k: &an:chor v\n",
      expected: ["{} 1:1-1:14", #""k" 1:1-1:2"#, #"":chor v" 1:7-1:14"#]),
    Case(
      name: "anchor at the root", text: "--- &r\na: b\n",
      expected: ["{} 2:1-2:5", #""a" 2:1-2:2"#, #""b" 2:4-2:5"#]),
  ]

  static let encodingCases = [
    Case(
      name: "byte order mark", text: "\u{FEFF}a: b\nc: d\n",
      expected: ["{} 1:1-2:5", #""a" 1:1-1:2"#, #""b" 1:4-1:5"#, #""c" 2:1-2:2"#, #""d" 2:4-2:5"#]),
    Case(
      name: "byte order mark and umlauts", text: "\u{FEFF}ä: ö\nc: d\n",
      expected: ["{} 1:1-2:5", #""ä" 1:1-1:2"#, #""ö" 1:4-1:5"#, #""c" 2:1-2:2"#, #""d" 2:4-2:5"#]),
    Case(
      name: "CRLF", text: "a: b\r\nc:\r\n  - d\r\n  - |\r\n    x\r\n    y\r\ne: f\r\n",
      expected: [
        "{} 1:1-7:5", #""a" 1:1-1:2"#, #""b" 1:4-1:5"#, #""c" 2:1-2:2"#, "[] 3:3-6:6", #""d" 3:5-3:6"#,
        #""x\u{A}y\u{A}" 4:5-6:6"#, #""e" 7:1-7:2"#, #""f" 7:4-7:5"#,
      ]),
    Case(
      name: "lone CR", text: "a: b\rc: d\r",
      expected: ["{} 1:1-2:5", #""a" 1:1-1:2"#, #""b" 1:4-1:5"#, #""c" 2:1-2:2"#, #""d" 2:4-2:5"#]),
    Case(
      name: "umlauts, CJK, emoji", text: "größe: 水🎉\n水: [ü, 🎉, x]\n",
      expected: [
        "{} 1:1-2:13", #""größe" 1:1-1:6"#, #""水🎉" 1:8-1:10"#, #""水" 2:1-2:2"#, "[] 2:4-2:13",
        #""ü" 2:5-2:6"#,
        #""🎉" 2:8-2:9"#, #""x" 2:11-2:12"#,
      ]),
    // libyaml breaks lines at U+0085, U+2028 and U+2029; for people they are characters of the line.
    Case(
      name: "separators that libyaml takes for line breaks",
      text: "a: \"x\u{2028}y\u{85}z\"\nb: c\u{2029}\nd: e\n",
      expected: [
        "{} 1:1-3:5", #""a" 1:1-1:2"#, #""x\u{2028}y z" 1:4-1:11"#, #""b" 2:1-2:2"#, #""c" 2:4-2:5"#,
        #""d" 3:1-3:2"#,
        #""e" 3:4-3:5"#,
      ]),
  ]

  static let jsonCases = [
    Case(
      name: "JSON", text: "{\"a\": [1, true, null],\r\n \"b\": {}}\n", notation: .json,
      expected: [
        "{} 1:1-2:10", #""a" 1:2-1:5"#, "[] 1:7-1:22", #""1" 1:8-1:9"#, #""true" 1:11-1:15"#,
        #""null" 1:17-1:21"#,
        #""b" 2:2-2:5"#, "{} 2:7-2:9",
      ]),
    Case(
      name: "JSON with byte order mark, tabs and non-ASCII",
      text: "\u{FEFF}{\t\"ä\u{2028}\":\t\"\\ud83c\\udf89水\" ,\r\"x\":-1.5e3}",
      notation: .json,
      expected: [
        "{} 1:1-2:12", #""ä\u{2028}" 1:3-1:7"#, #""🎉水" 1:9-1:24"#, #""x" 2:1-2:4"#, #""-1.5e3" 2:5-2:11"#,
      ]),
    Case(name: "JSON scalar alone", text: " \"\" ", notation: .json, expected: [#""" 1:2-1:4"#]),
  ]
}
