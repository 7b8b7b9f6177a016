internal import Syntax

/// A word of a POSIX shell command line that expands to exactly this text.
///
/// - Shape: in single quotes unless it consists of characters that no shell gives a meaning; what a reader could not see
///   is written as bytes for `printf`, but for line breaks.
/// - Source: POSIX.1-2024, Shell Command Language, 2.2.2.
package func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isPlainInShell) }
  guard text.isEmpty || !(isPlain ?? text.utf8.allSatisfy(isPlainInShell)) else { return text }
  if isPrintableASCII(text), !text.utf8.contains(UInt8(ascii: "'")) { return "'\(text)'" }
  var quoted = "'"
  for scalar in text.unicodeScalars {
    if scalar == "'" {
      quoted += "'\\''"
    } else if scalar != "\n", !isVisible(scalar) {
      let octal = String(scalar).utf8.map { "\\" + String(Int($0) + 0o1000, radix: 8).dropFirst() }
      quoted += "'\"$(printf '\(octal.joined())')\"'"
    } else {
      quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "'"
}

private func isPlainInShell(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
    UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "+"):
    true
  default: false
  }
}

/// A command line of these words.
func shellLine(_ words: [String]) -> String {
  // As bytes: appending to a string costs several times as much.
  var line: [UInt8] = []
  line.reserveCapacity(words.reduce(0) { $0 + $1.utf8.count + 3 })
  for word in words {
    if !line.isEmpty { line.append(UInt8(ascii: " ")) }
    line += shellWord(word).utf8
  }
  return String(decoding: line, as: UTF8.self)
}
