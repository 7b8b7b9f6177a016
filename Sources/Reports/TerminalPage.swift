internal import Syntax

/// A piece of a line.
struct TerminalPiece {
  let text: String
  let look: TerminalStyle.Look

  init(_ text: String, _ look: TerminalStyle.Look = .plain) {
    self.text = text
    self.look = look
  }
}

extension TerminalPiece: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self.init(text) }
}

/// A line while it is put together, free of control characters.
struct TerminalLine {
  /// UTF-8.
  fileprivate private(set) var bytes: [UInt8] = []
  /// How the line looks, and up to where.
  fileprivate private(set) var looks: [(end: Int, look: TerminalStyle.Look)] = []

  mutating func add(_ text: String, _ look: TerminalStyle.Look = .plain) {
    let isAdded = text.utf8.withContiguousStorageIfAvailable { text in
      let isPlain = isPrintableASCII(text)
      if isPlain { bytes.append(contentsOf: text) }
      return isPlain
    }
    if isAdded != true { bytes += visible(text).utf8 }
    looks.append((bytes.count, look))
  }

  mutating func add(_ pieces: [TerminalPiece]) {
    for piece in pieces { add(piece.text, piece.look) }
  }

  fileprivate mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    looks.removeAll(keepingCapacity: true)
  }
}

/// Text for a terminal, its lines broken between words.
///
/// - Units: columns; a word that is wider than a line stays whole, so that it can be copied.
struct TerminalPage {
  /// Where the text of a labelled row begins.
  static let labelWidth = 14

  /// What has been written since the last `drain()`, UTF-8.
  private(set) var bytes: [UInt8] = []
  let style: TerminalStyle
  let width: Int
  /// Empty between two lines; kept for its room.
  private var buffer = TerminalLine()
  /// Whether the page goes on where another one ends, with a line that is not empty.
  private var isContinuation: Bool

  init(_ style: TerminalStyle, width: Int = 80, isContinuation: Bool = false) {
    self.style = style
    self.width = width
    self.isContinuation = isContinuation
  }

  /// What has been written since the last `drain()`, as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Hands over the lines that have been written since the last time, and spells out what a continuous integration
  /// system would take for a command.
  mutating func drain() -> [UInt8] {
    defer { (bytes, isContinuation) = ([], isInBlock) }
    return withoutCommands(bytes)
  }

  /// Ends a block; never twice in a row.
  mutating func blank() {
    if isInBlock { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Whether the last line is not empty.
  private var isInBlock: Bool {
    let newline = UInt8(ascii: "\n")
    return bytes.isEmpty
      ? isContinuation : bytes.count == 1 || bytes[(bytes.count - 2)...] != [newline, newline]
  }

  /// Adds a line, its continuations indented by `hanging`.
  mutating func line(_ pieces: TerminalPiece..., indent: Int = 0, hanging: Int? = nil) {
    line(pieces, indent: indent, hanging: hanging)
  }

  /// Adds a line, its continuations indented by `hanging`.
  mutating func line(_ pieces: [TerminalPiece], indent: Int = 0, hanging: Int? = nil) {
    add(indent: indent, hanging: hanging ?? indent) { $0.add(pieces) }
  }

  /// Adds a line that begins with a label, or goes on below one where the label is empty.
  mutating func row(_ label: String, _ pieces: TerminalPiece..., indent: Int = 0) {
    row(label, indent: indent) { $0.add(pieces) }
  }

  /// Adds a line that begins with a label; what a body puts together costs no pieces.
  mutating func row(_ label: String, indent: Int = 0, _ body: (inout TerminalLine) -> Void) {
    add(label: label)
    add(indent: indent, hanging: Self.labelWidth + indent, column: Self.labelWidth, body)
  }

  /// Adds a labelled line that may be broken anywhere, as one without blanks must be.
  mutating func row(_ label: String, breakingAnywhere long: String) {
    add(label: label)
    let text = visible(long)
    var (start, column) = (text.startIndex, Self.labelWidth)
    for index in text.unicodeScalars.indices {
      let columns = displayWidth(text.unicodeScalars[index])
      if column + columns > width {
        bytes += text[start..<index].utf8
        breakLine(hanging: Self.labelWidth)
        (start, column) = (index, Self.labelWidth)
      }
      column += columns
    }
    bytes += text[start...].utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// - Parameter label: in ASCII.
  private mutating func add(label: String) {
    add(blanks: 2)
    if !label.isEmpty { bytes.append(contentsOf: style.dim(label).utf8) }
    add(blanks: max(1, Self.labelWidth - 2 - label.utf8.count))
  }

  private mutating func add(blanks count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  private mutating func breakLine(hanging: Int) {
    bytes.append(UInt8(ascii: "\n"))
    add(blanks: hanging)
  }

  private mutating func add(indent: Int, hanging: Int, column: Int = 0, _ body: (inout TerminalLine) -> Void)
  {
    add(blanks: indent)
    var line = TerminalLine()
    swap(&line, &buffer)
    body(&line)
    line.bytes.withUnsafeBufferPointer { text in
      var column = column + indent
      // What is still to be written begins at `start`; the words up to `end` fit on the line.
      var (start, end) = (0, 0)
      while let word = Word(after: end, in: text) {
        if end > 0, column + word.start - end + word.width > width {
          add(start..<end, of: text, line.looks)
          breakLine(hanging: hanging)
          start = word.start
          column = hanging
        } else {
          column += word.start - end
        }
        column += word.width
        end = word.end
      }
      add(start..<text.count, of: text, line.looks)
    }
    bytes.append(UInt8(ascii: "\n"))
    line.clear()
    swap(&line, &buffer)
  }

  /// Adds a part of a line, each piece of it in its look.
  private mutating func add(
    _ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>, _ looks: [(end: Int, look: TerminalStyle.Look)]
  ) {
    guard style.usesColor else {
      return bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
    }
    var start = 0
    for piece in looks {
      let part = range.clamped(to: start..<piece.end)
      let marks = part.isEmpty ? nil : style.marks(piece.look)
      if let marks { bytes += marks.before.utf8 }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[part]))
      if let marks { bytes += marks.after.utf8 }
      start = piece.end
    }
  }
}

/// Text between two blanks of a line.
private struct Word {
  private static let blank = UInt8(ascii: " ")

  let start: Int
  let end: Int
  /// In columns.
  let width: Int

  /// The next word behind a place; `nil` where only blanks follow.
  init?(after place: Int, in line: UnsafeBufferPointer<UInt8>) {
    var start = place
    while start < line.count, line[start] == Self.blank { start += 1 }
    guard start < line.count else { return nil }
    var end = start
    var bits: UInt8 = 0
    while end < line.count, line[end] != Self.blank {
      bits |= line[end]
      end += 1
    }
    self.start = start
    self.end = end
    let text = line[start..<end]
    width =
      bits < 0x80
      ? text.count : String(decoding: text, as: UTF8.self).unicodeScalars.reduce(0) { $0 + displayWidth($1) }
  }
}
