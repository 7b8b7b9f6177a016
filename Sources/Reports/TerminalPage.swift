/// A piece of a line, free of control characters from the start.
struct TerminalPiece {
  let text: String
  let look: TerminalStyle.Look

  init(_ text: String, _ look: TerminalStyle.Look = .plain) {
    self.text = safe(text)
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

  private(set) var text = ""
  let style: TerminalStyle
  let width: Int

  init(_ style: TerminalStyle, width: Int = 80) {
    self.style = style
    self.width = width
  }

  /// Ends a block; never twice in a row.
  mutating func blank() {
    if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
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
    text += Self.label(label, style)
    add(pieces, indent: indent, hanging: Self.labelWidth + indent, column: Self.labelWidth)
  }

  /// Adds a labelled line that may be broken anywhere, as one without blanks must be.
  mutating func row(_ label: String, breakingAnywhere long: String) {
    var line = Self.label(label, style)
    var column = Self.labelWidth
    for scalar in safe(long).unicodeScalars {
      let columns = displayWidth(scalar)
      if column + columns > width {
        text += line + "\n"
        line = String(repeating: " ", count: Self.labelWidth)
        column = Self.labelWidth
      }
      line.unicodeScalars.append(scalar)
      column += columns
    }
    text += line + "\n"
  }

  private static func label(_ label: String, _ style: TerminalStyle) -> String {
    let blanks = String(repeating: " ", count: max(1, labelWidth - 2 - label.count))
    return "  " + (label.isEmpty ? "" : style.dim(label)) + blanks
  }

  private mutating func add(_ pieces: [TerminalPiece], indent: Int, hanging: Int, column: Int = 0) {
    text += String(repeating: " ", count: indent)
    var column = column + indent
    var isAtStart = true
    for word in Word.all(in: pieces) {
      if !isAtStart, column + word.blanks + word.width > width {
        text += "\n" + String(repeating: " ", count: hanging)
        column = hanging
      } else {
        text += String(repeating: " ", count: word.blanks)
        column += word.blanks
      }
      for piece in word.pieces { text += style.shown(piece.text, piece.look) }
      column += word.width
      isAtStart = false
    }
    text += "\n"
  }
}

/// Text between two blanks, and how many stand before it.
private struct Word {
  var blanks: Int
  var pieces: [(text: String, look: TerminalStyle.Look)] = []
  var width = 0

  static func all(in pieces: [TerminalPiece]) -> [Word] {
    var words = [Word(blanks: 0)]
    for piece in pieces {
      var isFirst = true
      for part in piece.text.split(separator: " ", omittingEmptySubsequences: false) {
        if !isFirst {
          if words[words.count - 1].pieces.isEmpty {
            words[words.count - 1].blanks += 1
          } else {
            words.append(Word(blanks: 1))
          }
        }
        isFirst = false
        guard !part.isEmpty else { continue }
        words[words.count - 1].pieces.append((String(part), piece.look))
        words[words.count - 1].width += part.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
      }
    }
    return words
  }
}
