package import Models
internal import Syntax

/// A request template for an operation, as YAML.
///
/// - Shape: required members are active, with a placeholder that `skeleton-leftover` recognises; optional ones start
///   with `# `, so that a line is valid at its place once these two characters are removed. The first line names the
///   operation and stays; notes on lines of their own begin with `##`.
package func skeleton(of operation: Operation) -> String {
  var writer = SkeletonWriter(operation: operation)
  return writer.text()
}

/// The text in place of a value that must be filled in.
enum Placeholder {
  /// The words for a map's key, a map's value, and the choice of a union's member.
  static let words: Set<String> = ["key", "value", "member"]

  static func text(_ name: String) -> String { yamlWord("<\(name)>") }
}

/// A name that is valid anywhere in YAML; in quotes if a model uses characters that are unusual in names.
private func yamlWord(_ name: String) -> String {
  let isPlain = name.utf8.allSatisfy {
    (0x61...0x7A).contains($0 | 0x20) || "0123456789_-./<> ".utf8.contains($0)
  }
  guard !isPlain || name.isEmpty else { return name }
  let escaped = name.unicodeScalars.map { scalar in
    guard isVisible(scalar), scalar.value != 0x200D else {
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
    return scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
  }
  return "\"\(escaped.joined())\""
}

private struct SkeletonWriter {
  let operation: Operation
  private var lines: [String] = []
  /// Enclosing shapes; a shape inside itself is cut off.
  private var around: [ShapeID] = []
  /// Names of the enclosing members.
  private var path: [String] = []

  /// Lines longer than this are folded or cut.
  private static let width = 100
  private static let mostLines = 50_000
  /// How many levels of structures are written out for optional members.
  private static let optionalDepth = 2
  /// The length to which long patterns and lists of values are cut.
  private static let noteLimit = 160

  init(operation: Operation) { self.operation = operation }

  /// The column where a line starts.
  private struct Column {
    /// Columns before a `#`, or before the text of an active line.
    let outer: Int
    /// Columns after the `#`; `nil` for an active line.
    let inner: Int?

    func deeper(_ columns: Int = 2) -> Column {
      Column(outer: inner == nil ? outer + columns : outer, inner: inner.map { $0 + columns })
    }
    var optional: Column { inner == nil ? Column(outer: outer, inner: 0) : self }
    var margin: String {
      String(repeating: " ", count: outer) + (inner.map { "# " + String(repeating: " ", count: $0) } ?? "")
    }
  }

  mutating func text() -> String {
    writeHead()
    let column = Column(outer: 0, inner: nil)
    if let input = operation.input, isWritten(operation[input]) {
      writeStructure(input, at: column, opening: "")
    } else {
      lines.append("{}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func writeHead() {
    lines.append(visible("# reqlint: \(operation.id)"))
    lines.append("## The line above stays as it is; it may go on with region=REGION account=ACCOUNT")
    lines.append("## \(operation.documentation)")
    if operation.isDeprecated { lines.append("## The operation is deprecated.") }
    let members = operation.input.map { operation[$0].members } ?? []
    lines.append(
      visible(
        "## Fill in what is in <…>; what stands behind one # is optional. More: reqlint explain \(operation.id)"
      ))
    let tokens = members.filter(\.isIdempotencyToken).map(\.name)
    if !tokens.isEmpty {
      lines.append("## Not written: \(shown(tokens)), which the client fills in.")
    }
    lines.append("")
  }

  // MARK: Members

  /// Members of a structure in written order: required ones first, no idempotency tokens.
  private func written(_ shape: Shape) -> [Member] {
    let members = shape.members.filter { !$0.isIdempotencyToken }
    return members.filter { operation.mustBeGiven($0) } + members.filter { !operation.mustBeGiven($0) }
  }

  /// Whether a structure has anything to write.
  private func isWritten(_ shape: Shape) -> Bool { shape.members.contains { !$0.isIdempotencyToken } }

  /// - Parameter opening: the text before the first line: nothing, or the dash of a list item.
  private mutating func writeStructure(_ id: ShapeID, at column: Column, opening: String) {
    // Each structure of a hostile model may contain the next one twice.
    guard lines.count < Self.mostLines else {
      return add(opening + "{}", notes: ["cut short, like all below"], at: column)
    }
    let shape = operation[id]
    let members = written(shape)
    around.append(id)
    defer { around.removeLast() }
    let isLive = column.inner == nil
    if isLive, shape.isUnion {
      lines.append(
        column.margin + opening + "\(Placeholder.text("member")): \(Placeholder.text("value"))"
          + "  # one of the following in its place")
    } else if isLive, !members.contains(where: { operation.mustBeGiven($0) }) {
      return writeBraces(members, at: column, opening: opening)
    }
    let inside = column.deeper(opening.utf8.count)
    for (index, member) in members.enumerated() {
      let isFirst = index == 0 && !(isLive && shape.isUnion)
      // A dash belongs to the first line of its item.
      if isFirst, !opening.isEmpty {
        write(member, at: column, opening: opening)
      } else {
        write(member, at: isLive && !operation.mustBeGiven(member) ? inside.optional : inside, opening: "")
      }
    }
  }

  /// Writes a structure without required members: braces, with each member on one line.
  private mutating func writeBraces(
    _ members: [Member], at column: Column, opening: String, notes: [String] = []
  ) {
    add(opening + "{", notes: notes, at: column)
    for member in members {
      path.append(member.name)
      let shape = operation[member.shape]
      let room = Self.width - 11 - member.name.utf8.count
      let text = inline(member.shape, depth: 0, room: room) ?? Placeholder.text(member.name)
      add(
        "\(yamlWord(member.name)): \(text),", notes: self.notes(member, shape), at: column.deeper().optional)
      path.removeLast()
    }
    let isRoot = column.outer == 0 && opening.isEmpty
    lines.append(column.margin + (isRoot ? "}" : "  }"))
  }

  /// A value on one line, for use inside braces; `nil` if it does not fit.
  ///
  /// - Units: bytes.
  private func inline(_ id: ShapeID, depth: Int, room: Int) -> String? {
    let shape = operation[id]
    let blank = Placeholder.text(path.last ?? "value")
    func fitting(_ text: String) -> String? { text.utf8.count <= room ? text : nil }
    guard depth < 3, !shape.isDocument, !around.contains(id) else { return fitting(blank) }
    switch shape.kind {
    case .structure:
      guard !shape.isUnion, !shape.members.isEmpty else { return fitting(blank) }
      var text = ""
      for member in shape.members where !member.isIdempotencyToken {
        text += (text.isEmpty ? "" : ", ") + "\(yamlWord(member.name)): "
        var inside = self
        inside.path.append(member.name)
        inside.around.append(id)
        // Stops when the room is used up: each of thousands of members may have thousands of its own.
        guard let value = inside.inline(member.shape, depth: depth + 1, room: room - text.utf8.count) else {
          return nil
        }
        text += value
      }
      return fitting("{\(text)}")
    case .list:
      guard let item = shape.element.map({ inline($0, depth: depth + 1, room: room) }) ?? blank else {
        return nil
      }
      return fitting("[\(Array(repeating: item, count: count(shape)).joined(separator: ", "))]")
    case .map:
      guard let value = shape.element.map({ inline($0, depth: depth + 1, room: room) }) ?? blank else {
        return nil
      }
      return fitting("{\(keys(count(shape)).map { "\($0): \(value)" }.joined(separator: ", "))}")
    default: return fitting(blank)
    }
  }

  private mutating func write(_ member: Member, at column: Column, opening: String) {
    path.append(member.name)
    defer { path.removeLast() }
    let shape = operation[member.shape]
    var notes = notes(member, shape)
    // After a `#`, a required member looks like any other.
    if operation.mustBeGiven(member), column.inner != nil { notes.insert("required", at: 0) }
    writeValue(
      member.shape, at: column, key: opening + "\(yamlWord(member.name)):",
      inside: column.deeper(opening.utf8.count + 2),
      notes: notes, isAny: member.isJSONValue)
  }

  // MARK: Values

  /// - Parameters:
  ///   - key: the text before the value: `Name:`, `- Name:` or `-`.
  ///   - inside: the column for lines of a value that does not fit after its key.
  private mutating func writeValue(
    _ id: ShapeID, at column: Column, key: String, inside: Column, notes: [String], isAny: Bool = false
  ) {
    let shape = operation[id]
    let name = path.last ?? "value"
    guard !isAny, !shape.isDocument, lines.count < Self.mostLines, !isCut(id, at: column) else {
      return add("\(key) \(Placeholder.text(name))", notes: notes, at: column)
    }
    switch shape.kind {
    case .structure:
      guard !shape.isEventStream, isWritten(shape) else {
        return add("\(key) {}", notes: notes, at: column)
      }
      if inside.inner == nil, !shape.isUnion,
        !shape.members.contains(where: { !$0.isIdempotencyToken && operation.mustBeGiven($0) })
      {
        around.append(id)
        defer { around.removeLast() }
        return writeBraces(written(shape), at: column, opening: "\(key) ", notes: notes)
      }
      add(key, notes: notes, at: column)
      writeStructure(id, at: inside, opening: "")
    case .list:
      add(key, notes: notes, at: column)
      around.append(id)
      for _ in 0..<count(shape) { writeItem(shape, at: inside) }
      around.removeLast()
    case .map:
      add(key, notes: notes, at: column)
      around.append(id)
      let keyNotes = shape.key.map { facts(operation[$0]) } ?? []
      for key in keys(count(shape)) {
        guard let element = shape.element else { continue }
        writeValue(
          element, at: inside, key: "\(key):", inside: inside.deeper(),
          notes: keyNotes.isEmpty ? [] : ["each key \(keyNotes.joined(separator: ", "))"])
      }
      around.removeLast()
    default: add("\(key) \(Placeholder.text(name))", notes: notes, at: column)
    }
  }

  private mutating func writeItem(_ list: Shape, at column: Column) {
    guard let element = list.element else { return }
    let shape = operation[element]
    if shape.kind == .structure, !shape.isDocument, !shape.isEventStream, isWritten(shape),
      !isCut(element, at: column)
    {
      return writeStructure(element, at: column, opening: "- ")
    }
    // The list's key has already described its items.
    writeValue(element, at: column, key: "-", inside: column.deeper(), notes: [])
  }

  /// Whether a shape lies inside itself, or too deep among optional members.
  private func isCut(_ id: ShapeID, at column: Column) -> Bool {
    var shape = operation[id]
    if around.contains(id), shape.kind == .structure || shape.element != nil { return true }
    while let element = shape.element, !around.contains(element) { shape = operation[element] }
    guard shape.kind == .structure, column.inner != nil else { return false }
    return around.count { operation[$0].kind == .structure } > Self.optionalDepth
  }

  /// Keys of a map, all different.
  private func keys(_ count: Int) -> [String] {
    count == 1 ? [Placeholder.text("key")] : (1...count).map { Placeholder.text("key \($0)") }
  }

  /// The least required number of items.
  private func count(_ shape: Shape) -> Int {
    guard let minimum = shape.minimum else { return 1 }
    return (1...8).first { ExactNumber($0) >= minimum } ?? 8
  }

  // MARK: Notes

  private func notes(_ member: Member, _ shape: Shape) -> [String] {
    notes(shape) + operation.marks(member)
  }

  private func notes(_ shape: Shape) -> [String] {
    // Known values make the type obvious.
    var notes = shape.values.isEmpty ? [operation.typeWords(shape)] : []
    if shape.isUnion { notes.append("exactly one of its members") }
    if let bounds = shape.boundWords { notes.append(bounds) }
    if let element = shape.element {
      let inner = facts(operation[element])
      if !inner.isEmpty { notes.append("each \(inner.joined(separator: ", "))") }
    }
    notes += shape.element == nil ? values(shape) : []
    return notes
  }

  /// Bounds, pattern and values, without the type.
  private func facts(_ shape: Shape) -> [String] {
    guard shape.element == nil else { return [] }
    return (shape.boundWords.map { [$0] } ?? []) + values(shape)
  }

  private func values(_ shape: Shape) -> [String] {
    let more = "reqlint explain \(operation.id).\(path.joined(separator: "."))"
    if !shape.values.isEmpty {
      if let all = shape.valueWords(within: 3 * Self.noteLimit - 7) { return ["one of \(all)"] }
      return ["one of \(shape.values.count) values: \(shape.values[0]), \(shape.values[1]), … (\(more))"]
    }
    guard let pattern = shape.pattern else { return [] }
    return [pattern.utf8.count > Self.noteLimit ? "has a pattern (\(more))" : "pattern \(pattern)"]
  }

  /// Adds a line, followed by its notes, or preceded by them if they are long.
  private mutating func add(_ text: String, notes: [String], at column: Column) {
    let line = column.margin + text
    let note = shown(notes)
    if note.isEmpty {
      lines.append(line)
    } else if line.utf8.count + note.utf8.count + 4 <= Self.width {
      lines.append("\(line)  # \(note)")
    } else {
      addNotes(notes, at: column)
      lines.append(line)
    }
  }

  /// Adds notes on lines of their own, wrapped between words.
  private mutating func addNotes(_ notes: [String], at column: Column) {
    let margin = String(repeating: " ", count: column.outer) + "## "
    var line = ""
    for word in shown(notes).split(separator: " ") {
      if !line.isEmpty, margin.utf8.count + line.utf8.count + word.utf8.count >= Self.width {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(margin + line) }
  }

  private func shown(_ notes: [String]) -> String {
    visible(notes.joined(separator: ", "))
  }
}
