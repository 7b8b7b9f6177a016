import TestSupport
import Testing

@testable import Syntax

/// yaml-test-suite: the same events as bare libyaml, values as its JSON says, and places that make sense.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct YAMLSuiteTests {
  /// Cases with tags that no reader of request files knows.
  private static let withUnknownTags =
    "2XXW 5TYM 6CK3 6WLZ 7FWL 9WXW C4HZ CC74 CUP7 J7PZ M5C3 P76L UGM3 Z67P Z9M4"

  let cases: [YAMLCase]

  init() throws { cases = try YAMLCase.all() }

  @Test func holdsEveryCase() {
    #expect(cases.count == 402)
    #expect(cases.count { $0.result.libyaml == .ok } == 252)
    #expect(cases.count { $0.result.libyaml == .diff } == 5)
    #expect(cases.count { $0.result.libyaml == .error } == 51)
    #expect(cases.count { $0.result.libyaml == .invalidAccepted } == 16)
    #expect(cases.count { $0.result.libyaml == .invalidRejected } == 78)
  }

  @Test func acceptsAndRefusesAsLibyaml() {
    let other = cases.filter { ($0.events().fault == nil) != $0.result.libyaml.isAccepted }
    #expect(other.map(\.id) == [])
  }

  @Test func readsTheExpectedEvents() {
    for item in cases where item.result.libyaml == .ok {
      #expect(item.events().lines == item.expected, "\(item.id)")
    }
  }

  @Test func differsFromTheSuiteOnlyWhereLibyamlDoes() throws {
    for item in cases where item.result.libyaml == .diff {
      let lines = item.events().lines
      let difference = try #require(zip(item.expected, lines).first { $0 != $1 }, "\(item.id)")
      #expect([difference.0, difference.1] == item.result.firstDifference, "\(item.id)")
    }
  }

  @Test func placesEveryFaultInsideTheText() throws {
    for item in cases {
      guard let fault = item.events().fault else { continue }
      #expect((0...item.input.count).contains(fault.offset), "\(item.id)")
    }
  }

  /// The same through the tree reader, which also reads on after a fault.
  @Test func reportsAnIssueForEveryFault() {
    for item in cases {
      let source = SourceText(item.input)
      var issues: [SyntaxIssue] = []
      readDocuments(source, as: .yaml, limits: Limits()) { if let issue = $0.issue { issues.append(issue) } }
      let faults = issues.filter { !$0.isAboutTags }
      #expect(faults.isEmpty == item.result.libyaml.isAccepted, "\(item.id): \(faults)")
      for issue in issues { #expect(Int(issue.span.end) <= item.input.count, "\(item.id)") }
    }
  }

  // MARK: Values

  @Test func readsTheValuesOfTheJSON() throws {
    var compared = 0
    var tagged: [String] = []
    for item in cases where item.result.libyaml == .ok {
      guard let json = item.json else { continue }
      let parsed = read(String(decoding: item.input, as: UTF8.self))
      if parsed.contains(where: { $0.issue?.isAboutTags == true }) {
        tagged.append(item.id)
        continue
      }
      let values = try jsonValues(json, item.id)
      let documents = parsed.compactMap(\.document)
      #expect(documents.count == values.count, "\(item.id)")
      for (document, value) in zip(documents, values) {
        #expect(outline(document, document.root) == outline(value, value.root), "\(item.id)")
      }
      compared += 1
    }
    #expect(compared == 219)
    #expect(tagged.joined(separator: " ") == Self.withUnknownTags)
  }

  /// The values of a file that holds one JSON text after another.
  private func jsonValues(_ bytes: [UInt8], _ id: String) throws -> [Document] {
    var values: [Document] = []
    var rest = bytes[...]
    while !rest.allSatisfy(isYAMLBlank) {
      switch readJSON(SourceText(Array(rest)), limits: Limits()) {
      case .document(let document):
        values.append(document)
        rest = []
      case .issue(let issue):
        let end = rest.startIndex + Int(issue.span.start)
        let first = readJSON(SourceText(Array(rest[..<end])), limits: Limits())
        values.append(try #require(first.document, "\(id): \(issue)"))
        rest = rest[end...]
      }
    }
    return values
  }

  /// A value by the types of YAML 1.2, members sorted.
  private func outline(_ document: Document, _ id: NodeID) -> String {
    switch document[id].kind {
    case .mapping:
      let members = document.entries(of: id).map { entry in
        let key = document[entry.key].kind == .scalar ? quote(document.string(of: entry.key)) : "?"
        return "\(key): \(outline(document, entry.value))"
      }
      return "{\(members.sorted().joined(separator: ", "))}"
    case .sequence: return "[\(document.items(of: id).map { outline(document, $0) }.joined(separator: ", "))]"
    case .scalar, .alias: break
    }
    switch document.scalarType(of: id) {
    case .null: return "null"
    case .boolean: return document.boolean(of: id) == true ? "true" : "false"
    case .integer, .float: return document.number(of: id).map { $0.description } ?? "no number"
    default: return quote(document.string(of: id))
    }
  }

  // MARK: Places

  @Test func placesEveryScalarOnItsOwnSpelling() {
    var scalars = 0
    for item in cases {
      let source = SourceText(item.input)
      source.bytes.withUnsafeBufferPointer { bytes in
        _ = withYAMLEvents(bytes, from: 0, isASCII: source.isASCII) { event in
          guard event.kind == .scalar else { return true }
          scalars += 1
          let spelling = bytes[event.span.range]
          #expect(isPlausible(spelling, event), "\(item.id): \(String(decoding: spelling, as: UTF8.self))")
          return true
        }
      }
    }
    #expect(scalars == 1261)
  }

  private func isPlausible(_ spelling: Slice<UnsafeBufferPointer<UInt8>>, _ event: YAMLEvent) -> Bool {
    let ends = (spelling.first, spelling.last, spelling.count)
    switch event.style {
    case .singleQuoted: return ends.0 == UInt8(ascii: "'") && ends.1 == UInt8(ascii: "'") && ends.2 >= 2
    case .doubleQuoted: return ends.0 == UInt8(ascii: "\"") && ends.1 == UInt8(ascii: "\"") && ends.2 >= 2
    case .literal: return ends.0 == UInt8(ascii: "|")
    case .folded: return ends.0 == UInt8(ascii: ">")
    default:
      if !spelling.contains(0x0A) { return spelling.elementsEqual(event.text) }
      let words = spelling.split(whereSeparator: isYAMLBlank).map { Array($0) }
      return words == event.text.split(whereSeparator: isYAMLBlank).map { Array($0) }
    }
  }

  @Test func nestsAndOrdersSpans() {
    for item in cases {
      for document in read(String(decoding: item.input, as: UTF8.self)).compactMap(\.document) {
        #expect(Int(document.span.end) <= item.input.count, "\(item.id)")
        #expect(document.span.contains(document[document.root].span), "\(item.id)")
        checkOrder(document, document.root, item.id)
      }
    }
  }

  private func checkOrder(_ document: Document, _ id: NodeID, _ name: String) {
    var last = document[id].span.start
    var next = id.index + 1
    guard document.count(of: id) > 0 else { return }
    while next < Int(document[id].first) {
      let child = document[NodeID(next)]
      #expect(document[id].span.contains(child.span), "\(name): \(id) \(NodeID(next))")
      #expect(child.span.start >= last, "\(name): \(NodeID(next))")
      last = child.span.end
      checkOrder(document, NodeID(next), name)
      next = child.kind == .mapping || child.kind == .sequence ? Int(child.first) : next + 1
    }
  }
}

extension SyntaxIssue {
  fileprivate var isAboutTags: Bool { message.hasPrefix("tag ") }
}
