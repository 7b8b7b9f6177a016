internal import Syntax
internal import Verdicts

/// A number with its noun, such as `2 requests`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Columns that a scalar takes in a terminal.
///
/// - Source: the wide and fullwidth blocks of Unicode's East Asian Width, and emoji.
func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// Text of at most so many Unicode scalar values, the rest replaced by an ellipsis.
func shortened(_ text: String, to limit: Int) -> String {
  // No scalar takes less than a byte.
  guard text.utf8.count > limit else { return text }
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "…"
}

/// A point in time, or a span of it, as people read it: `2026-12-01 10:00 UTC`.
func shownTime(from earliest: Instant?, to latest: Instant?) -> String {
  switch (earliest, latest) {
  case (nil, nil): return ""
  case (let time?, nil): return "from \(clockTime(time)) UTC"
  case (nil, let time?): return "until \(clockTime(time)) UTC"
  case (let earliest?, let latest?):
    guard earliest != latest else { return "\(clockTime(earliest)) UTC" }
    let (from, to) = (clockTime(earliest), clockTime(latest))
    let isSameDay = CivilTime(utc: earliest).days == CivilTime(utc: latest).days
    return isSameDay ? "\(from)–\(to.drop { $0 != " " }.dropFirst()) UTC" : "\(from) – \(to) UTC"
  }
}

/// Date and time in UTC, seconds only where there are any.
private func clockTime(_ instant: Instant) -> String {
  let time = CivilTime(utc: instant)
  let text = time.text(separator: " ")
  return time.millisecond == 0 ? String(text.dropLast(":00".count)) : text
}

/// Colours and weights, or none.
struct TerminalStyle {
  /// The emphasis of a piece of text.
  enum Look { case plain, bold, dim, bad, caution, note, good }

  let usesColor: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }
  func severity(_ severity: Severity) -> String { wrapped(severity.rawValue, "1;\(code(severity))") }
  func mark(_ text: String, _ severity: Severity) -> String { wrapped(text, code(severity)) }

  /// Escape sequences before and after a piece; `nil` for none.
  func marks(_ look: Look) -> (before: String, after: String)? {
    let code: String? =
      switch look {
      case .plain: nil
      case .bold: "1"
      case .dim: "2"
      case .bad: "1;31"
      case .caution: "1;33"
      case .note: "1;36"
      case .good: "1;32"
      }
    guard usesColor, let code else { return nil }
    return ("\u{1B}[\(code)m", "\u{1B}[0m")
  }

  private func code(_ severity: Severity) -> String {
    switch severity {
    case .error: "31"
    case .warning: "33"
    case .info: "36"
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
