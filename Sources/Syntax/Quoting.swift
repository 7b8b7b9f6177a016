/// A value as a message shows it: in quotes, shortened, control characters spelt out.
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

/// A scalar as it may stand in a terminal or report: controls, separators and bidirectional marks spelt out.
package func visible(_ scalar: Unicode.Scalar) -> String {
  isVisible(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
}

/// Whether a scalar may stand as it is where a text must keep to one line and to its reading order.
package func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return (" "..."~").contains(scalar) }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
    // The joiner that emoji sequences need.
    return scalar.value == 0x200D
  default: return true
  }
}

/// A text as it may stand in a terminal or report, on one line.
package func visible(_ text: String) -> String {
  isPrintableASCII(text) || text.unicodeScalars.allSatisfy(isVisible)
    ? text : text.unicodeScalars.reduce(into: "") { $0 += visible($1) }
}

/// Whether a text is nothing but blanks and visible characters of ASCII.
package func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.withContiguousStorageIfAvailable { isPrintableASCII($0) } ?? false
}

/// Whether bytes are nothing but blanks and visible characters of ASCII.
package func isPrintableASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  // The largest one is told for many bytes at once, as the first odd one would not be.
  bytes.reduce(0) { max($0, $1 &- 0x20) } < 0x5F
}

/// Stands where a value must not be shown.
package let redacted = "(sensitive)"
