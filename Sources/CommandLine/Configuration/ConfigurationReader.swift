internal import Linting
internal import Models
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Reads a configuration, and reports every fault that its text shows.
struct ConfigurationReader {
  private let document: Document
  private let lines: LineIndex
  private var configuration: Configuration

  /// - Parameter isDiscovered: whether a search found it, instead of the user naming it.
  static func read(_ file: FilePath, shown: String, folder: FilePath, isDiscovered: Bool = true)
    -> Configuration
  {
    let limits = Limits()
    do throws(Failure) {
      // A named configuration may be a pipe; a discovered one must not block the run.
      if file.isWaiting, isDiscovered { throw .unreadable(path: shown, reason: "it is a pipe") }
      let text = SourceText(try readFile(file, limit: InputBound.text))
      return read(Configuration(file: file, shown: shown, folder: folder, text: text), limits)
    } catch {
      var configuration = Configuration(file: file, shown: shown, folder: folder, text: SourceText(""))
      guard case .unreadable(_, let reason) = error else { preconditionFailure("\(error)") }
      configuration.faults = [Configuration.Fault(position: nil, message: "cannot be read: \(reason)")]
      return configuration
    }
  }

  /// The configuration that the text of an empty one says.
  static func read(_ empty: Configuration, _ limits: Limits) -> Configuration {
    var configuration = empty
    let text = configuration.text
    let lines = LineIndex(text)
    func add(_ message: String, at offset: UInt32) {
      configuration.faults.append(Configuration.Fault(position: lines.position(of: offset), message: message))
    }
    guard text.bytes.count <= InputBound.text else {
      add("file is larger than \(InputBound.text) bytes", at: 0)
      return configuration
    }
    if let fault = text.fault {
      add("file is not UTF-8", at: fault.span.start)
      return configuration
    }
    var documents: [Document] = []
    readDocuments(text, as: .yaml, limits: limits) { parsed in
      switch parsed {
      case .issue(let issue): add(issue.message, at: issue.span.start)
      case .document(let document): documents.append(document)
      }
    }
    for extra in documents.dropFirst() {
      add("a second document begins here; a configuration is one", at: extra.anchorSpan(of: extra.root).start)
    }
    guard let document = documents.first else { return configuration }
    var reader = ConfigurationReader(document: document, lines: lines, configuration: configuration)
    reader.readKeys()
    return reader.configuration
  }

  // MARK: Keys

  private mutating func readKeys() {
    let root = document.resolve(document.root)
    // Only comments: nothing is asked for.
    if document.scalarType(of: root) == .null, document.text(of: root).isEmpty { return }
    guard document[root].kind == .mapping else {
      return fault("a configuration is a mapping, not \(kind(of: root))", at: root)
    }
    for duplicate in document.duplicateKeys() {
      let first = lines.line(of: document.sourceSpan(of: duplicate.first).start)
      fault(
        "key \(quote(document.string(of: duplicate.again))) is given twice, first in line \(first)",
        at: duplicate.again)
    }
    for (key, value) in members(of: root, "a configuration", ConfigurationKey.allCases.map(\.rawValue)) {
      guard let key = ConfigurationKey(rawValue: key) else { continue }
      read(key, value)
    }
  }

  private mutating func read(_ key: ConfigurationKey, _ value: NodeID) {
    switch key {
    case .rules:
      for item in list(value, "rules", of: "folders") {
        if let folder = text(item, "a folder of rules") { configuration.rules.append(folder) }
      }
    case .severity: readLevels(value)
    case .failLevel: configuration.failLevel = severity(value, "fail-level")
    case .bindings:
      for item in list(value, "bindings", of: "mappings of files and operation") { readBinding(item) }
    case .exclude:
      for item in list(value, "exclude", of: "globs") {
        if let glob = glob(item, "a glob of exclude") { configuration.exclude.append(glob) }
      }
    case .region: configuration.region = region(value)
    case .account: configuration.account = account(value)
    case .suppress:
      for item in list(value, "suppress", of: "mappings of rule, files and reason") {
        configuration.suppress.append(exemption(item))
      }
    case .requireReason:
      if let flag = document.boolean(of: value) {
        configuration.requireReason = placed(flag, value)
      } else {
        fault("require-reason must be true or false, not \(shown(value))", at: value)
      }
    case .limits: readLimits(value)
    }
  }

