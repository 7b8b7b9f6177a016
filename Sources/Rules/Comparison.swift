internal import Syntax

/// Compares two numbers of one instance, even if they are written as text.
struct Comparison {
  enum Relation: String, CaseIterable {
    case equal, above, below
    case notAbove = "not-above"
    case notBelow = "not-below"

    func holds(_ left: ExactNumber, _ right: ExactNumber) -> Bool {
      switch self {
      case .equal: left == right
      case .above: left > right
      case .below: left < right
      case .notAbove: left <= right
      case .notBelow: left >= right
      }
    }
  }

  let other: JSONPointer
  let relation: Relation
}

/// A mark in one YAML text that is a placeholder for the value at the same place of another text.
struct KeptValues {
  let mark: String
  let other: JSONPointer
  /// The member that names the items of lists; without it, items are matched by index.
  let name: String?
}

extension SchemaEvaluator {
  /// Whether a time, or the run's time, satisfies a constraint; anything that is not a time does.
  mutating func holds(_ constraint: TimeConstraint, _ place: Place) -> Bool {
    let instant =
      constraint.judgesNow
      ? context.now
      : documents[place].instant(
        at: place.node, unit: constraint.unit, hasFractions: constraint.unit == .seconds)
    guard let instant else { return true }
    let context = context
    func value(_ pointer: JSONPointer) -> NodeID? {
      context.document.follow(pointer, from: context.root).value
    }
    let lookup = TimeConstraint.Lookup(
      instant: {
        value($0).flatMap { context.document.instant(at: $0, unit: .byDigits, hasFractions: true) }
      },
      minuteOfDay: { value($0).flatMap { context.document.minuteOfDay(at: $0) } })
    return holdsOrUnknown(
      constraint.holds(at: instant, now: context.now, lookup: lookup), "a time in the snapshot cannot be read"
    )
  }

  mutating func holds(_ comparison: Comparison, _ place: Place) -> Bool {
    let numbers = [
      documents[place].looseNumber(of: place.node),
      context.document.follow(comparison.other, from: context.root).value
        .flatMap { context.document.looseNumber(of: $0) },
    ]
    guard let left = numbers[0], let right = numbers[1] else {
      return holdsOrUnknown(nil, "one of two values to compare is no number")
    }
    return comparison.relation.holds(left, right)
  }

  /// Whether every mark in a YAML text has a value at the same place of the other text.
  mutating func keepsValues(_ kept: KeptValues, _ place: Place) -> Bool {
    guard let other = context.document.follow(kept.other, from: context.root).value else {
      return holdsOrUnknown(nil, "there is nothing to compare with")
    }
    // This reads both texts.
    budget.spend(
      (documents[place].textCount(of: place.node) + context.document.textCount(of: other)) >> 3)
    let new = documents[place].embeddedYAML(at: place.node, limits: context.limits)
    let old = context.document.embeddedYAML(at: other, limits: context.limits)
    for case .issue(let issue) in [new, old] where issue.kind == .limit {
      note(.limit(.embeddedDocument(message: issue.message, limit: issue.limit)))
      return true
    }
    guard case .document(let new) = new, case .document(let old) = old else {
      return holdsOrUnknown(nil, "one of two texts to compare is no YAML")
    }
    return Self.hasValues(kept, new, new.resolve(new.root), old, old.resolve(old.root))
  }

  private static func hasValues(
    _ kept: KeptValues, _ new: Document, _ node: NodeID, _ old: Document, _ other: NodeID?
  ) -> Bool {
    switch new[node].kind {
    case .mapping:
      let others = other.map { old.entries(of: $0).map { (old.text(of: $0.key), $0.value) } } ?? []
      let values = Dictionary(others) { $1 }
      return new.entries(of: node).allSatisfy { entry in
        hasValues(kept, new, entry.value, old, values[new.text(of: entry.key)])
      }
    case .sequence:
      let others = other.map { Array(old.items(of: $0)) } ?? []
      func name(_ item: NodeID, in document: Document) -> String? {
        kept.name.flatMap { document.value(of: $0, in: item) }.map { document.string(of: $0) }
      }
      let named = Dictionary(others.compactMap { item in name(item, in: old).map { ($0, item) } }) {
        first, _ in first
      }
      return new.items(of: node).enumerated().allSatisfy { index, item in
        let same = name(item, in: new).map { named[$0] }
        return hasValues(kept, new, item, old, same ?? (index < others.count ? others[index] : nil))
      }
    case .scalar, .alias: return !new.hasText(kept.mark, at: node) || other != nil
    }
  }
}

extension Document {
  /// The instant of an epoch number or an RFC 3339 text.
  func instant(at id: NodeID, unit: TimeConstraint.Unit, hasFractions: Bool = false) -> Instant? {
    switch scalarType(of: id) {
    case .integer: return number(of: id)?.int64.flatMap { unit.instant(epoch: $0) }
    case .float:
      // The AWS CLI prints times as seconds with a fraction; requests do not use that form.
      guard hasFractions, let seconds = number(of: id)?.double, seconds.magnitude < 1e11 else { return nil }
      return Instant(milliseconds: Int64((seconds * 1000).rounded()))
    case .string, .timestamp, .binary: return Instant(rfc3339: string(of: id))
    case .null, .boolean, nil: return nil
    }
  }

  /// The instant in a describe call's answer: seconds, with or without a fraction, milliseconds, or RFC 3339.
  func time(at id: NodeID) -> Instant? {
    guard let number = number(of: id) else { return instant(at: id, unit: .seconds) }
    let value = number.double
    guard value.magnitude < 1e15 else { return nil }
    return Instant(milliseconds: Int64((value.magnitude < 1e11 ? value * 1000 : value).rounded()))
  }

  /// Minutes since midnight of `{Hours, Minutes}`.
  func minuteOfDay(at id: NodeID) -> Int? {
    func part(_ key: String) -> Int? {
      value(of: key, in: id).flatMap { number(of: $0)?.int64 }.flatMap { Int(exactly: $0) }
    }
    guard let hours = part("Hours"), let minutes = part("Minutes"), (0..<24).contains(hours),
      (0..<60).contains(minutes)
    else { return nil }
    return hours * 60 + minutes
  }

  /// A number, even if it is written as text.
  fileprivate func looseNumber(of id: NodeID) -> ExactNumber? {
    if let number = number(of: id) { return number }
    guard scalarType(of: id) == .string else { return nil }
    let text = text(of: id)
    return text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? ExactNumber(decimal: text) : nil
  }
}
