internal import Models
internal import Patterns
internal import Rules
internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let integerOverflow = BuiltInCheck(
    "integer-overflow", "Integer beyond 32 or 64 bits",
    why: "The service cannot hold it; clients send it all the same.")
  static let tooLong = BuiltInCheck(
    "too-long", "String, list or map longer than the model says",
    why:
      "The service refuses it; clients do not look. A warning where only the bytes in UTF-8 pass the limit.")
  static let tooSmall = BuiltInCheck(
    "too-small", "Number below the model's minimum",
    why: "The service refuses it.")
  static let tooLarge = BuiltInCheck(
    "too-large", "Number above the model's maximum",
    why: "The service refuses it; clients do not look.")
  static let unknownValue = BuiltInCheck(
    "unknown-value", "Value that an enumeration does not have",
    why: "The service refuses it; clients do not look.")
}

/// Checks single values against their shapes: times, numbers and strings.
extension ModelCheck {
  mutating func checkScalar(_ id: NodeID, _ shape: Shape) {
    var reading = ScalarSchema.core
    switch ScalarFit(id, shape.kind, in: document) {
    case .wrong: return reportWrongType(id, shape)
    case .fits: break
    case .ambiguous(let fitting):
      reading = fitting
      if fitting == .yaml11 { yaml11Scalars.append(id) }
      reportAmbiguous(id, shape.kind)
    }
    switch shape.kind {
    case .string: checkString(id, shape)
    case .integer, .long, .float, .double: checkNumber(id, shape, reading)
    case .blob: checkBlob(id, shape)
    case .timestamp:
      noteGeneratedTime(id)
      checkTime(id, shape, reading)
    default: break
    }
  }

  private mutating func checkTime(_ id: NodeID, _ shape: Shape, _ reading: ScalarSchema) {
    if let number = document.number(of: id, reading) {
      if Timestamp(epoch: number) == nil { reportNoTime(id, shape, number) }
    } else if Timestamp(document.text(of: id)) == nil {
      mayBeTime(document.string(of: id)) ? reportDoubtfulTime(id) : reportNoTime(id, shape, nil)
    }
  }

  private mutating func checkNumber(_ id: NodeID, _ shape: Shape, _ reading: ScalarSchema) {
    if shape.kind == .float || shape.kind == .double { checkFinite(id, reading) }
    guard let number = document.number(of: id, reading) else { return }
    let limits: (low: ExactNumber, high: ExactNumber)? =
      switch shape.kind {
      case .integer: (ExactNumber(Int(Int32.min)), ExactNumber(Int(Int32.max)))
      case .long: (ExactNumber(Int.min), ExactNumber(Int.max))
      default: nil
      }
    if let limits, number < limits.low || number > limits.high {
      let bits = shape.kind == .long ? 64 : 32
      return add(
        .integerOverflow,
        "\(name(pointer))\(shown(" \(shortened(number))")) does not fit a \(bits)-bit integer",
        hint: "the largest value is \(limits.high), the smallest \(limits.low)", at: id)
    }
    if let minimum = shape.minimum, number < minimum {
      add(.tooSmall, "\(name(pointer))\(shown(" is \(number),")) must be at least \(minimum)", at: id)
    }
    if let maximum = shape.maximum, number > maximum {
      add(.tooLarge, "\(name(pointer))\(shown(" is \(number),")) must be at most \(maximum)", at: id)
    }
  }

  // MARK: Strings

  private mutating func checkString(_ id: NodeID, _ shape: Shape) {
    guard document.textCount(of: id) > 0 else { return checkEmpty(id, shape) }
    if isInXML { checkXML(id) }
    checkAuthoring(id, shape)
    let count = document.scalarCount(of: id)
    if let minimum = shape.minimum, ExactNumber(count) < minimum { reportTooShort(id, count, minimum) }
    if let maximum = shape.maximum {
      let size = document.textCount(of: id)
      if ExactNumber(count) > maximum {
        let message =
          "\(name(pointer))\(shownValue(id)) has \(characters(ExactNumber(count))), more than \(maximum)"
        let elsewhere = siblingHint { $0.maximum.map { ExactNumber(count) <= $0 } ?? false }
        add(.tooLong, message, hint: elsewhere ?? "shorten it to \(characters(maximum))", at: id)
      } else if ExactNumber(size) > maximum {
        findings.add(
          .tooLong,
          "\(name(pointer)) has \(count) characters but \(size) bytes in UTF-8, more than \(maximum)",
          hint: "the service may count bytes", severity: .warning, at: span(of: id), pointer, request: request
        )
      }
    }
    if !shape.values.isEmpty, !shape.hasValue(at: id, in: document) {
      reportUnknownValue(id, shape)
    }
    if let pattern = shape.pattern { checkPattern(pattern, id) }
  }

  /// If the model permits an empty text, it may be a skeleton's leftover.
  private mutating func checkEmpty(_ id: NodeID, _ shape: Shape) {
    var isRefused = false
    if let minimum = shape.minimum, minimum > ExactNumber(0) {
      reportTooShort(id, 0, minimum)
      isRefused = true
    }
    if !shape.values.isEmpty, !shape.values.contains("") {
      reportUnknownValue(id, shape)
      isRefused = true
    }
    if let pattern = shape.pattern, checkPattern(pattern, id) { isRefused = true }
    noteEmpty(id, isRefused: isRefused)
  }

  private mutating func reportUnknownValue(_ id: NodeID, _ shape: Shape) {
    let text = document.string(of: id)
    let near = near(text, among: shape.values).map { "did you mean \($0)?" }
    let elsewhere = siblingHint { [document] in $0.values.isEmpty || $0.hasValue(at: id, in: document) }
    let known = shape.values.prefix(8).joined(separator: ", ") + (shape.values.count > 8 ? ", …" : "")
    let verb = shape.values.count == 1 ? "must be" : "must be one of"
    let fix = findings.hasRoom ? fixOfValue(id, shape) : nil
    add(
      .unknownValue, "\(name(pointer)) \(verb) \(known)\(shown(", not \(quote(text))"))",
      hint: isSensitive ? nil : elsewhere ?? near, at: id, fix: fix)
  }

  /// Returns whether the text is known not to match.
  @discardableResult
  private mutating func checkPattern(_ source: String, _ id: NodeID) -> Bool {
    let pattern: Pattern
    do throws(Pattern.Fault) {
      pattern = try workbench.patterns.pattern(source)
    } catch {
      addPatternNotEvaluated("pattern \(source) \(error.reason)", id)
      return false
    }
    switch document.withText(of: id, { pattern.matchesWhole($0, &findings.budget.matches) }) {
    case .match: return false
    case .unknown:
      reportStopped(source, id)
      return false
    case .noMatch:
      // An error only if it is certain that no part matches either.
      let search =
        hasOwnRules
        ? .noMatch : document.withText(of: id) { pattern.isFound(in: $0, &findings.budget.matches) }
      findings.add(
        .patternMismatch,
        "\(name(pointer))\(shownValue(id)) does not match the pattern \(source)",
        hint: "the whole value must match", severity: search == .noMatch ? .error : .warning,
        at: span(of: id), pointer, request: request)
      if search == .unknown { reportStopped(source, id) }
      return true
    }
  }

  private mutating func addPatternNotEvaluated(_ reason: String, _ id: NodeID) {
    findings.addNotEvaluated(
      BuiltInCheck.patternMismatch.id, reason, at: span(of: id), pointer, request: request)
  }
}
