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

  /// The limit is the file's, also where a document between is broken.
  @Test(arguments: ["---\n", "--- [}\n---\n"])
  func countsAliasesOfAllDocuments(_ separator: String) throws {
    let text = "- &x [1, 2]\n- *x\n" + separator + "- &y [1, 2]\n- *y\n"
    #expect(read(text, limits: Limits(aliasedNodes: 6)).last?.document?.outline() == "[[1, 2], [1, 2]]")
    let over = read(text, limits: Limits(aliasedNodes: 5))
    #expect(over.first?.document != nil)
    #expect(over.last?.issue?.message == "aliases stand for more than 5 nodes")
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
