internal import Syntax

/// A command line to paste into a shell, one option a line.
///
/// - Shape: what a reader could not see is written as bytes in `$'…'`, which bash and zsh read.
func commandText(_ words: [String]) -> String {
  var text = ""
  for word in words {
    if word.hasPrefix("--") { text += " \\\n  " } else if !text.isEmpty { text += " " }
    text += shellWord(word)
  }
  return text
}

private func shellWord(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:=@,+%".utf8.contains(byte)
    }
  }
  if isPlain && !word.isEmpty { return word }
  if word.unicodeScalars.contains(where: isHidden) { return hexadecimalWord(word) }
  guard word.utf8.contains(UInt8(ascii: "'")) else { return "'\(word)'" }
  // By scalars: a quote and the combining mark behind it are one character, and no shell thinks so.
  let quoted = word.unicodeScalars.reduce(into: "") { text, scalar in
    if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
  }
  return "'\(quoted)'"
}

private func hexadecimalWord(_ word: String) -> String {
  var text = "$'"
  for scalar in word.unicodeScalars {
    switch scalar {
    case "'", "\\": text += "\\\(scalar)"
    case _ where isHidden(scalar):
      for byte in String(scalar).utf8 {
        let digits = String(byte, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      }
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "'"
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar != "\n" && !isVisible(scalar) }
  return !isVisible(scalar) || scalar.properties.isNoncharacterCodePoint
}
