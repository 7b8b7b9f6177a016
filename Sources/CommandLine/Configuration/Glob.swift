/// A pattern over paths, as `.gitignore` knows it.
///
/// - Shape: `*` and `?` stay inside a part of the path, `**` as a whole part stands for any number of parts,
///   `[a-z]`, `[!a-z]`, `{one,other}`, `\` before a character that is meant as it stands. Without a slash but at its end
///   a pattern fits a name at any depth, else it begins at the configuration's folder. What fits a folder
///   covers all that is below it; with a slash at its end it fits folders only.
/// - Units: Unicode scalar values; casing counts.
struct Glob: Sendable {
  /// Why a text is no pattern.
  struct Fault: Error, Equatable {
    /// Goes on from the text itself.
    let reason: String
  }

  static let longest = 1024

  /// As it was written.
  let text: String
  /// The parts that it begins with and that have one meaning only.
  let literalParts: [String]
  /// Whether it fits one path only, and what is below.
  let isLiteral: Bool
  private let steps: [GlobStep]
  private let isForFolders: Bool
  /// UTF-8 that every path must hold that is covered; most patterns are done with by a look for it.
  private let tail: [UInt8]

  init(parsing text: String) throws(Fault) {
    self.text = text
    guard text.unicodeScalars.count <= Self.longest else {
      throw Fault(reason: "is longer than \(Self.longest) characters")
    }
    guard text.unicodeScalars.first != "!" else {
      throw Fault(reason: "begins with !, and nothing can be taken back; write \\! for the character")
    }
    var scalars = Array(text.unicodeScalars)[...]
    let isAnchored = scalars.first == "/" || scalars.starts(with: ["." as Unicode.Scalar, "/"])
    while scalars.first == "/" || scalars.starts(with: ["." as Unicode.Scalar, "/"]) {
      scalars = scalars.drop { $0 == "." }.dropFirst()
    }
    isForFolders = scalars.last == "/" && scalars.dropLast().last != "\\"
    if isForFolders { while scalars.last == "/" { scalars.removeLast() } }
    let parts = scalars.split(separator: "/", omittingEmptySubsequences: false)
    guard !scalars.isEmpty else { throw Fault(reason: "names nothing") }
    guard !parts.contains(where: \.isEmpty) else { throw Fault(reason: "has an empty part") }
    guard !parts.contains(where: { $0.elementsEqual(["."]) || $0.elementsEqual([".", "."]) }) else {
      throw Fault(reason: "has the part . or .., which no path below the configuration has")
    }
    let isPlaced = isAnchored || parts.count > 1
    let literal = parts.prefix { !$0.contains { GlobCompiler.special.contains($0) } }
    literalParts = isPlaced ? literal.map { part in Self.string(part) } : []
    isLiteral = isPlaced && literal.count == parts.count
    let last = parts.last ?? []
    let start = last.lastIndex { GlobCompiler.special.union(["]", "}"]).contains($0) }.map {
      last.index(after: $0)
    }
    tail = Array(Self.string(last[(start ?? last.startIndex)...]).utf8)
    var compiler = GlobCompiler(pattern: Array(scalars))
    steps = try compiler.compile(atAnyDepth: !isPlaced)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private func mayCover(_ path: String) -> Bool {
    guard !tail.isEmpty else { return true }
    let isFound = path.utf8.withContiguousStorageIfAvailable { path in
      path.indices.contains { start in
        start + tail.count <= path.count && path[start] == tail[0]
          && tail.indices.allSatisfy { path[start + $0] == tail[$0] }
      }
    }
    return isFound ?? true
  }

  /// Whether it fits a path, or a folder that the path lies in.
  ///
  /// - Parameters:
  ///   - path: relative to the configuration's folder, parts split by `/`.
  ///   - isFolder: whether the path itself is a folder.
  func covers(_ path: String, isFolder: Bool = false) -> Bool {
    guard mayCover(path) else { return false }
    var run = GlobRun(steps: steps)
    for scalar in path.unicodeScalars {
      if scalar == "/", run.hasEnded { return true }
      run.advance(over: scalar)
      if run.isStuck { return false }
    }
    return run.hasEnded && (isFolder || !isForFolders)
  }
}

/// One step of a compiled pattern; all but `fork` and `end` take a scalar and go on to the next step.
private enum GlobStep: Sendable {
  case scalar(Unicode.Scalar)
  /// Any scalar inside a part of the path.
  case inside
  /// Any scalar, slashes included.
  case anything
  case oneOf([ClosedRange<UInt32>], isNegated: Bool)
  /// Goes on at each of the places at once.
  case fork([Int])
  case end

  func takes(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let wanted): scalar == wanted
    case .inside: scalar != "/"
    case .anything: true
    case .oneOf(let ranges, let isNegated):
      scalar != "/" && ranges.contains { $0.contains(scalar.value) } != isNegated
    case .fork, .end: false
    }
  }
}

