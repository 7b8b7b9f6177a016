internal import Syntax

/// Text of whole lines in which no continuous integration system finds a command for itself.
///
/// - Shape: a line that begins with `::` gets `./` before it, for it begins with a path; the bracket of `##[` and
///   `##vso[` is spelt out.
/// - Source: GitHub's runner takes `::NAME` behind any blanks at the start of a line and `##[NAME` anywhere; the agent of
///   Azure Pipelines `##vso[` anywhere, TeamCity `##teamcity[`.
func withoutCommands(_ text: String) -> String {
  let bytes = Array(text.utf8)
  guard mayHoldCommands(bytes) else { return text }
  return String(decoding: withoutCommands(bytes), as: UTF8.self)
}

/// Whether the text contains what a command begins with.
private func mayHoldCommands(_ bytes: [UInt8]) -> Bool {
  bytes.contains(sequence: Array("::".utf8)) || bytes.contains(sequence: Array("##".utf8))
}

/// The same for UTF-8.
func withoutCommands(_ bytes: [UInt8]) -> [UInt8] {
  guard mayHoldCommands(bytes) else { return bytes }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count + 64)
  for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .enumerated()
  {
    if index > 0 { result.append(UInt8(ascii: "\n")) }
    if beginsCommand(line) { result += "./".utf8 }
    if line.contains(UInt8(ascii: "#")) { appendWithoutBrackets(line, to: &result) } else { result += line }
  }
  return result
}

/// Lines in which neither a terminal nor a CI system finds anything to obey.
package func safeLines(_ text: String) -> String {
  let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  return withoutCommands(lines.map { visible(String(Substring($0))) }.joined(separator: "\n"))
}

private func beginsCommand(_ line: ArraySlice<UInt8>) -> Bool {
  guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon + 1 < line.endIndex,
    line[colon + 1] == UInt8(ascii: ":"), line[..<colon].allSatisfy({ $0 <= 0x20 || $0 >= 0x80 })
  else { return false }
  return String(decoding: line[..<colon], as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
}

private func appendWithoutBrackets(_ line: ArraySlice<UInt8>, to result: inout [UInt8]) {
  // Number signs right before, then letters.
  var signs = 0
  for byte in line {
    if byte == UInt8(ascii: "["), signs >= 2 { result += "\\u{5B}".utf8 } else { result.append(byte) }
    let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    if byte == UInt8(ascii: "#") { signs += 1 } else if signs < 2 || !isLetter { signs = 0 }
  }
}
