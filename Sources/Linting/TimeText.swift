internal import Syntax

/// Whether some client may read a text as a time.
///
/// Clients read more forms than a table could list, so a text is rejected only if it has something that no form has: a
/// word that no time uses, a sign that separates nothing, a day or an hour that does not exist.
///
/// - Source: botocore accepts seconds since 1970, and everything that dateutil's parser reads.
package func mayBeTime(_ text: String) -> Bool {
  let trimmed = text.utf8.drop { $0 == UInt8(ascii: " ") }
  guard !Timestamp.hasStrayUnderscore(trimmed) else { return false }
  if let number = ExactNumber(decimal: trimmed) {
    return Timestamp(epoch: number) != nil || isUnseparated(Array(trimmed))
  }
  let bytes = Array(trimmed)[...]
  guard !Timestamp.isBeyondCalendar(bytes), !hasOffsetOfDays(bytes), !hasOddOffset(bytes) else {
    return false
  }
  guard !isNumberWithZone(bytes), !hasEmptyFraction(bytes) else { return false }
  guard !isYearBeyondCalendar(trimmed), !isGroupedNumber(trimmed) else { return false }
  var calendar = CalendarText(trimmed)
  guard calendar.exists else { return false }
  return TimeWords(text).fit
}

/// Whether digits are a day with hour and minute, with or without seconds.
private func isUnseparated(_ digits: [UInt8]) -> Bool {
  guard [12, 14].contains(digits.count), digits.allSatisfy(isDigit) else { return false }
  return Timestamp(digits[..<8] + [UInt8(ascii: "T")] + digits[8...]) != nil
}

/// Whether a text ends in a time with an offset of a day or more, which no time zone has.
private func hasOffsetOfDays(_ text: ArraySlice<UInt8>) -> Bool {
  guard let sign = text.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
    text[..<sign].contains(UInt8(ascii: ":"))
  else { return false }
  let offset = text[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }
  guard offset.count == 4, offset.allSatisfy(isDigit) else { return false }
  return offset[0] > UInt8(ascii: "2") || (offset[0] == UInt8(ascii: "2") && offset[1] >= UInt8(ascii: "4"))
}

/// Whether a text ends in an offset in a form that no client knows, such as one with seconds.
private func hasOddOffset(_ text: ArraySlice<UInt8>) -> Bool {
  guard let sign = text.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
    text[..<sign].contains(where: { $0 == UInt8(ascii: ":") || $0 | 0x20 == UInt8(ascii: "t") })
  else { return false }
  let parts = text[(sign + 1)...].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  guard parts.allSatisfy({ $0.allSatisfy(isDigit) }) else { return false }
  if parts.count > 1 { return parts.count > 2 || parts[0].count > 2 }
  return text[sign] == UInt8(ascii: "+") && ![1, 2, 4].contains(parts[0].count)
}

/// Whether a text is a number followed by a zone, and not the digits of a day, hour and minute.
private func isNumberWithZone(_ text: ArraySlice<UInt8>) -> Bool {
  let number = text.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
  let zone = String(decoding: text[number.endIndex...].drop { $0 == 0x20 }, as: UTF8.self).uppercased()
  return !number.isEmpty && ["Z", "UTC", "GMT"].contains(zone) && ![12, 14].contains(number.count)
}

/// Whether a fraction of a second has no digit before the zone.
private func hasEmptyFraction(_ text: ArraySlice<UInt8>) -> Bool {
  text.last.map { $0 | 0x20 } == UInt8(ascii: "z") && text.dropLast().last == UInt8(ascii: ".")
}

/// Whether a text begins with a day in a year of five digits or more, which no client supports.
private func isYearBeyondCalendar(_ text: some Collection<UInt8>) -> Bool {
  let rest = text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
  let parts = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    .split(maxSplits: 2, omittingEmptySubsequences: false) { !isDigit($0) }
  return parts.count == 3 && parts[0].count >= 5 && (1...2).contains(parts[1].count)
    && (1...2).contains(parts[2].count)
}

