internal import Syntax

/// Describes a model's shapes in words.
extension Operation {
  /// The type of a value: `string`, `list of strings`, `map of string to integer`, `structure`.
  package func typeWords(_ shape: Shape) -> String {
    if shape.isDocument { return "any JSON value" }
    if shape.isEventStream { return "stream of events" }
    switch shape.kind {
    case .structure: return shape.isUnion ? "union" : "structure"
    case .list: return "list of \(shape.element.map { plural(self[$0]) } ?? "values")"
    case .map:
      let key = shape.key.map { typeWords(self[$0]) } ?? "string"
      return "map of \(key) to \(shape.element.map { typeWords(self[$0]) } ?? "value")"
    default: return "\(shape.kind)"
    }
  }

  private func plural(_ shape: Shape) -> String {
    if shape.isDocument { return "JSON values" }
    switch shape.kind {
    case .list: return "lists of \(shape.element.map { plural(self[$0]) } ?? "values")"
    case .map: return "maps" + typeWords(shape).dropFirst("map".count)
    default: return typeWords(shape) + "s"
    }
  }
}

extension Shape {
  /// The values, one after the other; `nil` if they exceed a length in bytes.
  package func valueWords(within limit: Int) -> String? {
    var length = 0
    for value in values {
      length += value.utf8.count + 2
      // A thousand members may each have the same thousand values.
      if length > limit + 2 { return nil }
    }
    return values.joined(separator: ", ")
  }

  /// The bounds of a value: `3 to 28 characters`, `at least 1`; `nil` if there are none.
  package var boundWords: String? {
    let unit: String
    switch kind {
    case .structure, .boolean, .timestamp: return nil
    case .string: unit = "character"
    case .blob: unit = "byte"
    case .list: unit = "item"
    case .map: unit = "entry"
    case .integer, .long, .float, .double: unit = ""
    }
    func counted(_ number: ExactNumber) -> String {
      if unit.isEmpty { return number.description }
      if number == ExactNumber(1) { return "1 \(unit)" }
      return "\(number) \(unit == "entry" ? "entries" : unit + "s")"
    }
    switch (minimum, maximum) {
    case (nil, nil): return nil
    case (let minimum?, nil):
      return minimum == ExactNumber(0) && !unit.isEmpty ? nil : "at least \(counted(minimum))"
    case (nil, let maximum?): return "at most \(counted(maximum))"
    case (let minimum?, let maximum?):
      if minimum == maximum { return "exactly \(counted(minimum))" }
      if minimum == ExactNumber(0), !unit.isEmpty { return "at most \(counted(maximum))" }
      return "\(minimum) to \(counted(maximum))"
    }
  }
}

extension Operation {
  /// Marks of a member apart from its type and bounds, such as `sensitive` and `deprecated`.
  package func marks(_ member: Member) -> [String] {
    let shape = self[member.shape]
    var marks: [String] = []
    if member.isIdempotencyToken { marks.append("idempotency token") }
    if let value = clientDefault(of: member) { marks.append("the client fills in \(quote(value))") }
    if shape.isSensitive { marks.append("sensitive") }
    if member.isDeprecated || shape.isDeprecated { marks.append("deprecated") }
    if member.isStreaming { marks.append("streamed") }
    if member.isHostLabel { marks.append("part of the host name") }
    if member.isJSONValue { marks.append("any JSON value, sent as text") }
    if let input = input.map({ self[$0] }), input.payload == member.name,
      input.member(member.name)?.shape == member.shape
    {
      marks.append("the whole body")
    }
    return marks
  }

  /// Where a member goes in the HTTP request: `path`, `query parameter marker`; `nil` for the body.
  package func placeWords(_ member: Member) -> String? {
    let name = member.locationName ?? member.name
    switch member.location {
    case "uri": return "in the path as {\(name)}"
    case "querystring": return "query parameter \(name)"
    case "header": return "header \(name)"
    case "headers": return "headers \(name)*"
    case "statusCode", nil: return nil
    case let other?: return other
    }
  }
}