/// Follows all ways through a pattern at once, so that no pattern takes longer than its length times the path's.
private struct GlobRun {
  private let steps: [GlobStep]
  private var active: [Int] = []
  private var upcoming: [Int] = []
  /// The round in which each step was last reached.
  private var reached: [Int]
  private var round = 1
  private(set) var hasEnded = false

  init(steps: [GlobStep]) {
    self.steps = steps
    reached = Array(repeating: 0, count: steps.count)
    reach(0)
    swap(&active, &upcoming)
  }

  var isStuck: Bool { active.isEmpty && !hasEnded }

  mutating func advance(over scalar: Unicode.Scalar) {
    round += 1
    hasEnded = false
    upcoming.removeAll(keepingCapacity: true)
    for place in active where steps[place].takes(scalar) { reach(place + 1) }
    swap(&active, &upcoming)
  }

  private mutating func reach(_ first: Int) {
    var waiting = [first]
    while let place = waiting.popLast() {
      guard reached[place] < round else { continue }
      reached[place] = round
      switch steps[place] {
      case .fork(let places): waiting += places
      case .end: hasEnded = true
      default: upcoming.append(place)
      }
    }
  }
}

/// Turns the text of a pattern into steps.
private struct GlobCompiler {
  static let special: Set<Unicode.Scalar> = ["*", "?", "[", "{", "\\"]

  private let pattern: [Unicode.Scalar]
  private var index = 0
  private var steps: [GlobStep] = []

  init(pattern: [Unicode.Scalar]) { self.pattern = pattern }

  mutating func compile(atAnyDepth: Bool) throws(Glob.Fault) -> [GlobStep] {
    if atAnyDepth { addFolders() }
    try addItems(depth: 0)
    steps.append(.end)
    return steps
  }

  private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
    pattern.indices.contains(index + offset) ? pattern[index + offset] : nil
  }

  /// Up to the end, or inside braces to the comma or the closing one.
  private mutating func addItems(depth: Int) throws(Glob.Fault) {
    while let next = scalar() {
      if depth > 0, next == "," || next == "}" { return }
      switch next {
      case "*": addStars(depth: depth)
      case "?":
        steps.append(.inside)
        index += 1
      case "[": try addSet()
      case "{": try addAlternatives(depth: depth)
      case "\\":
        guard let meant = scalar(1) else {
          throw Glob.Fault(reason: "ends with a \\ that stands before nothing")
        }
        steps.append(.scalar(meant))
        index += 2
      default:
        steps.append(.scalar(next))
        index += 1
      }
    }
  }

  private mutating func addStars(depth: Int) {
    let before = scalar(-1)
    let startsPart = before == nil || before == "/" || (depth > 0 && (before == "{" || before == ","))
    let first = index
    while scalar() == "*" { index += 1 }
    let next = scalar()
    if startsPart, index - first == 2 {
      if next == "/" {
        index += 1
        return addFolders()
      }
      if next == nil || (depth > 0 && (next == "," || next == "}")) {
        let start = steps.count
        steps += [.anything, .fork([start, start + 2])]
        return
      }
    }
    let start = steps.count
    steps += [.fork([start + 1, start + 3]), .inside, .fork([start])]
  }

  /// Any number of folders, each with its slash.
  private mutating func addFolders() {
    let start = steps.count
    steps += [
      .fork([start + 1, start + 5]), .inside, .fork([start + 1, start + 3]), .scalar("/"), .fork([start]),
    ]
  }

  private mutating func addAlternatives(depth: Int) throws(Glob.Fault) {
    let fork = steps.count
    steps.append(.fork([]))
    var starts: [Int] = []
    var ends: [Int] = []
    repeat {
      index += 1
      starts.append(steps.count)
      try addItems(depth: depth + 1)
      ends.append(steps.count)
      steps.append(.fork([]))
    } while scalar() == ","
    guard scalar() == "}" else {
      throw Glob.Fault(reason: "has a { that is never closed; write \\{ for the character")
    }
    index += 1
    steps[fork] = .fork(starts)
    for end in ends { steps[end] = .fork([steps.count]) }
  }

  private mutating func addSet() throws(Glob.Fault) {
    index += 1
    let isNegated = scalar() == "!" || scalar() == "^"
    if isNegated { index += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while let next = scalar(), next != "]" || ranges.isEmpty {
      let low = try setMember()
      var high = low
      if scalar() == "-", let after = scalar(1), after != "]" {
        index += 1
        high = try setMember()
      }
      guard low.value <= high.value else {
        throw Glob.Fault(reason: "has the range \(low)-\(high), which runs backwards")
      }
      ranges.append(low.value...high.value)
    }
    guard scalar() == "]" else { throw Self.openSet }
    index += 1
    steps.append(.oneOf(ranges, isNegated: isNegated))
  }

  private mutating func setMember() throws(Glob.Fault) -> Unicode.Scalar {
    if scalar() == "\\" { index += 1 }
    guard let member = scalar() else { throw Self.openSet }
    index += 1
    return member
  }

  private static let openSet = Glob.Fault(
    reason: "has a [ that is never closed; write \\[ for the character")
}
