/// A value for a message: in quotes, shortened, control characters spelled out.
package func quote(_ text: String) -> String {
  let limit = 60
  var shown = "\""
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else {
      shown += "…"
      break
    }
    shown += visible(scalar)
    count += 1
  }
  return shown + "\""
}

/// A scalar made safe for a terminal or report: control, separator and bidirectional characters are spelled out.
package func visible(_ scalar: Unicode.Scalar) -> String {
  isVisible(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
}

/// Whether a scalar may appear as is in a text that must keep to one line and to its reading order.
package func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return (" "..."~").contains(scalar) }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
    // Emoji sequences need this joiner.
    return scalar.value == 0x200D
  default: return true
  }
}

/// A text made safe for a terminal or report, on one line.
package func visible(_ text: String) -> String {
  isPrintableASCII(text) || text.unicodeScalars.allSatisfy(isVisible)
    ? text : text.unicodeScalars.reduce(into: "") { $0 += visible($1) }
}

/// Whether a text consists only of blanks and visible ASCII characters.
package func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.withContiguousStorageIfAvailable { isPrintableASCII($0) } ?? false
}

/// Whether bytes are only blanks and visible ASCII characters.
package func isPrintableASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  // The maximum is computed for many bytes at once; a search for the first odd byte would not be.
  bytes.reduce(0) { max($0, $1 &- 0x20) } < 0x5F
}

/// Replaces a value that must not be shown.
package let redacted = "(sensitive)"
