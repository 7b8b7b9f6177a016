// Writes a Swift file that holds rule files as literals: embed-rules OUTPUT RULE…
// Each RULE is …/rules/PACK/ID.yaml; the list is sorted by path.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: embed-rules OUTPUT RULE…\n".utf8))
  exit(2)
}

/// A Swift string literal for any text.
func literal(_ text: String) -> String {
  "\""
    + text.unicodeScalars.map {
      $0.isASCII && $0.value >= 0x20 && $0 != "\"" && $0 != "\\"
        ? String($0) : "\\u{\(String($0.value, radix: 16))}"
    }.joined() + "\""
}

/// What a file holds, by its top-level keys; `RuleFile.Kind` tells it the same way.
func kind(of text: String) -> String {
  let lines = text.split(separator: "\n")
  func has(_ key: String) -> Bool { lines.contains { $0.hasPrefix("\(key):") } }
  return has("x-batch")
    ? "batch" : has("x-snapshot") ? "snapshot" : has("operation") ? "operation" : "request"
}

var source = "let builtInRuleFiles: [RuleFile] = [\n"
for path in arguments.dropFirst() {
  let url = URL(fileURLWithPath: path)
  let parts = url.deletingPathExtension().pathComponents
  let origin = parts.suffix(from: parts.lastIndex(of: "rules") ?? 0).joined(separator: "/") + ".yaml"
  let text = try String(contentsOf: url, encoding: .utf8)
  source += "  RuleFile(id: \(literal(parts.last ?? "")), origin: \(literal(origin)), "
  source += ".\(kind(of: text)), builtIn: \(literal(text))),\n"
}
try (source + "]\n").write(toFile: output, atomically: true, encoding: .utf8)
