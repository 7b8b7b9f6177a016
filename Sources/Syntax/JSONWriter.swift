/// Writes JSON text, piece by piece.
///
/// - Shape: the caller opens and closes; commas and line breaks come by themselves.
/// - Source: RFC 8259; only what must be escaped is, and what a terminal would obey; text stays readable UTF-8.
public struct JSONWriter: Sendable {
  /// Whether there are line breaks, and two blanks for each level.
  public enum Layout: Sendable { case compact, indented }

  /// What has been written, UTF-8.
  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var isFirst: [Bool] = []
  private var followsKey = false
  private var isOnOneLine = false

  public init(_ layout: Layout = .indented) { self.layout = layout }

  /// Writes items of an array that another writer has opened, each on a line of its own.
  ///
  /// - Parameters:
  ///   - depth: how many collections are open around the items.
  ///   - areFirst: whether nothing stands before them in the array.
  public init(itemsAt depth: Int, areFirst: Bool) {
    layout = .indented
    isFirst = Array(repeating: areFirst, count: depth)
  }

  /// What has been written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Collections

  /// Writes an object whose members the body adds.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { collection("{", "}", body) }
  /// Writes an array whose items the body adds.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { collection("[", "]", body) }

  /// Writes an object, whose members the body adds, on one line also where others have one for each member.
  public mutating func lineObject(_ body: (inout JSONWriter) -> Void) {
    let outer = isOnOneLine
    separate()
    isOnOneLine = true
    append("{")
    isFirst.append(true)
    body(&self)
    isFirst.removeLast()
    append("}")
    isOnOneLine = outer
  }

  /// Makes room for so many bytes more.
  public mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  /// Writes the key of the value that follows.
  public mutating func key(_ key: String) {
    separate()
    appendString(key)
    append(layout == .compact ? ":" : ": ")
    followsKey = true
  }

  // MARK: Values

  /// Writes a string.
  public mutating func value(_ text: String) {
    separate()
    appendString(text)
  }

  /// Writes a whole number.
  public mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes true or false.
  public mutating func value(_ flag: Bool) {
    separate()
    append(flag ? "true" : "false")
  }

  /// Writes text that is JSON already.
  public mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Adds items that a writer made with `init(itemsAt:areFirst:)` has written, to an array.
  public mutating func items(_ json: [UInt8]) {
    guard !json.isEmpty, !isFirst.isEmpty else { return }
    isFirst[isFirst.count - 1] = false
    bytes += json
  }

  /// Ends the text's last line.
  public mutating func endLine() { append("\n") }

  // MARK: Members

  /// Writes a member with a string; nothing for `nil`.
  public mutating func member(_ key: String, _ text: String?) {
    guard let text else { return }
    self.key(key)
    value(text)
  }

  /// Writes a member with a whole number.
  public mutating func member(_ key: String, _ number: Int) {
    self.key(key)
    value(number)
  }

  /// Writes a member with true or false.
  public mutating func member(_ key: String, _ flag: Bool) {
    self.key(key)
    value(flag)
  }

  // MARK: Inside

  private mutating func collection(
    _ open: StaticString, _ close: StaticString, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    append(open)
    isFirst.append(true)
    body(&self)
    let isEmpty = isFirst.removeLast()
    if !isEmpty { breakLine() }
    append(close)
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    guard let first = isFirst.last else { return }
    if !first { append(isOnOneLine ? ", " : ",") }
    isFirst[isFirst.count - 1] = false
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .indented, !isOnOneLine else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * isFirst.count))
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func appendString(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { appendEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds runs of bytes that stand for themselves at once.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while let index = Self.firstEscaped(in: text, from: start) {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      default:
        // Of two bytes the second one is the character's number here.
        let isPair = byte == 0xC2
        if isPair { start += 1 }
        let hex = String(isPair ? text[index + 1] : byte, radix: 16)
        bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - hex.utf8.count))\(hex)".utf8)
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// The first byte from a place on that does not stand for itself.
  private static func firstEscaped(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let raw = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= raw.count, !mayHoldEscaped(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
      index += 8
    }
    return text[index...].indices.first { index in
      let byte = text[index]
      return byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
        || byte == 0xC2 && text[index + 1] < 0xA0
    }
  }

  /// Whether one of eight bytes may need an escape; told for all at once, by the borrow into their highest bits.
  private static func mayHoldEscaped(_ eight: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func holds(_ byte: UInt8) -> UInt64 {
      let difference = eight ^ (ones &* UInt64(byte))
      return (difference &- ones) & ~difference
    }
    let isControl = (eight &- ones &* 0x20) & ~eight
    let isSpecial = holds(UInt8(ascii: "\"")) | holds(UInt8(ascii: "\\")) | holds(0x7F) | holds(0xC2)
    return (isControl | isSpecial) & (ones &* 0x80) != 0
  }
}

extension JSONWriter {
  /// Writes a value of a document again; keys of its objects that are not kept are left out.
  public mutating func copy(
    _ id: NodeID, of document: Document, keeping isKept: (String) -> Bool = { _ in true }
  ) {
    switch document[id].kind {
    case .mapping:
      object { writer in
        for entry in document.entries(of: id) {
          let key = document.string(of: entry.key)
          guard isKept(key) else { continue }
          writer.key(key)
          writer.copy(entry.value, of: document, keeping: isKept)
        }
      }
    case .sequence:
      array { writer in document.items(of: id).forEach { writer.copy($0, of: document, keeping: isKept) } }
    case .scalar, .alias: scalar(id, of: document)
    }
  }

  /// Writes a scalar as the JSON value that it is; a number that JSON could spell so keeps its text.
  public mutating func scalar(_ id: NodeID, of document: Document) {
    switch document.jsonScalar(of: id) {
    case .null: raw("null".utf8)
    case .boolean(let flag): value(flag)
    case .string(let text): value(String(decoding: text, as: UTF8.self))
    case .number(let number):
      let text = document.text(of: id)
      if document.notation == .json || Self.isJSONInteger(text) {
        raw(text)
      } else {
        raw(number.description.utf8)
      }
    }
  }

  private static func isJSONInteger(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return false }
    return digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}
