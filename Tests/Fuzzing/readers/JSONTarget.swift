import Foundation
import Fuzzing
import Syntax

/// The JSON reader beside a recogniser of RFC 8259 that shares no line with it.
struct JSONTarget: FuzzTarget {
  mutating func run(_ bytes: [UInt8]) {
    let source = SourceText(bytes)
    guard source.fault == nil else { return }
    var recogniser = JSONRecogniser(bytes)
    switch readJSON(source, limits: Limits()) {
    case .issue(let issue):
      issue.check(in: source)
      require(issue.kind == .limit || !recogniser.acceptsAll(), "refused: \(issue.message)")
    case .document(let document):
      require(recogniser.acceptsAll(), "taken, though no JSON")
      document.check()
      for id in (0..<document.nodeCount).lazy.map({ NodeID($0) }) where document[id].style == .plain {
        check(numberOf: id, in: document)
      }
    }
  }

  private func check(numberOf id: NodeID, in document: Document) {
    guard let number = document.number(of: id) else { return }
    let text = document.string(of: id)
    let double = strtod(text, nil)
    require(number.double == double, "\(text) is read as \(number.double), not \(double)")
    if let whole = Int64(text) {
      require(number.int64 == whole, "\(text) is read as \(String(describing: number.int64))")
    }
  }
}

/// Tells JSON from other bytes, and nothing else.
///
/// - Source: RFC 8259; a surrogate escape counts only as half of a pair.
private struct JSONRecogniser {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  }

  mutating func acceptsAll() -> Bool {
    guard value(depth: 0) else { return false }
    skipBlanks()
    return rest.isEmpty
  }

  private mutating func skipBlanks() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

  private mutating func take(_ word: String) -> Bool {
    guard rest.starts(with: word.utf8) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth <= 600 else { return false }
    skipBlanks()
    switch rest.first.map({ Unicode.Scalar($0) }) {
    case "{": return list("{", "}") { $0.string() && $0.blanksThenColon() && $0.value(depth: depth + 1) }
    case "[": return list("[", "]") { $0.value(depth: depth + 1) }
    case "\"": return string()
    case "t": return take("true")
    case "f": return take("false")
    case "n": return take("null")
    default: return number()
    }
  }

  private mutating func blanksThenColon() -> Bool {
    skipBlanks()
    return take(":")
  }

  private mutating func list(_ open: String, _ close: String, _ item: (inout Self) -> Bool) -> Bool {
    guard take(open) else { return false }
    skipBlanks()
    if take(close) { return true }
    while true {
      skipBlanks()
      guard item(&self) else { return false }
      skipBlanks()
      if take(close) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func number() -> Bool {
    let text = rest.prefix { $0 < 0x80 && "+-.0123456789eE".unicodeScalars.contains(Unicode.Scalar($0)) }
    rest = rest.dropFirst(text.count)
    let form = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/
    return String(decoding: text, as: UTF8.self).wholeMatch(of: form) != nil
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = rest.popFirst() {
      switch byte {
      case 0x22: return true
      case 0..<0x20: return false
      case 0x5C: guard escape() else { return false }
      default: continue
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard let kind = rest.popFirst() else { return false }
    guard kind == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(kind) }
    guard let unit = unit() else { return false }
    if UTF16.isTrailSurrogate(unit) { return false }
    guard UTF16.isLeadSurrogate(unit) else { return true }
    guard take("\\u"), let second = self.unit() else { return false }
    return UTF16.isTrailSurrogate(second)
  }

  private mutating func unit() -> UInt16? {
    let digits = rest.prefix(4)
    rest = rest.dropFirst(digits.count)
    let text = String(decoding: digits, as: UTF8.self)
    return digits.count == 4 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
      ? UInt16(text, radix: 16) : nil
  }
}