  private mutating func readLevels(_ node: NodeID) {
    guard document[node].kind == .mapping else {
      return fault("severity must be a mapping of rule ids to severities, not \(kind(of: node))", at: node)
    }
    for entry in document.entries(of: node) {
      guard let rule = text(entry.key, "a rule id") else { continue }
      let written = document.string(of: entry.value)
      let level: RuleLevels.Level? =
        written == "off" ? .off : Severity(rawValue: written).map { .severity($0) }
      guard let level, document[entry.value].kind == .scalar else {
        fault(
          "severity of \(visible(rule.value)) must be error, warning, info or off, not \(shown(entry.value))",
          at: entry.value)
        continue
      }
      configuration.severity.append(Configuration.Level(rule: rule, level: placed(level, entry.value)))
    }
  }

  private mutating func readLimits(_ node: NodeID) {
    guard document[node].kind == .mapping else {
      return fault("limits must be a mapping of names to whole numbers, not \(kind(of: node))", at: node)
    }
    let members = members(of: node, "limits", Limits.Name.allCases.map(\.rawValue))
    for name in Limits.Name.allCases {
      guard let member = members[name.rawValue] else { continue }
      guard let value = document.number(of: member)?.int64, name.range.contains(Int(value)) else {
        fault("\(name.rawValue) must be \(name.expectation), not \(shown(member))", at: member)
        continue
      }
      configuration.limits.append(Configuration.Limit(name: name, value: placed(Int(value), member)))
    }
  }

  private mutating func readBinding(_ node: NodeID) {
    guard document[node].kind == .mapping else {
      return fault("a binding is a mapping of files and operation, not \(kind(of: node))", at: node)
    }
    let members = members(of: node, "a binding", ["files", "operation"])
    let files = required("files", members, "a binding", node).flatMap { glob($0, "files") }
    let operation = required("operation", members, "a binding", node).flatMap { text($0, "operation") }
    guard let files, let operation else {
      if let operation { configuration.looseOperations.append(operation) }
      return
    }
    configuration.bindings.append(Configuration.Binding(files: files, operation: operation))
  }

  private mutating func exemption(_ node: NodeID) -> Configuration.Exemption? {
    guard document[node].kind == .mapping else {
      fault("a suppression is a mapping of rule, files and reason, not \(kind(of: node))", at: node)
      return nil
    }
    let members = members(of: node, "a suppression", ["rule", "files", "pointer", "reason", "until"])
    let rule = required("rule", members, "a suppression", node).flatMap { text($0, "rule") }
    let files = required("files", members, "a suppression", node).flatMap { glob($0, "files") }
    let pointer = members["pointer"].flatMap { readPointer($0) }
    let reason = members["reason"].flatMap { text($0, "reason", mayBeBlank: true) }
    let until = members["until"].flatMap { date($0) }
    if let node = members["reason"], let reason { checkReason(reason.value, until?.value, at: node) }
    guard let rule, let files else {
      if let rule { configuration.looseRules.append(rule) }
      return nil
    }
    let isBlank = reason?.value.allSatisfy(\.isWhitespace) ?? true
    return Configuration.Exemption(
      rule: rule, files: files, pointer: pointer, reason: isBlank ? nil : reason, until: until)
  }

  /// A day in the reason would be taken for the last one, but it is the key `until` that counts.
  private mutating func checkReason(_ reason: String, _ until: String?, at node: NodeID) {
    do throws(UntilClause.Fault) {
      guard let clause = try UntilClause(in: Array(reason.utf8)[...]), clause.day != until else { return }
      fault("reason says until \(clause.day); write that day as the key until", at: node)
    } catch {
      fault("reason: \(error.message); write the last day as the key until, or avoid the word", at: node)
    }
  }

  // MARK: Values

  private mutating func severity(_ node: NodeID, _ name: String) -> Configuration.Placed<Severity>? {
    if document[node].kind == .scalar, let severity = Severity(rawValue: document.string(of: node)) {
      return placed(severity, node)
    }
    fault("\(name) must be error, warning or info, not \(shown(node))", at: node)
    return nil
  }

  private mutating func glob(_ node: NodeID, _ name: String) -> Configuration.Placed<Glob>? {
    guard let text = text(node, name) else { return nil }
    do throws(Glob.Fault) {
      return placed(try Glob(parsing: text.value), node)
    } catch {
      fault("glob \(quote(text.value)) \(error.reason)", at: node)
      return nil
    }
  }

