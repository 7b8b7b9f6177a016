internal import Models
internal import Patterns
internal import Rules
internal import Syntax
internal import Verdicts

/// The shapes of an operation's input as JSON Schema.
///
/// - Shape: shapes that are used more than once or contain themselves go under `$defs`, all others in place.
struct ModelSchema {
  let operation: Operation
  /// Findings below this severity are not expressed in the schema.
  let severity: Severity
  /// The user's severities for checks.
  let levels: RuleLevels
  /// Whether built-in rules cover the operation: its patterns are then known to match whole strings.
  let hasOwnRules: Bool
  /// Prepended to every name under `$defs`.
  let prefix: String
  private var names: [ShapeID: String] = [:]
  /// In the order of their first use.
  private(set) var sharedShapes: [ShapeID] = []
  private(set) var omissions: [Omission] = []

  private static let longestPlainList = 12
  private static let longestCountedBlob = 100_000

  init(_ operation: Operation, severity: Severity, levels: RuleLevels, hasOwnRules: Bool, prefix: String) {
    self.operation = operation
    self.severity = severity
    self.levels = levels
    self.hasOwnRules = hasOwnRules
    self.prefix = prefix
    nameSharedShapes()
  }

  /// Whether the schema rejects what a check of the model finds.
  private func refuses(_ check: String) -> Bool {
    levels.severity(of: check, .error).map { $0 >= severity } ?? false
  }

  // MARK: Sharing

