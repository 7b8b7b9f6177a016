/// A Mustache template, read into a flat list of nodes.
///
/// - Shape: no set delimiters, lambdas, inheritance or indentation of partials.
/// - Source: mustache(5), and the specification's rules for tags that stand alone on their line.
struct Template {
  enum Node {
    /// Bytes of the source, copied as they are.
    case literal(Range<Int>)
    /// `{{name}}`, or `{{{name}}}` for what is markup already.
    case text(Reference, isMarkup: Bool)
    /// `{{#name}}` or `{{^name}}`; what is inside reaches from the next node to `end`.
    case section(Reference, isInverted: Bool, end: Int)
    /// `{{> name}}`.
    case partial(Reference)
  }

  /// A name where a tag uses it.
  ///
  /// - Shape: a class, so that a tag rendered a thousand times is passed on without copying its names.
  final class Reference: Sendable {
    /// As it is written: `.` or names joined by dots.
    let name: String
    /// None for `.`, which is the innermost value itself.
    let path: [String]
    let line: Int

    init(name: String, path: [String], line: Int) {
      self.name = name
      self.path = path
      self.line = line
    }
  }

  let name: String
  let source: [UInt8]
  let nodes: [Node]

  init(_ source: [UInt8], named name: String) throws(TemplateFault) {
    var parser = TemplateParser(source: source, name: name)
    try parser.parse()
    self.name = name
    self.source = source
    nodes = parser.nodes
  }

  var partials: [Reference] {
    nodes.compactMap { node in
      if case .partial(let reference) = node { reference } else { nil }
    }
  }
}

private struct TemplateParser {
  let source: [UInt8]
  let name: String
  private(set) var nodes: [Template.Node] = []
  private var open: [Section] = []
  private var position = 0
  private var line = 1

  private struct Section {
    let node: Int
    let reference: Template.Reference
    let isInverted: Bool
  }

  private struct Tag {
    /// The character that says what it is, or a space.
    let kind: UInt8
    let text: String
    /// The tag, or its whole line if nothing else is on it.
    let range: Range<Int>
  }

  init(source: [UInt8], name: String) {
    self.source = source
    self.name = name
  }

  mutating func parse() throws(TemplateFault) {
    while let start = find("{{", from: position) {
      line += newlines(position..<start)
      let tag = try tag(at: start)
      addLiteral(to: tag.range.lowerBound)
      try add(tag)
      line += newlines(start..<tag.range.upperBound)
      position = tag.range.upperBound
    }
    addLiteral(to: source.count)
    if let section = open.last {
      throw TemplateFault(
        template: name, line: section.reference.line, problem: .unclosedSection(section.reference.name))
    }
  }

  private mutating func addLiteral(to end: Int) {
    if position < end { nodes.append(.literal(position..<end)) }
  }

  private mutating func add(_ tag: Tag) throws(TemplateFault) {
    if tag.kind == UInt8(ascii: "!") { return }
    let reference = try reference(tag.text)
    switch tag.kind {
    case UInt8(ascii: "#"), UInt8(ascii: "^"):
      let isInverted = tag.kind == UInt8(ascii: "^")
      open.append(Section(node: nodes.count, reference: reference, isInverted: isInverted))
      // Its end is known only at its closing tag.
      nodes.append(.section(reference, isInverted: isInverted, end: nodes.count + 1))
    case UInt8(ascii: "/"):
      guard let section = open.popLast(), section.reference.path == reference.path else {
        throw fault(.unopenedSection(reference.name))
      }
      nodes[section.node] = .section(
        section.reference, isInverted: section.isInverted, end: nodes.count)
    case UInt8(ascii: ">"): nodes.append(.partial(reference))
    default: nodes.append(.text(reference, isMarkup: tag.kind == UInt8(ascii: "{")))
    }
  }

  private func tag(at start: Int) throws(TemplateFault) -> Tag {
    let first = start + 2 < source.count ? source[start + 2] : UInt8(ascii: " ")
    let isKind = "#^/>!{".utf8.contains(first)
    let close = first == UInt8(ascii: "{") ? "}}}" : "}}"
    let content = start + (isKind ? 3 : 2)
    guard let end = find(close, from: content) else { throw fault(.unclosedTag) }
    let text = source[content..<end].drop { $0 == UInt8(ascii: " ") }
    let length = text.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 - text.startIndex } ?? 0
    let range = start..<end + close.utf8.count
    let standsAlone = isKind && first != UInt8(ascii: "{")
    return Tag(
      kind: isKind ? first : UInt8(ascii: " "), text: String(decoding: text.prefix(length), as: UTF8.self),
      range: standsAlone ? wholeLine(around: range) ?? range : range)
  }

  private func reference(_ text: String) throws(TemplateFault) -> Template.Reference {
    if text == "." { return Template.Reference(name: text, path: [], line: line) }
    let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNamePart) }) else {
      throw fault(.malformedName(text))
    }
    return Template.Reference(name: text, path: path, line: line)
  }

  /// The tag's line with its line break, if only blanks surround the tag.
  private func wholeLine(around tag: Range<Int>) -> Range<Int>? {
    let start = (source[..<tag.lowerBound].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let end = source[tag.upperBound...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
    let beside = [start..<tag.lowerBound, tag.upperBound..<end]
    guard beside.allSatisfy({ source[$0].allSatisfy { $0 == UInt8(ascii: " ") } }) else { return nil }
    return start..<min(end + 1, source.count)
  }

  private func find(_ text: String, from start: Int) -> Int? {
    source.indices.dropFirst(start).first { source[$0...].starts(with: text.utf8) }
  }

  private func newlines(_ range: Range<Int>) -> Int { source[range].count { $0 == UInt8(ascii: "\n") } }

  private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private func fault(_ problem: TemplateFault.Problem) -> TemplateFault {
    TemplateFault(template: name, line: line, problem: problem)
  }
}
