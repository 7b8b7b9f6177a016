import Testing

@testable import Reports

@Suite struct TemplateTests {
  struct Values: TemplateView {
    let values: [String: TemplateValue]

    init(_ values: [String: TemplateValue]) { self.values = values }

    func value(named name: String) -> TemplateValue? { values[name] }
  }

  /// The template `main` and what it has to give.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let template: String
    let text: String
    var testDescription: String { name }

    init(_ name: String, _ template: String, _ text: String) {
      self.name = name
      self.template = template
      self.text = text
    }
  }

  static let view = Values([
    "name": .text("a <b> & \"c\" 'd'"), "empty": .text(""), "absent": .optional(nil as String?),
    "absentView": .optional(nil as Values?), "combining": .text("\"\u{301}<\u{338}&\u{301}'\u{301}"),
    "braces": .text("{{name}}"), "number": .number(-12), "yes": .flag(true), "no": .flag(false),
    "none": .list([] as [String]), "words": .list(["x", "<y>"]),
    "rows": .list([
      Values(["cells": .list(["1", "2"]), "row": .text("A")]),
      Values(["cells": .list([] as [String]), "row": .text("B")]),
    ]),
    "series": .series(TemplateSeries(300) { Values(["row": .text("\($0)")]) }),
    "noSeries": .series(TemplateSeries(0) { _ in Values([:]) }),
    "table": .list([.list(["1", "2"]), .list(["3"])]),
    "outer": .object(
      Values([
        "name": .text("inner"), "middle": .object(Values(["deep": .text("!"), "gone": .flag(false)])),
      ])),
  ])

  // MARK: What is rendered

  static let inLine = [
    Case("nothing", "", ""), Case("no tag", "a } b { c }} d\n", "a } b { c }} d\n"),
    Case("escaped text", "{{name}}", "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"),
    Case("markup", "{{{name}}}!", "a <b> & \"c\" 'd'!"),
    Case("combining marks", "{{combining}}", "&quot;\u{301}&lt;\u{338}&amp;\u{301}&#39;\u{301}"),
    Case("a tag in a text", "{{braces}}", "{{name}}"), Case("an empty text", "[{{empty}}]", "[]"),
    Case("a number", "{{number}}", "-12"),
    Case("blanks in a tag", "{{ number }}{{# yes }}y{{/ yes }}", "-12y"),
    Case("blanks around a tag", " {{number}} \n", " -12 \n"),
    Case("non-ASCII around a tag", "日本{{number}}é", "日本-12é"),
    Case("a comment", "a{{! {{#no}} b }}c", "a b }}c"),
    Case("a dotted name", "{{outer.middle.deep}}{{#outer.middle}}{{deep}}{{/outer.middle}}", "!!"),
    Case("flags", "{{#yes}}1{{/yes}}{{^yes}}2{{/yes}}{{#no}}3{{/no}}{{^no}}4{{/no}}", "14"),
    Case(
      "absent values", "{{#absent}}1{{/absent}}{{^absent}}2{{/absent}}{{^absentView}}3{{/absentView}}", "23"),
    Case("a text as a section", "{{#number}}<{{.}}>{{/number}}{{^number}}0{{/number}}", "<-12>"),
    Case("an empty text as a section", "{{#empty}}<{{empty}}>{{/empty}}{{^empty}}0{{/empty}}", "<>"),
    Case("a list of texts", "{{#words}}[{{.}}]{{/words}}{{^words}}0{{/words}}", "[x][&lt;y&gt;]"),
    Case("an empty list", "{{#none}}1{{/none}}{{^none}}2{{/none}}", "2"),
    Case(
      "lists in objects", "{{#rows}}{{row}}{{#cells}}{{.}}{{row}} {{/cells}}{{^cells}}-{{/cells}};{{/rows}}",
      "A1A 2A ;B-;"),
    Case(
      "a series", "{{#series}}{{row}}{{number}} {{/series}}{{^series}}0{{/series}}",
      (0..<300).map { "\($0)-12 " }.joined()),
    Case("an empty series", "{{#noSeries}}{{row}}{{/noSeries}}{{^noSeries}}0{{/noSeries}}", "0"),
    Case("a list of lists", "{{#table}}{{.}}{{/table}}", "123"),
    Case("names from inside out", "{{#outer}}{{name}}{{number}}{{/outer}}{{number}}", "inner-12-12"),
    Case("sections of one name", "{{#yes}}{{#yes}}{{^no}}x{{/no}}{{/yes}}{{/yes}}", "x"),
    Case("an object as a section", "{{#outer}}{{#middle}}{{name}}{{deep}}{{/middle}}{{/outer}}", "inner!"),
    Case("an object inverted", "{{^outer}}1{{/outer}}", ""),
  ]

  static let alone = [
    Case("sections on lines of their own", "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"),
    Case("left-out lines", "a\n  {{#no}}  \nb\n  {{/no}}\nc", "a\nc"),
    Case("a first and a last line", "{{#yes}}\nb\n{{/yes}}", "b\n"),
    Case("an opening tag beside text", "{{#yes}}a\n{{/yes}}\nb\n", "a\nb\n"),
    Case("two tags on a line", "{{#yes}}{{/yes}}\nb\n", "\nb\n"),
    Case("a text tag alone", "{{number}}\n{{{number}}}\n", "-12\n-12\n"),
    Case("a comment alone", "a\n{{! b }}\nc\n", "a\nc\n"),
    Case("an empty line between", "{{#yes}}\n\n{{/yes}}\n", "\n"),
    Case("a partial alone", "a\n{{> part}}\nb\n", "a\n[-12]\nb\n"),
    Case("a partial in a line", "a {{> part}} b\n", "a [-12]\n b\n"),
    Case("a partial looks outwards", "{{#rows}}{{> row}}{{/rows}}", "A<1A><2A>B"),
  ]

  static func render(_ name: String, of templates: TemplateSet) throws(TemplateFault) -> [UInt8] {
    var text: [UInt8] = []
    try templates.render(name, view) { text += $0 }
    return text
  }

  @Test(arguments: inLine + alone)
  func renders(_ template: Case) throws {
    let templates = try TemplateSet([
      "main": Array(template.template.utf8), "part": Array("[{{number}}]\n".utf8),
      "row": Array("{{row}}{{#cells}}{{> cell}}{{/cells}}".utf8), "cell": Array("<{{.}}{{row}}>".utf8),
    ])
    #expect(String(decoding: try Self.render("main", of: templates), as: UTF8.self) == template.text)
  }

  // MARK: What is a fault

  /// A template `main` that is refused.
  struct Wrong: CustomTestStringConvertible, Sendable {
    let template: String
    let line: Int
    let problem: TemplateFault.Problem
    var testDescription: String { template }

    init(_ template: String, line: Int = 1, _ problem: TemplateFault.Problem) {
      self.template = template
      self.line = line
      self.problem = problem
    }
  }

  @Test(
    arguments: [
      Wrong("a {{", .unclosedTag), Wrong("a\nb {{name\n", line: 2, .unclosedTag),
      Wrong("{{{name}}", .unclosedTag), Wrong("{{}}", .malformedName("")),
      Wrong("{{# }}", .malformedName("")),
      Wrong("{{a b}}", .malformedName("a b")), Wrong("{{a..b}}", .malformedName("a..b")),
      Wrong("{{.a}}", .malformedName(".a")), Wrong("{{&name}}", .malformedName("&name")),
      Wrong("{{=<% %>=}}", .malformedName("=<% %>=")), Wrong("{{é}}", .malformedName("é")),
      Wrong("\n{{#yes}}\n", line: 2, .unclosedSection("yes")),
      Wrong("{{#yes}}{{#no}}{{/no}}", .unclosedSection("yes")),
      Wrong("x\n\n{{/yes}}", line: 3, .unopenedSection("yes")),
      Wrong("{{#yes}}\n{{#no}}\n{{/yes}}{{/no}}", line: 3, .unopenedSection("yes")),
      Wrong("a\n{{> nowhere}}", line: 2, .unknownTemplate("nowhere")),
    ])
  func refusesToParse(_ wrong: Wrong) {
    let fault = TemplateFault(template: "main", line: wrong.line, problem: wrong.problem)
    #expect(throws: fault) { try TemplateSet(["main": Array(wrong.template.utf8)]) }
  }

  @Test(
    arguments: [
      Wrong("\n{{unknown}}", line: 2, .unknownName("unknown")),
      Wrong("{{#unknown}}{{/unknown}}", .unknownName("unknown")),
      Wrong("{{^unknown}}{{/unknown}}", .unknownName("unknown")),
      Wrong("{{outer.unknown}}", .unknownName("outer.unknown")),
      Wrong("{{outer.number}}", .unknownName("outer.number")),
      Wrong("{{name.length}}", .unknownName("name.length")),
      Wrong("{{#outer}}{{/outer}}{{deep}}", .unknownName("deep")),
      Wrong("{{#rows}}\n{{#cells}}{{cell}}{{/cells}}{{/rows}}", line: 2, .unknownName("cell")),
      Wrong("{{absent}}", .notText("absent")), Wrong("{{yes}}", .notText("yes")),
      Wrong("{{rows}}", .notText("rows")),
      Wrong("{{outer}}", .notText("outer")), Wrong("{{outer.middle.gone}}", .notText("outer.middle.gone")),
      Wrong("{{.}}", .notText(".")), Wrong("{{#yes}}{{.}}{{/yes}}", .notText(".")),
      Wrong("{{#rows}}{{.}}{{/rows}}", .notText(".")),
    ])
  func neverRendersWhatIsNotThere(_ wrong: Wrong) throws {
    let templates = try TemplateSet(["main": Array(wrong.template.utf8)])
    let fault = TemplateFault(template: "main", line: wrong.line, problem: wrong.problem)
    #expect(throws: fault) { try Self.render("main", of: templates) }
  }

  @Test func faultsNameThePartial() throws {
    let templates = try TemplateSet(["main": Array("{{> part}}".utf8), "part": Array("\n{{unknown}}".utf8)])
    #expect(throws: TemplateFault(template: "part", line: 2, problem: .unknownName("unknown"))) {
      try Self.render("main", of: templates)
    }
    #expect(throws: TemplateFault(template: "none", line: 0, problem: .unknownTemplate("none"))) {
      try Self.render("none", of: templates)
    }
  }
}