  private mutating func readPointer(_ node: NodeID) -> Configuration.Placed<JSONPointer>? {
    guard document.scalarType(of: node) == .string,
      let pointer = JSONPointer(parsing: document.string(of: node))
    else {
      fault("pointer must be a JSON pointer such as /Name, not \(shown(node))", at: node)
      return nil
    }
    return placed(pointer, node)
  }

  private mutating func date(_ node: NodeID) -> Configuration.Placed<String>? {
    let text = document.string(of: node)
    guard document[node].kind == .scalar, isCalendarDate(text) else {
      fault("until must be a day such as 2027-01-31, not \(shown(node))", at: node)
      return nil
    }
    return placed(text, node)
  }

  private mutating func region(_ node: NodeID) -> Configuration.Placed<String>? {
    guard let text = text(node, "region") else { return nil }
    let isName = text.value.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard isName, text.value.utf8.count <= 63 else {
      fault("region must be a name such as eu-west-1, not \(shown(node))", at: node)
      return nil
    }
    return text
  }

  private mutating func account(_ node: NodeID) -> Configuration.Placed<String>? {
    let text = document.string(of: node)
    guard isAccount(text) else {
      fault("account must be twelve digits, not \(shown(node))", at: node)
      return nil
    }
    if document.scalarType(of: node) != .string, text.hasPrefix("0") {
      fault("account must stand in quotes, since readers drop the leading 0 of a number", at: node)
    }
    return placed(text, node)
  }

  /// A text that is not blank.
  private mutating func text(
    _ node: NodeID, _ name: String, mayBeBlank: Bool = false
  ) -> Configuration.Placed<String>? {
    guard document.scalarType(of: node) == .string else {
      fault("\(name) must be a text, not \(kind(of: node))", at: node)
      return nil
    }
    let text = document.string(of: node)
    guard mayBeBlank || !text.allSatisfy(\.isWhitespace) else {
      fault("\(name) must not be blank", at: node)
      return nil
    }
    return placed(text, node)
  }

  private mutating func list(_ node: NodeID, _ name: String, of items: String) -> [NodeID] {
    guard document[node].kind == .sequence else {
      fault("\(name) must be a list of \(items), not \(kind(of: node))", at: node)
      return []
    }
    return Array(document.items(of: node))
  }

  /// The values by key; unknown keys are reported.
  private mutating func members(
    of node: NodeID, _ owner: String, _ known: [String]
  ) -> [String: NodeID] {
    var members: [String: NodeID] = [:]
    for entry in document.entries(of: node) {
      let key = document.string(of: entry.key)
      if known.contains(key), document[entry.key].kind == .scalar {
        members[key] = entry.value
      } else {
        let near = suggestion(for: key, among: known)
        let remedy = near.map { "did you mean \($0)?" } ?? "it knows \(known.joined(separator: ", "))"
        fault("\(owner) has no key \(shown(entry.key)); \(remedy)", at: entry.key)
      }
    }
    return members
  }

  private mutating func required(
    _ key: String, _ members: [String: NodeID], _ owner: String, _ node: NodeID
  ) -> NodeID? {
    if members[key] == nil { fault("\(owner) needs \(key)", at: node) }
    return members[key]
  }

  // MARK: Places

  private mutating func fault(_ message: String, at node: NodeID) {
    configuration.faults.append(
      Configuration.Fault(
        position: lines.position(of: document.anchorSpan(of: node).start), message: message))
  }

  private func placed<Value>(_ value: Value, _ node: NodeID) -> Configuration.Placed<Value> {
    let span = document.sourceSpan(of: node)
    return Configuration.Placed(value: value, span: span, position: lines.position(of: span.start))
  }

  /// A scalar in quotes, or what else it is.
  private func shown(_ node: NodeID) -> String {
    document[node].kind == .scalar && document.scalarType(of: node) != .null
      ? quote(document.string(of: node)) : kind(of: node)
  }

  private func kind(of node: NodeID) -> String {
    switch document[node].kind {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .alias, .scalar: break
    }
    switch document.scalarType(of: node) {
    case .null, nil: return "nothing"
    case .boolean: return "true or false"
    case .integer, .float: return "a number"
    case .string, .timestamp, .binary: return "a text"
    }
  }
}

/// Whether a text is twelve digits.
func isAccount(_ text: String) -> Bool {
  text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}
