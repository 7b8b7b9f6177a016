internal import Syntax

/// The keywords beyond JSON Schema whose values are not schemas.
extension SchemaCompiler {
  // MARK: x-version

  mutating func versionConstraint(_ node: NodeID) -> VersionConstraint? {
    guard checkKeys(of: node, ["prefix", "minimum", "maximum"], in: "x-version") else { return nil }
    var bounds: [[Int]?] = []
    for key in ["minimum", "maximum"] {
      guard let value = document.value(of: key, in: node) else {
        bounds.append(nil)
        continue
      }
      guard let numbers = VersionConstraint.numbers(Substring(document.string(of: value))) else {
        return fault("\(key) must be a dotted version such as \"2.15\"", at: value)
      }
      bounds.append(numbers)
    }
    if bounds.allSatisfy({ $0 == nil }) { return fault("x-version needs minimum or maximum", at: node) }
    let prefix = document.value(of: "prefix", in: node).map { document.string(of: $0) } ?? ""
    return VersionConstraint(prefix: prefix, minimum: bounds[0], maximum: bounds[1])
  }

  // MARK: x-time

  mutating func timeConstraint(_ node: NodeID) -> TimeConstraint? {
    let keys = ["of", "unit", "after", "before", "zone", "windows", "freezes", "daily"]
    guard checkKeys(of: node, keys, in: "x-time") else { return nil }
    if let subject = document.value(of: "of", in: node), !document.hasText("now", at: subject) {
      return fault("of must be now", at: subject)
    }
    var unit = TimeConstraint.Unit.byDigits
    if let value = document.value(of: "unit", in: node) {
      guard let known = TimeConstraint.Unit(rawValue: document.string(of: value)) else {
        return fault("unit must be milliseconds, seconds or by-digits", at: value)
      }
      unit = known
    }
    var zone = TimeZoneClock.utc
    if let value = document.value(of: "zone", in: node) {
      guard let named = TimeZoneClock(named: document.string(of: value)) else {
        return fault("time zone \(quote(document.string(of: value))) is unknown", at: value)
      }
      zone = named
    }
    let conditions = ["after", "before", "windows", "freezes", "daily"]
    if conditions.allSatisfy({ document.value(of: $0, in: node) == nil }) {
      return fault("x-time needs after, before, windows, freezes or daily", at: node)
    }
    let faultsBefore = faults.count
    let windows = items("windows", in: node)
    let freezes = items("freezes", in: node)
    let constraint = TimeConstraint(
      judgesNow: document.value(of: "of", in: node) != nil, unit: unit,
      after: document.value(of: "after", in: node).flatMap { timeLimit($0) },
      before: document.value(of: "before", in: node).flatMap { timeLimit($0) }, zone: zone,
      windows: windows.compactMap { window($0) }, freezes: freezes.compactMap { freeze($0) },
      daily: document.value(of: "daily", in: node).flatMap { daily($0) })
    return faults.count == faultsBefore ? constraint : nil
  }

  private mutating func timeLimit(_ node: NodeID) -> TimeConstraint.Limit? {
    let text = document.string(of: node)
    if text == "now" { return .now(offset: 0) }
    if text.hasPrefix("/"), let pointer = JSONPointer(parsing: text) { return .value(pointer) }
    if text.hasPrefix("now+") || text.hasPrefix("now-"), let length = Self.duration(text.dropFirst(4)) {
      return .now(offset: text.hasPrefix("now-") ? -length : length)
    }
    guard let parsed = CivilTime.parse(text) else {
      return fault("must be now, now+P30D, a date, an RFC 3339 date-time or a JSON pointer", at: node)
    }
    guard let offset = parsed.offsetMinutes else { return .local(parsed.time) }
    return .instant(Instant(parsed.time).advanced(milliseconds: -Int64(offset) * 60_000))
  }

  /// Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds, in that order.
  private static func duration(_ text: Substring) -> Int64? {
    guard text.utf8.first == UInt8(ascii: "P") else { return nil }
    var units: [(sign: Unicode.Scalar, milliseconds: Int64)] = [("W", 604_800_000), ("D", 86_400_000)]
    var total: Int64 = 0
    var number = ""
    var isEmpty = true
    var isTime = false
    for scalar in text.unicodeScalars.dropFirst() {
      if scalar == "T", number.isEmpty, !isTime {
        isTime = true
        units = [("H", 3_600_000), ("M", 60_000), ("S", 1000)]
        isEmpty = true
      } else if ("0"..."9").contains(scalar), number.utf8.count < 9 {
        number.unicodeScalars.append(scalar)
      } else {
        guard let index = units.firstIndex(where: { $0.sign == scalar }), let count = Int64(number) else {
          return nil
        }
        total += count * units[index].milliseconds
        units.removeFirst(index + 1)
        number = ""
        isEmpty = false
      }
    }
    return number.isEmpty && !isEmpty ? total : nil
  }

