// Writes a Swift file that holds rule files as literals: embed-rules OUTPUT RULE…
// Each RULE is …/PACK/ID.yaml; the list is sorted by pack and id.
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

var source = "let builtInRuleFiles: [RuleFile] = [\n"
for path in arguments.dropFirst() {
  let url = URL(fileURLWithPath: path)
  let pack = url.deletingLastPathComponent().lastPathComponent
  let id = url.deletingPathExtension().lastPathComponent
  let text = try String(contentsOf: url, encoding: .utf8)
  source += "  RuleFile(pack: \(literal(pack)), id: \(literal(id)), builtIn: \(literal(text))),\n"
}
try (source + "]\n").write(toFile: output, atomically: true, encoding: .utf8)
