internal import Models
internal import Planning
internal import Reports
internal import Rules
internal import Syntax
internal import Verdicts

/// A page of text for a terminal: labels and names on the left, facts folded on the right.
struct TextTable {
  private(set) var text = ""
  let width: Int

  init(width: Int) { self.width = width }

  mutating func line(_ line: String = "") { text += line + "\n" }

  /// A label and its facts, folded between words; a label that is too long has a line of its own.
  mutating func row(_ label: String, _ facts: String, indent: Int = 2, column: Int) {
    let margin = String(repeating: " ", count: indent)
    let start = indent + column
    var line = margin + label
    if label.utf8.count + 1 > column, !facts.isEmpty {
      self.line(line)
      line = ""
    }
    var lineWidth = line.unicodeScalars.count
    var isEmpty = true
    for word in facts.unicodeScalars.split(separator: " ") {
      if !isEmpty, lineWidth + 1 + word.count > width {
        self.line(line)
        (line, lineWidth, isEmpty) = ("", 0, true)
      }
      let gap = isEmpty ? max(0, start - lineWidth) : 1
      line += String(repeating: " ", count: gap)
      line += Substring(word)
      lineWidth += gap + word.count
      isEmpty = false
    }
    self.line(line)
  }

  /// A label and one long word, broken where the line ends.
  mutating func row(_ label: String, breaking word: String, column: Int) {
    var lead = "  " + label + String(repeating: " ", count: max(1, column - label.utf8.count))
    var rest = Array(word.unicodeScalars)[...]
    repeat {
      let room = max(20, width - lead.unicodeScalars.count)
      line(lead + rest.prefix(room).reduce(into: "") { $0.unicodeScalars.append($1) })
      rest = rest.dropFirst(room)
      lead = String(repeating: " ", count: column + 2)
    } while !rest.isEmpty
  }

  mutating func rules(_ rules: [RuleDescription], title: String) {
    guard !rules.isEmpty else { return }
    line()
    line(title)
    for rule in rules.sorted(by: { ($1.severity, $0.id) < ($0.severity, $1.id) }) {
      row(rule.severity.rawValue, "\(rule.id): \(rule.title)", column: 9)
    }
  }
}

/// What is known of a service.
struct ServiceText {
  let text: String

  init(_ service: ServiceModel, width: Int) {
    var table = TextTable(width: width)
    let metadata = service.metadata
    let names = service.operationNames
    table.line("\(service.name)\(metadata.serviceID.isEmpty ? "" : " (\(metadata.serviceID))")")
    table.row("version", metadata.apiVersion, column: 12)
    let others = metadata.protocols.filter { $0 != metadata.wireProtocol }
    let also = others.isEmpty ? "" : ", also \(others.joined(separator: ", "))"
    table.row("protocol", metadata.wireProtocol + also, column: 12)
    table.row(
      "regions", service.regions.map { $0.joined(separator: ", ") } ?? "one endpoint for all", column: 12)
    table.line()
    table.line("\(counted(names.count, "operation")) (reqlint explain \(service.name).OPERATION tells more)")
    for name in names { table.line("  " + name) }
    text = table.text
  }
}

/// What is known of an operation and its members.
struct OperationText {
  let operation: Operation
  let wireProtocol: String
  let width: Int

  /// What more members than these are cut to, in lists of values.
  private static let valueWidth = 120
  /// How many members of members a table shows.
  private static let innerLimit = 10_000

  private var effect: String {
    switch EffectTable().effect(of: operation.id, method: operation.method) {
    case .reads: "reads only, by its name"
    case .changes: "may change or create things"
    case .ends: "deletes, ends or interrupts something"
    }
  }

  func operationText(_ rules: [RuleDescription]) -> String {
    var table = TextTable(width: width)
    table.line("\(operation.id)\(operation.isDeprecated ? " (deprecated)" : "")")
    func row(_ label: String, _ facts: String) { table.row(label, facts, column: 15) }
    row("sends", "\(operation.method) \(operation.requestURI) (\(wireProtocol))")
    if let prefix = operation.hostPrefix { row("host prefix", prefix) }
    row("effect", effect)
    row("documentation", operation.documentation)
    let input = operation.input.map { operation[$0] }
    let members = input.map { operation.innerMembers(of: $0) } ?? []
    table.line()
    guard !members.isEmpty else {
      table.line("no members")
      table.rules(rules, title: "rules")
      return table.text
    }
    table.line("members (reqlint explain \(operation.id).MEMBER tells more)")
    list(members, in: &table)
    table.rules(rules, title: "rules")
    return table.text
  }

