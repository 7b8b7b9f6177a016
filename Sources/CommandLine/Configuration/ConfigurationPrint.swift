internal import Linting
internal import Models
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts

/// What applies to a path, and where each of it is said.
struct ConfigurationPrint {
  /// One setting.
  private struct Row {
    let key: String
    let value: String
    /// `FILE:LINE:COLUMN`, or what else decides.
    let origin: String
  }

  private let path: String
  /// What is there: `file`, `folder` or `nothing`.
  private let kind: String
  private let configuration: Configuration?
  private var rows: [Row] = []

  private static let byDefault = "default"

  /// - Parameter exclusion: what keeps the path out, and where it is written.
  init(
    path: String, kind: String, configuration: Configuration?,
    exclusion: (pattern: String, place: String)?
  ) {
    self.path = path
    self.kind = kind
    self.configuration = configuration
    add("excluded", exclusion == nil ? "no" : "yes", exclusion.map { "\($0.place) (\($0.pattern))" })
  }

  /// Tells the operation that binds the file where it names none itself.
  mutating func addBinding(_ relative: String?, _ operations: [OperationID?], path: OperationID?) {
    let isFolder = kind == "folder"
    let index = relative.flatMap { relative in
      configuration?.bindings.firstIndex { $0.files.value.covers(relative, isFolder: isFolder) }
    }
    if let configuration, let index {
      let glob = configuration.bindings[index].files
      add(
        "operation", operations[index]?.description ?? "",
        "\(configuration.place(glob.position)) (\(glob.value.text))")
    } else if let path {
      add("operation", path.description, "the path")
    } else {
      add("operation", "what the file names", nil)
    }
  }

  mutating func addSettings() {
    let configuration = configuration
    add("rules", "built in", nil)
    for pack in configuration?.rules ?? [] { add("rules", pack.value, place(pack)) }
    for level in configuration?.severity ?? [] {
      let text =
        switch level.level.value {
        case .off: "off"
        case .severity(let severity): severity.rawValue
        }
      add("severity.\(level.rule.value)", text, place(level.level))
    }
    add("fail-level", (configuration?.failLevel?.value ?? .error).rawValue, place(configuration?.failLevel))
    add("region", configuration?.region?.value ?? "none", place(configuration?.region))
    add("account", configuration?.account?.value ?? "none", place(configuration?.account))
    add(
      "require-reason", configuration?.requireReason?.value ?? true ? "true" : "false",
      place(configuration?.requireReason))
    for name in Limits.Name.allCases {
      let limit = configuration?.limits.first { $0.name == name }
      add("limits.\(name.rawValue)", String(limit?.value.value ?? Limits()[name]), place(limit?.value))
    }
  }

  mutating func addSuppressions(_ relative: String?, today: String) {
    guard let configuration, let relative else { return }
    for entry in configuration.suppress {
      guard let entry, entry.files.value.covers(relative, isFolder: kind == "folder") else { continue }
      var text = entry.rule.value
      if let pointer = entry.pointer?.value { text += " at \(pointer.description)" }
      if let until = entry.until?.value {
        text += entry.isExpired(on: today) ? ", ended on \(until)" : ", until \(until)"
      }
      if let reason = entry.reason?.value { text += ", because \(quote(reason))" }
      add("suppress", text, "\(configuration.place(entry.rule.position)) (\(entry.files.value.text))")
    }
  }

  private mutating func add(_ key: String, _ value: String, _ origin: String?) {
    rows.append(Row(key: key, value: value, origin: origin ?? Self.byDefault))
  }

  private func place<Value>(_ placed: Configuration.Placed<Value>?) -> String? {
    placed.flatMap { placed in configuration.map { $0.place(placed.position) } }
  }

  // MARK: Rendering

  /// A line for each setting: key, value, and what decides it.
  var text: String {
    let about = kind == "nothing" ? "\(path) (there is no such file)" : path
    var text = "\(about): \(configuration.map { "by \($0.shown)" } ?? "no configuration")\n"
    let keyWidth = rows.map(\.key.count).max() ?? 0
    let valueWidth = min(40, rows.map(\.value.count).max() ?? 0)
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    for row in rows {
      text += "  \(padded(row.key, keyWidth))  \(padded(row.value, valueWidth))  \(row.origin)\n"
    }
    return text
  }

  /// The same as JSON, `reqlint-config/1`.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("format", "reqlint-config/1")
      writer.member("path", path)
      writer.member("is", kind)
      writer.member("configuration", configuration?.shown)
      writer.key("settings")
      writer.array { writer in
        for row in rows {
          writer.lineObject { writer in
            writer.member("key", row.key)
            writer.member("value", row.value)
            writer.member("from", row.origin)
          }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }
}
