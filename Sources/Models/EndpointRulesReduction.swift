internal import Syntax

/// Reduces one `endpoint-rule-set-1.json` to the parts that lead to an endpoint.
struct EndpointRulesReduction {
  let document: Document
  let path: String

  private static let parameterKeys: Set<String> = ["builtIn", "default", "required", "type"]
  private static let ruleKeys: Set<String> = ["conditions", "endpoint", "error", "type"]

  func json() throws(ModelFault) -> [UInt8] {
    let root = document.root
    guard let version = document.value(of: "version", in: root) else { throw missing("version") }
    guard let parameters = document.value(of: "parameters", in: root) else { throw missing("parameters") }
    guard let rules = document.value(of: "rules", in: root) else { throw missing("rules") }
    let lines = document.entries(of: parameters).map { entry in
      "\(quoted(entry.key)):\(compact(entry.value, keeping: Self.parameterKeys))"
    }
    let head = "{\n\"version\":\(quoted(version)),\n\"parameters\":{\n\(lines.joined(separator: ",\n"))\n},\n"
    return Array("\(head)\"rules\":[\n\(list(rules, depth: 0))\n]\n}\n".utf8)
  }

  /// One rule per line; a rule that contains others ends its line where they begin.
  private func list(_ rules: NodeID, depth: Int) -> String {
    let indent = String(repeating: " ", count: depth)
    return document.items(of: rules).map { rule in
      let head = compact(rule, keeping: Self.ruleKeys)
      let separator = head == "{}" ? "" : ","
      guard let nested = document.value(of: "rules", in: rule) else { return indent + head }
      guard document.count(of: nested) > 0 else {
        return "\(indent)\(head.dropLast())\(separator)\"rules\":[]}"
      }
      return
        "\(indent)\(head.dropLast())\(separator)\"rules\":[\n\(list(nested, depth: depth + 1))\n\(indent)]}"
    }.joined(separator: ",\n")
  }

  private func compact(_ node: NodeID, keeping keys: Set<String>) -> String {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      for entry in document.entries(of: node) where keys.contains(document.string(of: entry.key)) {
        writer.key(document.string(of: entry.key))
        writer.copy(entry.value, of: document) { $0 != "documentation" }
      }
    }
    return writer.text
  }

  private func quoted(_ text: NodeID) -> String {
    var writer = JSONWriter(.compact)
    writer.value(document.string(of: text))
    return writer.text
  }

  private func missing(_ key: String) -> ModelFault { ModelFault(path: path, .missing(key: key)) }
}
