internal import Syntax

/// A JMESPath expression of one of the few kinds that models use for endpoint rules.
///
/// - Shape: members, `[*]`, `[]`, lists of expressions in brackets, and `keys(…)`.
/// - Source: JMESPath's specification; Smithy 2.0, `operationContextParams`.
struct ContextPath {
  fileprivate enum Step {
    case member(String)
    case each
    case flatten
    case keys([Step])
    case list([[Step]])
  }

  /// The result of an expression.
  private enum Found {
    case node(NodeID)
    case text(String)
    case list([Found?])
  }

  private let steps: [Step]

  /// `nil` for any other kind of expression.
  init?(_ text: String) {
    var rest = Array(text.unicodeScalars.filter { $0 != " " })[...]
    guard let steps = Self.steps(&rest), rest.isEmpty else { return nil }
    self.steps = steps
  }

  private static func steps(_ rest: inout ArraySlice<Unicode.Scalar>) -> [Step]? {
    var steps: [Step] = []
    while let scalar = rest.first, scalar != ",", scalar != ")", scalar != "]" {
      if scalar == "." { rest.removeFirst() }
      if rest.first == "[" {
        rest.removeFirst()
        guard let step = bracket(&rest) else { return nil }
        steps.append(step)
        continue
      }
      let name = rest.prefix { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" }
      guard let first = name.first, first == "_" || first.properties.isAlphabetic else { return nil }
      rest = rest[name.endIndex...]
      let text = String(String.UnicodeScalarView(name))
      if rest.first == "(" {
        rest.removeFirst()
        guard text == "keys", let inner = Self.steps(&rest), rest.popFirst() == ")" else { return nil }
        steps.append(.keys(inner))
      } else {
        steps.append(.member(text))
      }
    }
    return steps
  }

  /// Parses the rest of a step after its opening bracket.
  private static func bracket(_ rest: inout ArraySlice<Unicode.Scalar>) -> Step? {
    if rest.first == "]" {
      rest.removeFirst()
      return .flatten
    }
    if rest.first == "*" {
      rest.removeFirst()
      return rest.popFirst() == "]" ? .each : nil
    }
    var parts: [[Step]] = []
    while let part = steps(&rest) {
      parts.append(part)
      switch rest.popFirst() {
      case "]": return .list(parts)
      case ",": continue
      default: return nil
      }
    }
    return nil
  }

  // MARK: Finding

  /// A text or a list of texts; `nil` if the parameters have none there, or the value is known only at run time.
  func value(in document: Document, from root: NodeID?) -> RuleValue? {
    guard let root else { return nil }
    switch find(steps, in: document, from: .node(root)) {
    case nil: return nil
    case .text(let text): return .string(text)
    case .node(let id): return text(at: id, in: document)
    case .list(let items):
      return .array(
        items.compactMap { item in
          switch item {
          case .text(let text): .string(text)
          case .node(let id): text(at: id, in: document)
          default: nil
          }
        })
    }
  }

  private func text(at id: NodeID, in document: Document) -> RuleValue? {
    guard document[id].kind == .scalar, document.scalarType(of: id) != .null, !document.isUnknown(id) else {
      return nil
    }
    return .string(document.string(of: id))
  }

  /// Flattening ends a projection, so the steps before it are evaluated first.
  private func find(_ steps: [Step], in document: Document, from start: Found) -> Found? {
    var value: Found? = start
    var isFirst = true
    for part in steps.split(omittingEmptySubsequences: false, whereSeparator: { $0.isFlatten }) {
      if isFirst {
        value = value.flatMap { project(part, in: document, $0) }
      } else {
        guard let items = value.flatMap({ self.items(of: $0, in: document) }) else { return nil }
        let merged = items.flatMap { item in
          item.flatMap { self.items(of: $0, in: document) } ?? [item]
        }
        value = .list(merged.compactMap { $0.flatMap { project(part, in: document, $0) } })
      }
      isFirst = false
    }
    return value
  }

  private func project(_ steps: ArraySlice<Step>, in document: Document, _ value: Found) -> Found? {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .member(let name):
      guard case .node(let id) = value, let member = document.value(of: name, in: id) else { return nil }
      return project(rest, in: document, .node(document.resolve(member)))
    case .each:
      guard let items = items(of: value, in: document) else { return nil }
      return .list(items.compactMap { $0.flatMap { project(rest, in: document, $0) } })
    case .keys(let inner):
      guard case .node(let id) = find(inner, in: document, from: value), document[id].kind == .mapping
      else { return nil }
      let keys = document.uniqueEntries(of: id).map { Found.text(document.string(of: $0.key)) }
      return project(rest, in: document, .list(keys))
    case .list(let parts):
      return project(rest, in: document, .list(parts.map { find($0, in: document, from: value) }))
    case .flatten: return value
    }
  }

  private func items(of value: Found, in document: Document) -> [Found?]? {
    switch value {
    case .list(let items): items
    case .node(let id) where document[id].kind == .sequence:
      document.items(of: id).map { .node(document.resolve($0)) }
    default: nil
    }
  }
}

extension ContextPath.Step {
  fileprivate var isFlatten: Bool {
    if case .flatten = self { true } else { false }
  }
}
