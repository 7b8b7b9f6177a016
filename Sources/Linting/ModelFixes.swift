internal import Models
internal import Rules
internal import Syntax

/// Fixes for violations of the model.
extension ModelCheck {
  /// Converts a value to the type that the shape requires, if there is only one way to read it.
  func fixOfType(_ id: NodeID, _ shape: Shape) -> Fix? {
    guard let type = document.scalarType(of: id) else { return nil }
    switch shape.kind {
    case .string: return type == .null ? nil : safe(document.quoting(id))
    case .boolean, .integer, .long, .float, .double:
      let isQuotedLiteral =
        document[id].style != .plain && shape.kind.takes(document.withText(of: id, PlainText.type(of:)))
      if isQuotedLiteral { return safe(document.unquoting(id)) }
      guard shape.kind == .long, epochMilliseconds.contains(pointer) else { return nil }
      return document.epochMilliseconds(at: id).map { Fix(isSafe: false, edits: [$0]) }
    case .blob, .timestamp, .structure, .list, .map: return nil
    }
  }

  /// Rewrites a scalar on which readers disagree, so that all of them read it the same way.
  func fixOfReading(_ id: NodeID, _ kind: Shape.Kind?) -> Fix? {
    guard let kind, let core = document.scalarType(of: id), let legacy = document.scalarType(of: id, .yaml11)
    else { return nil }
    if kind == .string { return safe(document.quoting(id)) }
    guard kind.takes(core) != kind.takes(legacy) else { return nil }
    let reading = kind.takes(core) ? ScalarSchema.core : .yaml11
    switch kind {
    case .boolean:
      let isTrue = ["true", "yes", "on"].contains(document.string(of: id).lowercased())
      return safe(document.literal(isTrue ? "true" : "false", at: id))
    case .integer, .long, .float, .double:
      // Hours and minutes are hardly meant as a base 60 number.
      guard !document.text(of: id).contains(UInt8(ascii: ":")), let number = document.number(of: id, reading)
      else { return nil }
      return safe(document.literal(number.description, at: id))
    default: return nil
    }
  }

  /// Replaces a name with the member that differs only in case or separators.
  mutating func fixOfName(_ key: NodeID, of mapping: NodeID, in shape: Shape) -> Fix? {
    guard maySearch(shape.members.count) else { return nil }
    let written = document.string(of: key)
    let members = shape.members.filter { isRespelling($0.name, of: written) }
    guard members.count == 1, !isGiven(members[0], in: mapping), maySearch(document.count(of: mapping))
    else { return nil }
    let rivals = document.entries(of: mapping).filter {
      isRespelling(document.string(of: $0.key), of: written)
    }
    guard rivals.count == 1 else { return nil }
    return safe(document.respelling(key, as: members[0].name))
  }

  /// Replaces a value with the enumeration's value that differs only in case or separators.
  mutating func fixOfValue(_ id: NodeID, _ shape: Shape) -> Fix? {
    guard maySearch(shape.values.count) else { return nil }
    let written = document.string(of: id)
    let values = shape.values.filter { isRespelling($0, of: written) }
    return values.count == 1 ? safe(document.respelling(id, as: values[0])) : nil
  }

  private func safe(_ edit: TextEdit?) -> Fix? { edit.map { Fix(isSafe: true, edits: [$0]) } }
}
