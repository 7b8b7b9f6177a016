import Testing

@testable import Syntax

struct MergeAndAliasTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let pointer: String
    let expected: String

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "alias of a scalar", text: "a: &x 1\nb: *x\n", pointer: "/b", expected: "1"),
    Case(name: "alias of a collection", text: "a: &x {c: [1]}\nb: *x\n", pointer: "/b", expected: "{c: [1]}"),
    Case(name: "alias as a key", text: "&x k: 1\no: {*x : 2}\n", pointer: "/o", expected: "{k: 2}"),
    Case(
      name: "anchor given again", text: "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", pointer: "",
      expected: "{a: 1, b: 1, c: 2, d: 2}"),
    Case(
      name: "merge", text: "a: &x {p: 1, q: 2}\nb: {q: 3, <<: *x}\n", pointer: "/b", expected: "{q: 3, p: 1}"),
    Case(
      name: "own keys win wherever they stand", text: "a: &x {p: 1}\nb:\n  <<: *x\n  p: 2\n", pointer: "/b",
      expected: "{p: 2}"),
    Case(
      name: "first of several wins", text: "- &x {p: 1}\n- &y {p: 2, q: 2}\n- {<<: [*x, *y]}\n",
      pointer: "/2",
      expected: "{p: 1, q: 2}"),
    Case(
      name: "merge of a merge", text: "- &x {p: 1}\n- &y {<<: *x, q: 2}\n- {<<: *y, r: 3}\n", pointer: "/2",
      expected: "{r: 3, q: 2, p: 1}"),
    Case(
      name: "merge of a mapping in place", text: "<<: {p: 1}\nq: 2\n", pointer: "", expected: "{q: 2, p: 1}"),
    Case(name: "two merge keys", text: "<<: {p: 1}\n? <<\n: {q: 2}\n", pointer: "", expected: "{p: 1, q: 2}"),
    Case(name: "quoted merge sign is a key", text: "'<<': {p: 1}\n", pointer: "", expected: "{<<: {p: 1}}"),
    Case(name: "merge sign as a value", text: "a: <<\nb: [<<]\n", pointer: "", expected: "{a: <<, b: [<<]}"),
  ]

  @Test(arguments: [
    "<<: 1\np: 2\n", "<<: [{p: 1}, q]\n", "a: &a [1]\nb: {<<: *a}\n", "<<:\n", "a: &a x\nb: {<<: [*a]}\n",
  ])
  func refusesAMergeOfAnythingButMappings(_ text: String) {
    var issues: [String] = []
    readDocuments(SourceText(text), as: .yaml, limits: Limits()) { parsed in
      if case .issue(let issue) = parsed { issues.append(issue.message) }
    }
    #expect(issues == ["merge key << needs a mapping or a list of mappings"])
  }

  @Test(arguments: cases)
  func resolves(_ item: Case) throws {
    let document = try document(item.text)
    #expect(document.outline(try document.at(item.pointer)) == item.expected)
  }

  @Test func findsMergedValues() throws {
    let document = try document("a: &x {p: 1}\nb: {<<: *x, q: 2}\n")
    let merging = try document.at("/b")
    #expect(document.value(of: "p", in: merging).map { document.string(of: $0) } == "1")
    #expect(document.value(of: "<<", in: merging) == nil)
    #expect(document.count(of: merging) == 2, "entries as written")
  }

  @Test func jsonHasNoMergeKey() throws {
    #expect(try document(#"{"<<": {"p": 1}}"#, as: .json).outline() == "{<<: {p: 1}}")
  }

  struct FaultCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let kind: SyntaxIssue.Kind
    let message: String
    let place: String

    var testDescription: String { name }
  }

  static let faults = [
    FaultCase(
      name: "no anchor", text: "a: *x\n", kind: .syntax, message: "alias *x has no anchor above it",
      place: "1:4-1:6"),
    FaultCase(
      name: "anchor below", text: "a: *x\nb: &x 1\n", kind: .syntax,
      message: "alias *x has no anchor above it",
      place: "1:4-1:6"),
    FaultCase(
      name: "recursive sequence", text: "&x [1, *x]\n", kind: .limit,
      message: "alias *x stands inside the value that it names", place: "1:8-1:10"),
    FaultCase(
      name: "recursive merge", text: "a: &x\n  b:\n    <<: *x\n", kind: .limit,
      message: "alias *x stands inside the value that it names", place: "3:9-3:11"),
  ]

  @Test(arguments: faults)
  func refuses(_ item: FaultCase) throws {
    let parsed = read(item.text)
    #expect(parsed.count == 1)
    let issue = try #require(parsed.first?.issue)
    #expect(issue.kind == item.kind)
    #expect(issue.message == item.message)
    #expect(SourceText(item.text).place(issue.span) == item.place)
  }

  /// An anchor holds for its own document only.
  @Test func forgetsAnchorsAtTheEndOfADocument() throws {
    let parsed = read("a: &x 1\n---\nb: *x\n---\nc: 1\n")
    #expect(parsed.map { $0.document?.outline() } == ["{a: 1}", nil, "{c: 1}"])
    #expect(parsed[1].issue?.message == "alias *x has no anchor above it")
  }

  // MARK: Bombs

  /// `levels` sequences of ten aliases each, the last one standing for 10^levels scalars and more.
  private func bomb(levels: Int) -> String {
    (1...levels).reduce("a0: &a0 x\n") { text, level in
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return text + "a\(level): &a\(level) [\(aliases)]\n"
    }
  }

  @Test(.timeLimit(.minutes(5))) func defusesAliasBombs() throws {
    for levels in [9, 40] {
      let parsed = read(bomb(levels: levels))
      #expect(parsed.count == 1)
      let issue = try #require(parsed.first?.issue)
      #expect(issue.kind == .limit)
      #expect(issue.message == "aliases stand for more than 1000000 nodes")
    }
  }

  /// Three aliases of a sequence of four scalars stand for fifteen nodes.
  @Test func countsTheNodesThatAliasesStandFor() throws {
    let text = "- &x [1, 2, 3, 4]\n- [*x, *x, *x]\n"
    #expect(read(text, limits: Limits(aliasedNodes: 15)).first?.document?.nodeCount == 10)
    let issue = try #require(read(text, limits: Limits(aliasedNodes: 14)).first?.issue)
    #expect(issue.message == "aliases stand for more than 14 nodes")
    #expect(SourceText(text).place(issue.span) == "2:12-2:14")
  }

  /// Each document has aliases of its own, also where one between is broken.
  @Test(arguments: ["---\n", "--- [}\n---\n"])
  func countsAliasesOfEachDocument(_ separator: String) throws {
    let text = "- &x [1, 2]\n- *x\n" + separator + "- &y [1, 2]\n- *y\n"
    #expect(read(text, limits: Limits(aliasedNodes: 3)).last?.document?.outline() == "[[1, 2], [1, 2]]")
    let over = read(text, limits: Limits(aliasedNodes: 2))
    #expect(over.first?.issue?.message == "aliases stand for more than 2 nodes")
    #expect(over.last?.issue?.message == "aliases stand for more than 2 nodes")
  }

  /// A small document may not stand for as much as a large one.
  @Test func aliasesAreInProportionToTheDocument() throws {
    let text = bomb(levels: 5)
    let nodes = 10_000 + 20 * text.utf8.count
    let issue = try #require(read(text).first?.issue)
    #expect(issue.message == "aliases stand for more than \(nodes) nodes")
    #expect(issue.limit == .aliasedNodes)
    #expect(read(text + "z: " + String(repeating: "x", count: 20_000) + "\n").first?.document != nil)
    var limits = Limits(aliasedNodes: 1_000_000_000)
    limits.aliasedBytes = 1 << 31
    #expect(read(text, limits: limits).first?.document != nil)
  }

  // MARK: Outlines

  /// What is kept of a document that exceeds a limit; the rest of the text is read as if it did not.
  @Test(arguments: [
    ("a: &a [1, 2, 3]\nb: *a\nc: [*a, {d: *a}]\ne: f\n", "{a: [1, 2, 3], b: , c: [, {d: }], e: f}"),
    ("a: &x [*x]\nb: [*x]\n", "{a: [], b: []}"),
    ("a: [[[[[[1, &y 2], 3]]]]]\nb: *y\nc: 4\n", "{a: [[[]]], b: , c: 4}"),
    ("a: [[[[{b: 1}]]]]\nc: {<<: *nowhere, d: 1}\n", "{a: [[[]]], c: {d: 1}}"),
    ("a: [[[[1]]]]\nb: [1, 2\n", "{a: [[[]]], b: [1, 2]}"),
    ("a: " + String(repeating: "[", count: 50), "{a: [[[]]]}"),
  ])
  func keepsOutlines(_ text: String, _ expected: String) throws {
    var parsed: [ParsedDocument] = []
    let limits = Limits(nesting: 4, aliasedNodes: 3)
    readDocuments(SourceText(text + "\n---\nx: 1\n"), as: .yaml, limits: limits, keepsOutlines: true) {
      parsed.append($0)
    }
    let document = try #require(parsed.first?.document)
    #expect(document.limitIssue?.kind == .limit)
    #expect(document.outline() == expected)
    #expect(parsed.last?.document?.outline() == "{x: 1}")
    #expect(parsed.last?.document?.limitIssue == nil)
  }

  @Test(arguments: [
    (#"{"a": [[[[1], 2]]], "b": 3}"#, "{a: [[[, 2]]], b: 3}"),
    (#"{"a": [[[[1]]]], "b": 3"#, "{a: [[[]]], b: 3}"),
    (#"{"a": [[[[{"b": "}"}]]]], "b": {"c": [3]}}"#, "{a: [[[]]], b: {c: [3]}}"),
  ])
  func keepsOutlinesOfJSON(_ text: String, _ expected: String) throws {
    guard
      case .document(let document) = readJSON(
        SourceText(text), limits: Limits(nesting: 4), keepsOutline: true)
    else {
      Issue.record("no outline")
      return
    }
    #expect(document.limitIssue?.message == "nesting is deeper than 4 levels")
    #expect(document.outline() == expected)
    if case .document = readJSON(SourceText(text), limits: Limits(nesting: 4)) { Issue.record("no issue") }
  }

  @Test func countsTheBytesThatAliasesStandFor() throws {
    // A scalar of five bytes and a list of seven that holds an alias of it.
    let text = "- &x 'abc'\n- &y [*x, 1]\n- *y\n- *x\n"
    var limits = Limits()
    limits.aliasedBytes = 5 + (7 + 5) + 5
    #expect(read(text, limits: limits).first?.document != nil)
    limits.aliasedBytes -= 1
    let issue = try #require(read(text, limits: limits).first?.issue)
    #expect(issue.kind == .limit)
    #expect(issue.message == "aliases stand for more than 21 bytes")
    #expect(SourceText(text).place(issue.span) == "4:3-4:5")
  }

  @Test func mergesAChainInOrder() throws {
    // What stands nearer goes before what is merged, and the first of a list before the others.
    let text = """
      - &a {k: a, l: a, m: a}
      - &b {<<: *a, k: b, n: b}
      - &c {m: c, o: c}
      - {<<: [*b, *c, *b], k: d}

      """
    let document = try #require(read(text).first?.document)
    let items = Array(document.items(of: document.root))
    let entries = document.entries(of: items[3]).map {
      "\(document.string(of: $0.key)): \(document.string(of: $0.value))"
    }
    #expect(entries == ["k: d", "n: b", "l: a", "m: a", "o: c"])
  }

  @Test func multipliesNestedAliasesOut() {
    // In y both aliases stand for 3 nodes each; the one of y stands for its own 3 nodes and those 6.
    let text = "- &x [1, 2]\n- &y [*x, *x]\n- [*y]\n"
    let counted = (0...30).first { read(text, limits: Limits(aliasedNodes: $0)).first?.document != nil }
    #expect(counted == 15)
  }
}
