internal import Syntax

/// A piece of a line, free of control characters from the start.
struct TerminalPiece {
  let text: String
  let look: TerminalStyle.Look

  init(_ text: String, _ look: TerminalStyle.Look = .plain) {
    self.text = visible(text)
    self.look = look
  }
}

extension TerminalPiece: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self.init(text) }
}

/// Text for a terminal, its lines broken between words.
///
/// - Units: columns; a word that is wider than a line stays whole, so that it can be copied.
struct TerminalPage {
  /// Where the text of a labelled row begins.
  static let labelWidth = 14

  /// UTF-8.
  private(set) var bytes: [UInt8] = []
  let style: TerminalStyle
  let width: Int
  /// Whether the page goes on where another one ends, with a line that is not empty.
  private let isContinuation: Bool

  init(_ style: TerminalStyle, width: Int = 80, isContinuation: Bool = false) {
    self.style = style
    self.width = width
    self.isContinuation = isContinuation
  }

  /// What has been written, as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds a page that goes on where this one ends, and makes room for as many like it as are left.
  mutating func add(_ page: [UInt8], left: Int) {
    if bytes.capacity - bytes.count < page.count {
      bytes.reserveCapacity(bytes.count + page.count * (1 + left + left / 4))
    }
    bytes += page
  }

  /// Ends a block; never twice in a row.
  mutating func blank() {
    let newline = UInt8(ascii: "\n")
    let isNeeded =
      bytes.isEmpty ? isContinuation : bytes.count == 1 || bytes[(bytes.count - 2)...] != [newline, newline]
    if isNeeded { bytes.append(newline) }
  }

  /// Adds a line, its continuations indented by `hanging`.
  mutating func line(_ pieces: TerminalPiece..., indent: Int = 0, hanging: Int? = nil) {
    line(pieces, indent: indent, hanging: hanging)
  }

  /// Adds a line, its continuations indented by `hanging`.
  mutating func line(_ pieces: [TerminalPiece], indent: Int = 0, hanging: Int? = nil) {
    add(pieces, indent: indent, hanging: hanging ?? indent)
  }

  /// Adds a line that begins with a label, or goes on below one where the label is empty.
  mutating func row(_ label: String, _ pieces: TerminalPiece..., indent: Int = 0) {
    add(label: label)
    add(pieces, indent: indent, hanging: Self.labelWidth + indent, column: Self.labelWidth)
  }

  /// Adds a labelled line that may be broken anywhere, as one without blanks must be.
  mutating func row(_ label: String, breakingAnywhere long: String) {
    add(label: label)
    var column = Self.labelWidth
    for scalar in visible(long).unicodeScalars {
      let columns = displayWidth(scalar)
      if column + columns > width {
        breakLine(hanging: Self.labelWidth)
        column = Self.labelWidth
      }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      column += columns
    }
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

  private mutating func add(_ pieces: [TerminalPiece], indent: Int, hanging: Int, column: Int = 0) {
    add(blanks: indent)
    var word = Word(at: bytes.count)
    var column = column + indent
    var isAtStart = true
    for index in pieces.indices {
      let look = pieces[index].look
      let isAdded: Void? = pieces[index].text.utf8.withContiguousStorageIfAvailable { text in
        var start = 0
        while start < text.count {
          if text[start] == UInt8(ascii: " ") {
            if !word.isEmpty {
              end(word, &column, hanging: hanging, isAtStart: isAtStart)
              isAtStart = false
              word = Word(at: bytes.count)
            }
            word.blanks += 1
            bytes.append(UInt8(ascii: " "))
            start += 1
          } else {
            start = add(text, from: start, look, to: &word)
          }
        }
      }
      precondition(isAdded != nil, "a text lies in several pieces")
    }
    end(word, &column, hanging: hanging, isAtStart: isAtStart)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds what stands before the next blank, and tells where that is.
  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ look: TerminalStyle.Look, to word: inout Word
  ) -> Int {
    var end = start
    var bits: UInt8 = 0
    while end < text.count, text[end] != UInt8(ascii: " ") {
      bits |= text[end]
      end += 1
    }
    let part = UnsafeBufferPointer(rebasing: text[start..<end])
    word.isEmpty = false
    word.width +=
      bits < 0x80
      ? part.count
      : String(decoding: part, as: UTF8.self).unicodeScalars.reduce(0) { $0 + displayWidth($1) }
    let marks = style.marks(look)
    if let marks { bytes.append(contentsOf: marks.before.utf8) }
    bytes.append(contentsOf: part)
    if let marks { bytes.append(contentsOf: marks.after.utf8) }
    return end
  }

  /// Moves a word to a line of its own where it is too wide for the one that it has been added to.
  private mutating func end(_ word: Word, _ column: inout Int, hanging: Int, isAtStart: Bool) {
    if !isAtStart, column + word.blanks + word.width > width {
      let line = repeatElement(UInt8(ascii: " "), count: hanging + 1)
      bytes.replaceSubrange(word.start..<word.start + word.blanks, with: line)
      bytes[word.start] = UInt8(ascii: "\n")
      column = hanging
    } else {
      column += word.blanks
    }
    column += word.width
  }
}

/// Text between two blanks, and how many stand before it.
private struct Word {
  /// Where the blanks before it begin in the page.
  let start: Int
  var blanks = 0
  var width = 0
  var isEmpty = true

  init(at start: Int) { self.start = start }
}