/// Whether a text is a number with thousands separated by commas that cannot be read as month and year.
///
/// - Source: dateutil reads `5,500` as May 500, and refuses `1,000` and `12,500`.
private func isGroupedNumber(_ text: some Collection<UInt8>) -> Bool {
  let groups = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  guard groups.count > 1, (1...2).contains(groups[0].count), groups[0].allSatisfy(isDigit) else {
    return false
  }
  guard groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(isDigit) }) else { return false }
  return groups[0].count == 2 || groups[0].first == 0x30 || groups[1].allSatisfy { $0 == 0x30 }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// The day and the hour at the beginning of a text in ISO 8601 form.
private struct CalendarText {
  private var rest: Substring.UTF8View

  init(_ text: some Collection<UInt8>) { rest = Substring(decoding: text, as: UTF8.self).utf8 }

  /// Whether they exist; also true for a text in another form.
  var exists: Bool {
    mutating get {
      guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
        rest.first.map({ !isDigit($0) }) ?? true
      else { return true }
      let date = CivilTime(year: year, month: month, day: day)
      // A day that the month lacks comes back as a different one.
      guard year > 0, (1...12).contains(month), CivilTime(utc: Instant(date)) == date else { return false }
      guard take("T") || take("t") || take(" "), let hour = number(2), take(":"), let minute = number(2)
      else {
        return true
      }
      let second = take(":") ? number(2) : 0
      guard let second, isEndOfTime else { return true }
      return hour < 24 && minute < 60 && second < 60
    }
  }

  /// Whether only a fraction and an offset follow.
  private var isEndOfTime: Bool {
    mutating get {
      if take(".") || take(",") { rest = rest.drop { isDigit($0) } }
      guard let first = rest.first else { return true }
      return first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        || (rest.count == 1 && first | 0x20 == UInt8(ascii: "z"))
    }
  }

  private mutating func number(_ width: Int) -> Int? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy(isDigit) else { return nil }
    rest = rest.dropFirst(width)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  private mutating func take(_ sign: Character) -> Bool {
    guard let first = rest.first, first == sign.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }
}

/// Compares words, numbers and signs of a text with those of times.
private struct TimeWords {
  private static let days: Set<String> = [
    "mon", "monday", "tue", "tuesday", "wed", "wednesday", "thu", "thursday", "fri", "friday", "sat",
    "saturday", "sun", "sunday", "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may",
    "jun", "june", "jul", "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov",
    "november", "dec", "december",
  ]
  private static let hours: Set<String> = [
    "am", "pm", "a", "p", "h", "hour", "hours", "m", "minute", "minutes", "s", "second", "seconds",
  ]
  private static let fillers: Set<String> = [
    "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th",
  ]

  /// Whether all of them may belong to a time, and there is at least one.
  private(set) var fit = true
  private var numbers = 0
  private var hasDay = false
  /// Whether the text so far may contain an hour, so that a zone may follow.
  private var mayHaveHour = false

  init(_ text: String) {
    var rest = Substring(text).unicodeScalars
    while fit, let first = rest.first {
      if first.properties.isAlphabetic {
        let word = rest.prefix { $0.properties.isAlphabetic }
        rest = rest.dropFirst(word.count)
        take(word: String(word))
      } else if ("0"..."9").contains(first) {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        numbers += 1
        // Hours and minutes may follow a date without any separator.
        mayHaveHour = mayHaveHour || digits.count >= 6 || numbers > 3
      } else if first.properties.numericType != nil {
        // Digits of another script may mean anything.
        return
      } else {
        take(sign: first)
        rest = rest.dropFirst()
      }
    }
    fit = fit && (numbers > 0 || hasDay)
  }

  private mutating func take(word: String) {
    let lowered = word.lowercased()
    if Self.days.contains(lowered) {
      hasDay = true
    } else if Self.hours.contains(lowered), numbers > 0 {
      mayHaveHour = true
    } else if !Self.fillers.contains(lowered) {
      let isZone = word.utf8.count <= 5 && word.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
      fit = mayHaveHour && (isZone || word == "z")
    }
  }

  private mutating func take(sign: Unicode.Scalar) {
    switch sign {
    case ":": (fit, mayHaveHour) = (numbers > 0, true)
    case "+", "(", ")": fit = mayHaveHour
    case ".", ",", ";", "-", "/", "'", "\0": break
    default: fit = sign.properties.isWhitespace
    }
  }
}
