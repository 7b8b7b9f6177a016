import Fuzzing
import Syntax

/// The YAML reader: whatever it takes has its place, and can be written again.
struct YAMLTarget: FuzzTarget {
  mutating func run(_ bytes: [UInt8]) {
    let source = SourceText(bytes)
    check(LineIndex(source), of: source)
    guard source.fault == nil else { return }
    var end: UInt32 = 0
    readDocuments(source, as: .yaml, limits: tightLimits) { parsed in
      switch parsed {
      case .issue(let issue): issue.check(in: source)
      case .document(let document):
        require(document.span.start >= end, "document at \(document.span) begins before \(end)")
        end = document.span.end
        document.check()
      }
    }
  }

  /// Lines and columns beside a plain count.
  private func check(_ lines: LineIndex, of source: SourceText) {
    let bytes = source.bytes
    guard bytes.count <= 256, source.fault == nil else { return }
    var (line, column) = (1, 1)
    for (index, byte) in bytes.enumerated() where index >= source.byteOrderMarkLength {
      if byte & 0xC0 != 0x80 {
        let position = lines.position(of: UInt32(index))
        require(position == Position(line: line, column: column), "byte \(index) at \(position)")
      }
      let endsLine = byte == 0x0A || byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if endsLine {
        (line, column) = (line + 1, 1)
      } else if index + 1 < bytes.count, bytes[index + 1] & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
