/// Translates a Java pattern to ICU's dialect without changing its meaning.
///
/// Flags, predefined classes and names are written out, so that nothing depends on ICU's own reading of them.
///
/// - Source: `java.util.regex.Pattern` of Java 17: its documentation, and its behaviour where that is silent.
struct JavaTranslation {
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let caseInsensitive = Flags(rawValue: 1)
    static let unixLines = Flags(rawValue: 2)
    static let multiline = Flags(rawValue: 4)
    static let dotAll = Flags(rawValue: 8)
    static let unicodeCase = Flags(rawValue: 16)
    static let comments = Flags(rawValue: 32)
  }

  struct Problem: Error {
    let reason: String

    static func invalid(_ detail: String) -> Problem {
      Problem(reason: "is no regular expression: \(detail)")
    }
    static func unsupported(_ detail: String) -> Problem { Problem(reason: "cannot be evaluated: \(detail)") }
  }

  /// A part of a sequence in ICU's dialect.
  private struct Piece {
    enum Kind { case nothing, set, single, several }
    var text: String
    var kind: Kind

    static let nothing = Piece(text: "", kind: .nothing)
    static func several(_ text: String) -> Piece { Piece(text: text, kind: .several) }
  }

  private static let longestPattern = 10_000
  private static let longestResult = 40_000
  static let deepestNesting = 40

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags: Flags = []
  private var depth = 0
  var classDepth = 0
  /// Collected during translation.
  private(set) var facts = JavaPatternFacts()
  /// Facts about the whole pattern, from a first pass.
  private let known: JavaPatternFacts
  /// Whether every repetition must count against ICU's time limit, which its loops over a single set do not.
  private let isCareful: Bool

  init(_ pattern: String, known: JavaPatternFacts = JavaPatternFacts(), isCareful: Bool) throws(Problem) {
    guard pattern.unicodeScalars.count <= Self.longestPattern else {
      throw .unsupported("it is longer than \(Self.longestPattern) characters")
    }
    scalars = withoutQuotations(Array(pattern.unicodeScalars))
    self.known = known
    self.isCareful = isCareful
  }

  mutating func run() throws(Problem) -> String {
    let result = try alternatives()
    if !isAtEnd { throw .invalid("a closing parenthesis has no partner") }
    guard result.utf8.count <= Self.longestResult else {
      throw .unsupported("written out, it is longer than \(Self.longestResult) characters")
    }
    // ICU refuses an empty pattern.
    return result.isEmpty ? "(?:)" : result
  }

  // MARK: Reading

  var isAtEnd: Bool { position >= scalars.count }
  var next: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

  func scalar(ahead: Int) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  /// Skips blanks and comments if a flag makes them meaningless.
  mutating func skipComments() {
    guard flags.contains(.comments) else { return }
    while let scalar = next {
      if scalar == "#" {
        while let scalar = next, scalar != "\n", scalar != "\r" { position += 1 }
      } else if scalar == " " || ("\t"..."\r").contains(scalar) {
        position += 1
      } else {
        return
      }
    }
  }

  // MARK: Sequences

  private mutating func alternatives() throws(Problem) -> String {
    guard depth <= Self.deepestNesting else {
      throw .unsupported("it nests deeper than \(Self.deepestNesting) groups")
    }
    depth += 1
    defer { depth -= 1 }
    var result = try sequence()
    while skip("|") {
      facts.branches += 1
      result += "|"
      result += try sequence()
    }
    return result
  }

  private mutating func sequence() throws(Problem) -> String {
    var result = ""
    while true {
      skipComments()
      guard let scalar = next, scalar != "|", scalar != ")" else { return result }
      // Flags on their own cannot be repeated; the text after them starts afresh.
      guard let piece = try piece(scalar) else { continue }
      result += try quantified(piece)
    }
  }

  private mutating func piece(_ scalar: Unicode.Scalar) throws(Problem) -> Piece? {
    switch scalar {
    case "*", "+", "?": throw .invalid("nothing stands before \(scalar) to be repeated")
    // A second quantifier repeats the empty text between the two.
    case "{": return .nothing
    case "(":
      position += 1
      return try group()
    case "[":
      position += 1
      return Piece(text: cased(try characterClass()), kind: .set)
    case "\\":
      position += 1
      return try escaped()
    default: position += 1
    }
    switch scalar {
    case "^": return .several(lineStart)
    case "$": return .several(lineEnd)
    case ".": return Piece(text: dot, kind: .set)
    default: return literal(scalar.value)
    }
  }

  private func literal(_ scalar: UInt32) -> Piece {
    let text = written(scalar)
    guard flags.contains(.caseInsensitive) else { return Piece(text: text, kind: .single) }
    if flags.contains(.unicodeCase) { return .several("(?i:\(text))") }
    guard let other = otherCase(scalar) else { return Piece(text: text, kind: .single) }
    return Piece(text: "[\(text)\(written(other))]", kind: .set)
  }

  /// ICU folds case only if a flag asks for all of Unicode.
  private func cased(_ set: String) -> String {
    flags.isSuperset(of: [.caseInsensitive, .unicodeCase]) ? "(?i:\(set))" : set
  }

  // MARK: Groups

  private mutating func group() throws(Problem) -> Piece? {
    let outer = flags
    var opening = "(?:"
    if skip("?") {
      guard let kind = try groupKind() else { return nil }
      opening = kind
    } else {
      facts.groupCount += 1
      if known.hasReference { opening = "(" }
    }
    let content = try alternatives()
    guard skip(")") else { throw .invalid("a group is not closed") }
    flags = outer
    let text = "\(opening)\(content))"
    // ICU does not repeat a bare assertion.
    return .several(opening.hasSuffix("=") || opening.hasSuffix("!") ? "(?:\(text))" : text)
  }

  /// The opening of a group in ICU, after `(?`; `nil` for flags on their own.
  private mutating func groupKind() throws(Problem) -> String? {
    guard let scalar = next else { throw .invalid("a group is not closed") }
    switch scalar {
    case ":", "=", "!", ">":
      position += 1
      return "(?\(scalar)"
    case "<":
      position += 1
      if skip("=") { return "(?<=" }
      if skip("!") { return "(?<!" }
      let name = try groupName()
      facts.groupCount += 1
      return known.hasReference ? "(?<\(name)>" : "(?:"
    default: return try flagGroup()
    }
  }

  private mutating func groupName() throws(Problem) -> String {
    var name = ""
    while let scalar = next, scalar != ">" {
      guard isASCIILetter(scalar) || !name.isEmpty && isDigit(scalar) else { break }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard !name.isEmpty, skip(">") else { throw .invalid("a group's name is letters and digits before >") }
    return name
  }

  private mutating func flagGroup() throws(Problem) -> String? {
    var isOn = true
    while let scalar = next {
      position += 1
      switch scalar {
      case ")": return nil
      case ":": return "(?:"
      case "-" where isOn: isOn = false
      default:
        guard let flag = try flag(scalar) else { throw .invalid("(?\(scalar) opens no group") }
        if isOn { flags.insert(flag) } else { flags.remove(flag) }
      }
    }
    throw .invalid("a group is not closed")
  }

  private func flag(_ scalar: Unicode.Scalar) throws(Problem) -> Flags? {
    switch scalar {
    case "i": .caseInsensitive
    case "d": .unixLines
    case "m": .multiline
    case "s": .dotAll
    case "u": .unicodeCase
    case "x": .comments
    case "c", "U": throw .unsupported("it uses the flag \(scalar)")
    default: nil
    }
  }

  // MARK: Repetition

  private mutating func quantified(_ piece: Piece) throws(Problem) -> String {
    skipComments()
    guard let quantifier = try quantifier() else { return piece.text }
    if piece.kind == .nothing { return "" }
    switch quantifier.maximum {
    case nil: facts.unboundedLoops += 1
    case 1 where quantifier.minimum == 0: facts.branches += 1
    case 0, 1: break
    default: facts.countedLoops += 1
    }
    guard isCareful else { return piece.text + quantifier.text }
    // ICU runs many such repetitions without counting a step; a dead branch inside costs one step each.
    if quantifier.minimum > 8 { return "(?:\(piece.text)|(?!))\(quantifier.text)" }
    return (piece.kind == .set && quantifier.maximum == nil ? "(?:\(piece.text))" : piece.text)
      + quantifier.text
  }

  // MARK: Escapes

  private mutating func escaped() throws(Problem) -> Piece {
    guard let kind = next else { throw .invalid("it ends with a backslash") }
    if let set = try predefinedSet() { return Piece(text: cased("[\(set)]"), kind: .set) }
    switch kind {
    case "1"..."9": return try reference()
    case "k":
      position += 1
      guard skip("<") else { throw .invalid("\\k names no group") }
      facts.hasReference = true
      return reference("\\k<\(try groupName())>")
    case "A", "b", "B", "G", "Z", "z", "R", "X":
      position += 1
      return .several(try assertion(kind))
    default: return literal(try character())
    }
  }

  private mutating func reference() throws(Problem) -> Piece {
    facts.hasReference = true
    var number = 0
    while let scalar = next, isDigit(scalar) {
      let longer = number * 10 + Int(scalar.value - 0x30)
      // Another digit belongs to the number only if such a group already exists.
      guard number == 0 || longer <= facts.groupCount else { break }
      number = longer
      position += 1
    }
    return number > known.groupCount ? .several("(?!)") : reference("\\\(number)")
  }

  private func reference(_ text: String) -> Piece {
    .several(flags.contains(.caseInsensitive) ? "(?i:\(text))" : "(?:\(text))")
  }
}