extension Operation {
  /// A member found by its path, and the shape that the path leads to.
  package struct Place: Sendable {
    /// The last member on the path; `nil` for the parameters themselves.
    package let member: Member?
    package let shape: Shape
    /// The path in its full form: `Tags[].Key`, `Attributes{}.Value`.
    package let path: String
  }

  /// The reason that a path leads nowhere.
  package struct PathFault: Error, Equatable, Sendable {
    /// The name that is not a member.
    package let name: String
    /// The path before it, empty for the parameters.
    package let owner: String
    /// The members that exist there.
    package let known: [String]
  }

  /// Follows a path of members: `Tags.Key`, `Tags[].Key`, `Tags.0.Key`.
  ///
  /// - Shape: the path continues through lists and maps; `[]`, `{}`, a number, or nothing at all stands for their items
  ///   and values; a name that is not a member of a map's values is one of the user's keys.
  package func place(_ path: String) throws(PathFault) -> Place {
    var shape = input.map { self[$0] }
    var member: Member?
    var shown = ""
    for part in Self.parts(path) {
      if let current = shape, let element = current.element, Self.isStep(part) {
        shown += current.kind == .list ? "[]" : "{}"
        shape = self[element]
        continue
      }
      let start = shape.map { walk($0, throughMaps: true) }
      guard let found = start?.shape.member(part) else {
        // A map's key may be any text.
        if let key = shape.map({ walk($0, throughMaps: false) }), let value = key.shape.element {
          shown += key.steps + "{}"
          shape = self[value]
          continue
        }
        throw PathFault(
          name: part, owner: shown + (start?.steps ?? ""), known: start?.shape.members.map(\.name) ?? [])
      }
      shown += start?.steps ?? ""
      member = found
      shape = self[found.shape]
      shown += (shown.isEmpty ? "" : ".") + found.name
    }
    guard let shape else { throw PathFault(name: path, owner: "", known: []) }
    return Place(member: member, shape: shape, path: shown)
  }

  /// The innermost element of nested lists, and of maps if wanted; `steps` are the marks along the way.
  private func walk(_ shape: Shape, throughMaps: Bool) -> (shape: Shape, steps: String) {
    var shape = shape
    var steps = ""
    // A list may contain itself.
    while let element = shape.element, throughMaps || shape.kind == .list, steps.utf8.count < 40 {
      steps += shape.kind == .list ? "[]" : "{}"
      shape = self[element]
    }
    return (shape, steps)
  }

  /// Whether a part of a path refers to an item of a list or a value of a map.
  private static func isStep(_ part: String) -> Bool {
    part == "[]" || part == "{}" || part.allSatisfy(\.isNumber)
  }

  /// The names in a path and the marks for its items and values.
  private static func parts(_ path: String) -> [String] {
    path.split(separator: ".").flatMap { part -> [String] in
      let name = part.prefix { $0 != "[" && $0 != "{" }
      let marks = part.dropFirst(name.count)
      var steps = name.isEmpty ? [] : [String(name)]
      steps += marks.filter { $0 == "[" || $0 == "{" }.map { $0 == "[" ? "[]" : "{}" }
      return steps
    }
  }
}

extension Operation {
  /// The innermost element of nested lists and maps; the shape itself if it is neither.
  package func heldShape(of shape: ShapeID) -> ShapeID {
    var shape = shape
    var steps = 0
    // A list may contain itself.
    while let element = self[shape].element, steps < 20 {
      shape = element
      steps += 1
    }
    return shape
  }

  /// Members of a structure, or of the structures in a list or map; those that must be given come first.
  package func innerMembers(of shape: Shape) -> [Member] {
    let members = (shape.element.map { self[heldShape(of: $0)] } ?? shape).members
    return members.filter { mustBeGiven($0) } + members.filter { !mustBeGiven($0) }
  }
}
