internal import Models
package import Syntax

/// A rule's fix for its violations.
struct RuleFix {
  enum Action {
    /// Removes the failing member.
    case removeMember
    case remove(JSONPointer)
    /// Adds members next to the rule's place.
    case add([(name: String, value: NewScalar)])
    /// Writes the time at the rule's place in milliseconds since 1970.
    case epochMilliseconds
  }

  /// The requests for which the fix is right; `nil` for all that the rule rejects.
  let when: Schema?
  /// Whether it cannot change the intended meaning.
  let isSafe: Bool
  let action: Action
}

/// An edit of the file that ends a violation.
package struct RuleRepair: Hashable, Sendable {
  package let isSafe: Bool
  package let edits: [TextEdit]
}

extension Rule {
  /// The place of a time that the rule's fix writes in milliseconds since 1970.
  package var epochMillisecondsPlace: JSONPointer? {
    guard case .epochMilliseconds? = fix?.action else { return nil }
    return place
  }
}

extension Document {
  /// The edit that writes a time as milliseconds since 1970: seconds of ten digits, or RFC 3339 with its zone.
  package func epochMilliseconds(at id: NodeID) -> TextEdit? {
    switch scalarType(of: id) {
    case .integer:
      guard let seconds = number(of: id)?.int64, (1_000_000_000...9_999_999_999).contains(seconds) else {
        return nil
      }
      return literal(String(seconds * 1000), at: id)
    case .string:
      return Instant(rfc3339: string(of: id)).flatMap { literal(String($0.milliseconds), at: id) }
    default: return nil
    }
  }
}

extension RuleFix {
  /// The edits that repair a failure; `nil` if nothing can be edited safely.
  func edits(for failure: SchemaFailure, of rule: Rule, in context: EvaluationContext) -> [TextEdit]? {
    let document = context.document
    switch action {
    case .removeMember:
      guard let place = place(of: failure.path, in: context), place.isMeant(by: failure, document) else {
        return nil
      }
      return document.removal(of: place.key, from: place.mapping)
    case .remove(let pointer):
      let found = document.follow(pointer, from: context.root)
      guard found.value != nil, let place = place(of: found.path, in: context) else { return nil }
      return document.removal(of: place.key, from: place.mapping)
    case .add(let members):
      let place = place(of: failure.path, in: context)
      var edits: [TextEdit] = []
      for member in members {
        let added = document.insertion(
          member.name, member.value, after: place?.key, in: place?.mapping ?? context.root)
        guard let added else { return nil }
        edits = edits.joined(added)
      }
      return edits
    case .epochMilliseconds:
      guard let pointer = rule.place, let value = document.follow(pointer, from: context.root).value else {
        return nil
      }
      return document.epochMilliseconds(at: value).map { [$0] }
    }
  }

  /// An entry of a mapping.
  private struct Place {
    let mapping: NodeID
    let key: NodeID
    let value: NodeID

    /// Whether a failure concerns the entry itself, not something inside its text.
    func isMeant(by failure: SchemaFailure, _ document: Document) -> Bool {
      [document.sourceSpan(of: value), document.anchorSpan(of: value), document.sourceSpan(of: key)]
        .contains(failure.span)
    }
  }

  /// The entry at the end of a path; `nil` if the path passes an alias or ends at no entry.
  private func place(of path: [Document.Step], in context: EvaluationContext) -> Place? {
    let document = context.document
    guard case .member(let key)? = path.last else { return nil }
    let parent = document.follow(document.pointer(path.dropLast()), from: context.root).value
    guard let parent, let entry = document.entries(of: parent).first(where: { $0.key == key }) else {
      return nil
    }
    return Place(mapping: parent, key: key, value: entry.value)
  }
}

extension [TextEdit] {
  /// These edits followed by others; insertions at the same place keep this order.
  fileprivate func joined(_ others: [TextEdit]) -> [TextEdit] {
    var joined = self
    for other in others {
      if let place = joined.firstIndex(where: { $0.span == other.span && other.span.isEmpty }) {
        joined[place] = TextEdit(other.span, joined[place].replacement + other.replacement)
      } else {
        joined.append(other)
      }
    }
    return joined
  }
}

/// Reads `fix`.
extension RuleLoader {
  mutating func readFix() -> RuleFix? {
    guard let node = value("fix") else { return nil }
    guard kind == .request else { return fault("only a rule with assert can have a fix", at: node) }
    guard checkKeys(of: node, ["remove", "add", "rewrite", "when", "safe"], in: "fix") else { return nil }
    let given = ["remove", "add", "rewrite"].compactMap { name in
      document.value(of: name, in: node).map { (name, $0) }
    }
    guard given.count == 1 else { return fault("fix needs one of remove, add, rewrite", at: node) }
    let when = document.value(of: "when", in: node).map { compile($0) }
    var isSafe = false
    if let safe = document.value(of: "safe", in: node) {
      guard let flag = document.boolean(of: safe) else {
        return fault("safe must be true or false", at: safe)
      }
      isSafe = flag
    }
    guard let action = action(given[0].0, given[0].1) else { return nil }
    return RuleFix(when: when, isSafe: isSafe, action: action)
  }

  private mutating func action(_ name: String, _ node: NodeID) -> RuleFix.Action? {
    switch name {
    case "remove":
      if document.hasText("member", at: node) { return .removeMember }
      let text = document.string(of: node)
      guard let pointer = JSONPointer(parsing: text), !pointer.tokens.isEmpty else {
        return fault("remove must be member, or a JSON pointer such as /Name", at: node)
      }
      return .remove(pointer)
    case "add": return additions(node).map { .add($0) }
    default:
      guard document.hasText("epoch-milliseconds", at: node) else {
        return fault("rewrite must be epoch-milliseconds", at: node)
      }
      guard value("at") != nil else { return fault("rewrite needs at, the member to rewrite", at: node) }
      return .epochMilliseconds
    }
  }

  private mutating func additions(_ node: NodeID) -> [(name: String, value: NewScalar)]? {
    let entries = Array(document.entries(of: node))
    guard document[node].kind == .mapping, !entries.isEmpty else {
      return fault("add must be a mapping of members and their values", at: node)
    }
    var members: [(name: String, value: NewScalar)] = []
    for entry in entries {
      let text = document.string(of: entry.value)
      let isString = document.scalarType(of: entry.value) == .string
      guard isString || PlainText.isLiteral(text), document[entry.value].kind == .scalar else {
        return fault("must be a string, a number, true or false", at: entry.value)
      }
      members.append((document.string(of: entry.key), NewScalar(text, isString: isString)))
    }
    return members
  }
}