  private mutating func window(_ node: NodeID) -> TimeConstraint.Window? {
    guard checkKeys(of: node, ["days", "from", "to"], in: "a window") else { return nil }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    var days: Set<Int> = []
    for day in items("days", in: node) {
      guard let index = names.firstIndex(of: document.string(of: day)) else {
        return fault("a day must be one of \(names.joined(separator: ", "))", at: day)
      }
      days.insert(index)
    }
    guard let from = clockMinutes("from", in: node), let to = clockMinutes("to", in: node) else { return nil }
    return TimeConstraint.Window(days: days, from: from, to: to)
  }

  private mutating func clockMinutes(_ key: String, in node: NodeID) -> Int? {
    guard let value = document.value(of: key, in: node) else {
      return fault("a window needs from and to", at: node)
    }
    guard let time = CivilTime.parse("2000-01-01T\(document.string(of: value))"), time.offsetMinutes == nil,
      time.time.millisecond == 0
    else {
      return fault("\(key) must be a time of day such as \"22:00\"", at: value)
    }
    return time.time.hour * 60 + time.time.minute
  }

  private mutating func daily(_ node: NodeID) -> TimeConstraint.Daily? {
    guard checkKeys(of: node, ["start", "hours"], in: "daily") else { return nil }
    guard let start = document.value(of: "start", in: node),
      let hours = document.value(of: "hours", in: node).flatMap({ document.number(of: $0)?.int64 }),
      (1...24).contains(hours)
    else { return fault("daily needs start, a JSON pointer, and hours, 1 to 24", at: node) }
    return pointer(start).map { TimeConstraint.Daily(start: $0, minutes: Int(hours) * 60) }
  }

  private mutating func freeze(_ node: NodeID) -> TimeConstraint.Freeze? {
    guard checkKeys(of: node, ["from", "to"], in: "a freeze") else { return nil }
    var times: [CivilTime] = []
    for key in ["from", "to"] {
      guard let value = document.value(of: key, in: node) else {
        return fault("a freeze needs from and to", at: node)
      }
      guard let parsed = CivilTime.parse(document.string(of: value)), parsed.offsetMinutes == nil else {
        return fault("\(key) must be a date or a date-time without offset, in the zone", at: value)
      }
      times.append(parsed.time)
    }
    guard times[0] < times[1] else { return fault("a freeze must end after it begins", at: node) }
    return TimeConstraint.Freeze(from: times[0], to: times[1])
  }

  // MARK: x-compare

  mutating func comparison(_ node: NodeID) -> Comparison? {
    guard checkKeys(of: node, ["with", "is"], in: "x-compare") else { return nil }
    guard let with = document.value(of: "with", in: node), let relation = document.value(of: "is", in: node)
    else { return fault("x-compare needs with, a JSON pointer, and is", at: node) }
    guard let other = pointer(with) else { return nil }
    guard let known = Comparison.Relation(rawValue: document.string(of: relation)) else {
      let names = Comparison.Relation.allCases.map(\.rawValue).joined(separator: ", ")
      return fault("is must be one of \(names)", at: relation)
    }
    return Comparison(other: other, relation: known)
  }

  // MARK: x-kept-values

  mutating func keptValues(_ node: NodeID) -> KeptValues? {
    guard checkKeys(of: node, ["mark", "of", "named"], in: "x-kept-values") else { return nil }
    guard let mark = document.value(of: "mark", in: node), let other = document.value(of: "of", in: node)
    else {
      return fault("x-kept-values needs mark, and of, a JSON pointer", at: node)
    }
    guard let other = pointer(other) else { return nil }
    return KeptValues(
      mark: document.string(of: mark), other: other,
      name: document.value(of: "named", in: node).map { document.string(of: $0) })
  }

  // MARK: Parts

  private mutating func items(_ key: String, in node: NodeID) -> [NodeID] {
    guard let value = document.value(of: key, in: node) else { return [] }
    let items = Array(document.items(of: value))
    if items.isEmpty { fault("\(key) must be a list with something in it", at: value) }
    return items
  }

  private mutating func checkKeys(of node: NodeID, _ known: [String], in place: String) -> Bool {
    let problems = document.keyProblems(of: node, known, in: place)
    for problem in problems { fault(problem.message, at: problem.node) }
    return problems.isEmpty
  }
}