  /// Members in a table, each followed by those inside it.
  private func list(_ members: [Member], in table: inout TextTable) {
    var known: [ShapeID: [Member]] = [:]
    var inner = members.map { member -> [Member] in
      let held = operation.heldShape(of: member.shape)
      if let found = known[held] { return found }
      let found = operation.innerMembers(of: operation[held])
      // A shape that contains itself is described once.
      let isOwn = found.count == members.count && zip(found, members).allSatisfy { $0.name == $1.name }
      known[held] = isOwn ? [] : found
      return isOwn ? [] : found
    }
    // Many structures with many members each would make a table as large as their product.
    if inner.reduce(0, { $0 + $1.count }) > Self.innerLimit { inner = members.map { _ in [] } }
    let names = members.map(\.name.utf8.count) + inner.joined().map { $0.name.utf8.count + 2 }
    let column = min(names.max() ?? 0, width / 2 - 10) + 2
    for (member, inside) in zip(members, inner) {
      table.row(member.name, facts(member), column: column)
      for member in inside { table.row(member.name, facts(member), indent: 4, column: column - 2) }
    }
  }

  private func facts(_ member: Member) -> String {
    let shape = operation[member.shape]
    var facts = [(operation.mustBeGiven(member) ? "required " : "") + operation.typeWords(shape)]
    facts += constraints(shape)
    facts += operation.marks(member)
    if let place = operation.placeWords(member) { facts.append(place) }
    return visible(facts.joined(separator: ", "))
  }

  /// Bounds, values and pattern, and those of a list's items.
  private func constraints(_ shape: Shape) -> [String] {
    var words: [String] = []
    if let bounds = shape.boundWords { words.append(bounds) }
    if !shape.values.isEmpty { words.append(values(shape)) }
    if let pattern = shape.pattern {
      words.append(pattern.utf8.count <= 60 ? "pattern \(pattern)" : "a pattern")
    }
    if let element = shape.element, operation[element].element == nil {
      let inner = constraints(operation[element])
      if !inner.isEmpty { words.append("each \(inner.joined(separator: ", "))") }
    }
    return words
  }

  private func values(_ shape: Shape) -> String {
    if let all = shape.valueWords(within: Self.valueWidth) { return "one of \(all)" }
    return "one of \(shape.values.count) values: \(shape.values.prefix(3).joined(separator: ", ")), …"
  }

  // MARK: One member

  func memberText(_ place: Operation.Place, _ rules: [RuleDescription]) -> String {
    var table = TextTable(width: width)
    let shape = place.shape
    table.line("\(operation.id).\(place.path)")
    func row(_ label: String, _ facts: String) { table.row(label, visible(facts), column: 15) }
    let marks =
      (place.member.map { operation.mustBeGiven($0) } == true ? ["required"] : [])
      + (place.member.map { operation.marks($0) } ?? [])
    row("type", ([operation.typeWords(shape)] + marks).joined(separator: ", "))
    describe(shape, as: "", in: &table)
    if let http = place.member.flatMap({ operation.placeWords($0) }) { row("sent as", http) }
    row("documentation", operation.documentation)
    let inner = operation.innerMembers(of: shape)
    if !inner.isEmpty {
      let steps = operation.steps(to: shape)
      table.line()
      let one = steps.isEmpty && shape.isUnion ? ", exactly one of which is given" : ""
      table.line("members\(one) (reqlint explain \(operation.id).\(place.path)\(steps).MEMBER tells more)")
      list(inner, in: &table)
    }
    table.rules(rules, title: "rules that mention it")
    return table.text
  }

  /// Everything that the model says of a value, and of what a list or map holds.
  private func describe(_ shape: Shape, as owner: String, in table: inout TextTable) {
    func row(_ label: String, _ facts: String) {
      table.row(owner.isEmpty ? label : "\(owner) \(label)", visible(facts), column: 15)
    }
    if let bounds = shape.boundWords { row(shape.kind == .string ? "length" : "bounds", bounds) }
    if let pattern = shape.pattern {
      table.row(owner.isEmpty ? "pattern" : "\(owner) pattern", breaking: visible(pattern), column: 15)
    }
    if !shape.values.isEmpty { row("values", shape.values.joined(separator: ", ")) }
    if let format = shape.timestampFormat { row("format", format) }
    if let key = shape.key { describe(operation[key], as: "key", in: &table) }
    if let element = shape.element, owner.isEmpty {
      describe(operation[element], as: shape.kind == .list ? "item" : "value", in: &table)
    }
  }
}

extension Operation {
  /// The marks that lead from a list or map to the structure inside it: `[]`, `{}`.
  fileprivate func steps(to shape: Shape) -> String {
    var shape = shape
    var steps = ""
    while let element = shape.element, steps.utf8.count < 20 {
      steps += shape.kind == .list ? "[]" : "{}"
      shape = self[element]
    }
    return steps
  }
}
