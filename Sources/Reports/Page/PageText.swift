internal import Syntax

/// Makes text of a plan safe anywhere in the page, and its hidden characters visible.
///
/// - Shape: by scalars, for a combining mark behind a quote makes one character with it.
func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
  var text = text
  text.withUTF8 { utf8 in
    var rest = utf8[...]
    while !rest.isEmpty {
      let plain = rest.prefix(while: isPlain)
      bytes += plain
      // What is not ASCII is never plain, so no scalar is cut.
      let others = rest[plain.endIndex...].prefix { !isPlain($0) }
      for scalar in String(decoding: others, as: UTF8.self).unicodeScalars { bytes += escaped(scalar).utf8 }
      rest = rest[others.endIndex...]
    }
  }
}

/// Whether a byte is a character that the page may show as it is.
private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
  case UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: " ")...UInt8(ascii: "~"): true
  default: false
  }
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "&": "&amp;"
  case "<": "&lt;"
  case ">": "&gt;"
  case "\"": "&quot;"
  case "'": "&#39;"
  default:
    // XML forbids noncharacters, and they show nothing.
    scalar.properties.isNoncharacterCodePoint
      ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : visible(scalar)
  }
}

/// A number with its thousands set apart, such as `1,234`.
func grouped(_ number: Int) -> String {
  if (0..<1000).contains(number) { return String(number) }
  let digits = Array(String(number.magnitude))
  let text = digits.indices.map { index in
    index > 0 && (digits.count - index) % 3 == 0 ? ",\(digits[index])" : String(digits[index])
  }
  return (number < 0 ? "-" : "") + text.joined()
}

/// A number and its noun, such as `1 request` or `1,234 requests`.
func grouped(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

/// The end of a text that has to fit; names differ at their ends.
///
/// - Units: what is not ASCII counts double, for it may be twice as wide.
func tail(of text: String, _ limit: Int) -> String {
  // No character is wider than its bytes are many.
  if text.utf8.count <= limit { return text }
  let kept = fitting(text.reversed(), limit)
  return kept.isWhole ? text : "…" + String(kept.characters.reversed())
}

/// The beginning of a text that has to fit; widths as for `tail`.
func head(of text: String, _ limit: Int) -> String {
  let kept = fitting(text, limit)
  return kept.isWhole ? text : String(kept.characters) + "…"
}

private func fitting(_ text: some Collection<Character>, _ limit: Int) -> (
  characters: [Character], isWhole: Bool
) {
  var characters: [Character] = []
  var width = 0
  for character in text {
    width += character.isASCII ? 1 : 2
    if width > limit {
      // The ellipsis takes the place of one.
      return (characters.dropLast(), false)
    }
    characters.append(character)
  }
  return (characters, true)
}