  private mutating func nameSharedShapes() {
    guard let input = operation.input else { return }
    var uses: [ShapeID: Int] = [:]
    var order: [ShapeID] = []
    var waiting = [input]
    while let id = waiting.popLast() {
      uses[id, default: 0] += 1
      guard uses[id] == 1 else { continue }
      order.append(id)
      let shape = operation[id]
      waiting += [shape.key, shape.element].compactMap { $0 }
      waiting += shape.members.reversed().filter { !$0.isJSONValue }.map(\.shape)
    }
    var taken: Set<String> = []
    for id in order where uses[id, default: 0] > 1 && isWorthSharing(operation[id]) {
      var name = prefix + operation[id].name
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(prefix)\(operation[id].name)-\(number)"
        number += 1
      }
      names[id] = name
      sharedShapes.append(id)
    }
  }

  private func isWorthSharing(_ shape: Shape) -> Bool {
    switch shape.kind {
    case .structure:
      return shape.members.count > 3 || shape.members.contains { !isScalar(operation[$0.shape]) }
    // In a recursive shape, some shape on the cycle is used twice, and it does not consist of scalars alone.
    case .list, .map: return !holdsScalars(shape)
    default: return shape.values.count > Self.longestPlainList
    }
  }

  private func isScalar(_ shape: Shape) -> Bool {
    shape.kind != .structure && shape.kind != .list && shape.kind != .map
  }

  private func holdsScalars(_ shape: Shape) -> Bool { shape.element.map { isScalar(operation[$0]) } ?? true }

  /// The name of a shape under `$defs`.
  func name(of id: ShapeID) -> String { names[id] ?? operation[id].name }

  // MARK: Members

  /// What is written around a value in addition to its shape's own constraints.
  struct Place {
    var title: String?
    var marks: [String] = []
    var isDeprecated = false
    var mustNotBeEmpty = false
    var isAnyJSON = false
  }

  /// Writes the input itself, as keys of an object that is already open.
  mutating func writeInput(to writer: inout JSONWriter) {
    writer.member("type", "object")
    guard let input = operation.input else { return writeClosed(to: &writer) }
    let shape = operation[input]
    writer.key("properties")
    writer.object { writer in
      for member in shape.members {
        write(member, as: member.name, to: &writer)
        if let alias = operation.alias(of: member), shape.member(alias) == nil {
          write(member, as: alias, to: &writer)
        }
      }
      if let own = operation.clientMember("SourceRegion"), shape.member("SourceRegion") == nil {
        writer.key("SourceRegion")
        writer.object { writeKeywords(own, Place(title: "SourceRegion"), to: &$0) }
      }
    }
    writeRequired(shape.members.filter { operation.alias(of: $0) == nil }, to: &writer)
    writeClosed(to: &writer)
    if shape.isUnion { writeUnion(to: &writer) }
  }

  /// Writes the constraints between a member and its other name.
  mutating func writeAliases(to writer: inout JSONWriter) {
    for member in operation.input.map({ operation[$0].members }) ?? [] {
      guard let alias = operation.alias(of: member) else { continue }
      func names(_ writer: inout JSONWriter, _ list: [String]) {
        writer.key("required")
        writer.array { writer in list.forEach { writer.value($0) } }
      }
      writer.object { writer in
        writer.member("title", "\(alias) is another name of \(member.name)")
        writer.key("not")
        writer.object { names(&$0, [member.name, alias]) }
        guard operation.mustBeGiven(member) else { return }
        writer.key("anyOf")
        writer.array { writer in
          writer.object { names(&$0, [member.name]) }
          writer.object { names(&$0, [alias]) }
        }
      }
    }
  }

  private mutating func write(_ member: Member, as name: String, to writer: inout JSONWriter) {
    let shape = operation[member.shape]
    let isInAddress = (member.isHostLabel || member.location == "uri") && shape.kind == .string
    let place = Place(
      title: name, marks: operation.marks(member), isDeprecated: member.isDeprecated || shape.isDeprecated,
      mustNotBeEmpty: isInAddress, isAnyJSON: member.isJSONValue)
    writer.key(name)
    writer.object { write(member.shape, place, to: &$0) }
  }

  private func writeRequired(_ members: [Member], to writer: inout JSONWriter) {
    let required = members.filter { operation.mustBeGiven($0) }
    guard !required.isEmpty, refuses("missing-parameter") else { return }
    writer.key("required")
    writer.array { writer in required.forEach { writer.value($0.name) } }
  }

  private func writeClosed(to writer: inout JSONWriter) {
    if refuses("unknown-parameter") { writer.member("additionalProperties", false) }
  }

  private func writeUnion(to writer: inout JSONWriter) {
    guard refuses("union-members") else { return }
    writer.member("minProperties", 1)
    writer.member("maxProperties", 1)
  }

  // MARK: Shapes

  /// Writes a shared shape.
  mutating func writeDefinition(_ id: ShapeID, to writer: inout JSONWriter) {
    writer.key(name(of: id))
    writer.object { writeKeywords(operation[id], Place(), to: &$0) }
  }

  private mutating func write(_ id: ShapeID, _ place: Place, to writer: inout JSONWriter) {
    guard let name = names[id], !place.isAnyJSON else {
      return writeKeywords(operation[id], place, to: &writer)
    }
    writeAnnotations(operation[id], place, to: &writer)
    if place.mustNotBeEmpty, refuses("too-short") { writer.member("minLength", 1) }
    writer.member("$ref", "#/$defs/\(name)")
  }

  private func writeAnnotations(_ shape: Shape, _ place: Place, to writer: inout JSONWriter) {
    writer.member("title", place.title)
    let words = place.isAnyJSON ? "any JSON value" : operation.typeWords(shape)
    let facts = ([words] + [shape.boundWords].compactMap { $0 }).joined(separator: ", ")
    writer.member("description", ([facts] + place.marks).joined(separator: "; "))
    if place.isDeprecated { writer.member("deprecated", true) }
    if shape.isSensitive { writer.member("writeOnly", true) }
  }

  private mutating func writeKeywords(_ shape: Shape, _ place: Place, to writer: inout JSONWriter) {
    writeAnnotations(shape, place, to: &writer)
    guard !shape.isDocument, !shape.isEventStream, !place.isAnyJSON else { return }
    switch shape.kind {
    case .structure:
      writer.member("type", "object")
      writer.key("properties")
      writer.object { writer in
        for member in shape.members { write(member, as: member.name, to: &writer) }
      }
      writeRequired(shape.members, to: &writer)
      writeClosed(to: &writer)
      if shape.isUnion { writeUnion(to: &writer) }
    case .list:
      writer.member("type", "array")
      writeCounts(shape, "Items", to: &writer)
      if let element = shape.element {
        writer.key("items")
        writer.object { write(element, Place(), to: &$0) }
      }
    case .map: writeMap(shape, to: &writer)
    case .string: writeString(shape, place, to: &writer)
    case .boolean: writer.member("type", "boolean")
    case .integer, .long, .float, .double: writeNumber(shape, to: &writer)
    case .blob: writeBlob(shape, to: &writer)
    case .timestamp: writeTimestamp(to: &writer)
    }
  }

  private mutating func writeMap(_ shape: Shape, to writer: inout JSONWriter) {
    writer.member("type", "object")
    writeCounts(shape, "Properties", to: &writer)
    if let key = shape.key {
      writer.key("propertyNames")
      writer.object { write(key, Place(), to: &$0) }
    }
    if let element = shape.element {
      writer.key("additionalProperties")
      writer.object { write(element, Place(), to: &$0) }
    }
  }

  private func writeCounts(_ shape: Shape, _ what: String, to writer: inout JSONWriter) {
    if let minimum = shape.minimum?.int64, minimum > 0, refuses("too-short") {
      writer.member("min\(what)", Int(minimum))
    }
    if let maximum = shape.maximum?.int64, maximum >= 0, refuses("too-long") {
      writer.member("max\(what)", Int(maximum))
    }
  }

  private mutating func writeString(_ shape: Shape, _ place: Place, to writer: inout JSONWriter) {
    writer.member("type", "string")
    let minimum = max(shape.minimum?.int64 ?? 0, place.mustNotBeEmpty ? 1 : 0)
    if minimum > 0, refuses("too-short") { writer.member("minLength", Int(minimum)) }
    if let maximum = shape.maximum?.int64, maximum >= 0, refuses("too-long") {
      writer.member("maxLength", Int(maximum))
    }
    if !shape.values.isEmpty, refuses("unknown-value") {
      writer.key("enum")
      writer.array { writer in shape.values.forEach { writer.value($0) } }
    }
    if let pattern = shape.pattern, refuses("pattern-mismatch") { writePattern(pattern, to: &writer) }
  }

  private mutating func writePattern(_ pattern: String, to writer: inout JSONWriter) {
    // Lint reports an error only if no part of the text matches, unless it knows better.
    let extent: ECMAScriptPattern.Extent = severity == .error && !hasOwnRules ? .part : .whole
    guard (try? Pattern(pattern, dialect: .java)) != nil,
      let written = ECMAScriptPattern.exact(java: pattern, matching: extent)
    else {
      return omit("pattern-mismatch", "ECMA-262 has no pattern that is exactly \(pattern)")
    }
    writer.member("pattern", written)
  }

  private func writeNumber(_ shape: Shape, to writer: inout JSONWriter) {
    let isInteger = shape.kind == .integer || shape.kind == .long
    writer.member("type", isInteger ? "integer" : "number")
    var minimum = refuses("too-small") ? shape.minimum : nil
    var maximum = refuses("too-large") ? shape.maximum : nil
    if isInteger, refuses("integer-overflow") {
      let isShort = shape.kind == .integer
      let low = ExactNumber(isShort ? Int(Int32.min) : Int.min)
      let high = ExactNumber(isShort ? Int(Int32.max) : Int.max)
      minimum = max(minimum ?? low, low)
      maximum = min(maximum ?? high, high)
    }
    for (key, bound) in [("minimum", minimum), ("maximum", maximum)] {
      guard let bound else { continue }
      writer.key(key)
      writer.raw(bound.description.utf8)
    }
  }

  private mutating func writeBlob(_ shape: Shape, to writer: inout JSONWriter) {
    writer.member("type", "string")
    writer.member("contentEncoding", "base64")
    // In base64, one byte is one character; elsewhere it may not be.
    if refuses("too-short"), let minimum = shape.minimum?.int64,
      minimum == 1 || (minimum > 0 && severity < .error)
    {
      writer.member("minLength", Int(minimum))
    }
    if refuses("too-long"), let maximum = shape.maximum?.int64 {
      let count = (4 * (maximum + 1) + 2) / 3
      if (1...Int64(Self.longestCountedBlob)).contains(count) {
        let digit = "[A-Za-z0-9+/_-]"
        writer.key("not")
        writer.object { $0.member("pattern", "^(?:[^A-Za-z0-9+/_-]*\(digit)){\(count)}") }
      } else {
        omit("too-long", "no pattern counts \(maximum) bytes of base64")
      }
    }
    if (levels.severity(of: "ambiguous-blob", .error).map { $0 >= severity } ?? false) {
      let (digit, blank) = ("[A-Za-z0-9+/]", "[ \\t\\n\\r]*")
      let group = "(?:\(digit)\(blank))"
      let padding = "(?:=\(blank))"
      writer.member(
        "pattern", "^\(blank)(?:\(group){4})*(?:\(group){2}\(padding){2}|\(group){3}\(padding))?$")
    }
  }

  /// Writes seconds since 1970 in the years 1 to 9999, or text that may be a time: it has a digit or the name of a day.
  private mutating func writeTimestamp(to writer: inout JSONWriter) {
    writer.key("type")
    writer.array { writer in
      writer.value("string")
      writer.value("number")
    }
    let names = [
      "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
      "sep",
      "oct", "nov", "dec",
    ]
    let words = names.map { name in name.map { "[\($0.uppercased())\($0)]" }.joined() }
    writer.member("pattern", "[0-9]|[^\\x00-\\x7F]|" + words.joined(separator: "|"))
    writer.member("minimum", -62_135_596_800)
    writer.member("exclusiveMaximum", 253_402_300_800)
    omit("wrong-type", "which further texts are no times takes more than a pattern")
  }

  private mutating func omit(_ rule: String, _ reason: String) {
    let omission = Omission(rule: rule, reason: reason)
    if !omissions.contains(omission) { omissions.append(omission) }
  }
}

/// A finding of lint that a schema does not express.
struct Omission: Equatable {
  /// A finding's id.
  let rule: String
  let reason: String
}
