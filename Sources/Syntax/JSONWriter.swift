/// Writes JSON text, piece by piece.
///
/// - Shape: the caller opens and closes; the writer adds commas and line breaks.
/// - Source: RFC 8259. Escapes only what must be escaped and what a terminal would obey; text stays readable UTF-8.
package struct JSONWriter: Sendable {
  /// Whether to break lines and indent by two blanks per level.
  package enum Layout: Sendable { case compact, indented }

  /// Output since the last `drain()`, UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// Numbers of documents that JSON cannot express, or that readers turn into infinity.
  package private(set) var nonFiniteNumbers: [NodeID] = []
  private let layout: Layout
  private var isFirst: [Bool] = []
  private var followsKey = false
  private var isOnOneLine = false

  package init(_ layout: Layout = .indented) { self.layout = layout }

  /// Writes items of an array that another writer has opened, one per line.
  ///
  /// - Parameters:
  ///   - depth: how many collections are open around the items.
  ///   - areFirst: whether the array has no items before them.
  package init(itemsAt depth: Int, areFirst: Bool) {
    layout = .indented
    isFirst = Array(repeating: areFirst, count: depth)
  }

  /// Output since the last `drain()`, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Collections

  /// Writes an object; the body adds its members.
  package mutating func object(_ body: (inout JSONWriter) -> Void) { collection("{", "}", body) }
  /// Writes an array; the body adds its items.
  package mutating func array(_ body: (inout JSONWriter) -> Void) { collection("[", "]", body) }

  /// Writes an object on one line, even if others have one line per member; the body adds its members.
  package mutating func lineObject(_ body: (inout JSONWriter) -> Void) {
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

  /// Writes the key of the value that follows.
  package mutating func key(_ key: String) {
    separate()
    appendString(key, before: layout == .compact ? ":" : ": ")
    followsKey = true
  }

  // MARK: Values

  /// Writes a string.
  package mutating func value(_ text: String) {
    separate()
    appendString(text)
  }

  /// Writes a whole number.
  package mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes true or false.
  package mutating func value(_ flag: Bool) {
    separate()
    append(flag ? "true" : "false")
  }

  /// Writes text that is already JSON.
  package mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Records items that other writers, made with `init(itemsAt:areFirst:)`, put into the open array after drained text.
  ///
  /// - Shape: an array must be open.
  package mutating func itemsFollow() { isFirst[isFirst.count - 1] = false }

  /// Returns the output since the last call.
  package mutating func drain() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Ends the last line.
  package mutating func endLine() { append("\n") }

  // MARK: Members

  /// Writes a member with a string; writes nothing for `nil`.
  package mutating func member(_ key: String, _ text: String?) {
    guard let text else { return }
    self.key(key)
    value(text)
  }

  /// Writes a member with a whole number.
  package mutating func member(_ key: String, _ number: Int) {
    self.key(key)
    value(number)
  }

  /// Writes a member with true or false.
  package mutating func member(_ key: String, _ flag: Bool) {
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
    if !first { bytes.append(UInt8(ascii: ",")) }
    if isOnOneLine, !first { bytes.append(UInt8(ascii: " ")) }
    isFirst[isFirst.count - 1] = false
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .indented, !isOnOneLine else { return }
    let blanks = 2 * isFirst.count
    bytes.append(addingCapacity: blanks + 1) { span in
      span.append(UInt8(ascii: "\n"))
      span.append(repeating: UInt8(ascii: " "), count: blanks)
    }
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func appendString(_ text: String, before end: StaticString = "") {
    // Native Swift strings, as all of these are, are contiguous; asking through a mutating call would copy them.
    let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { text in
      let bytes = UnsafeRawBufferPointer(text)
      // Each part reserves room as if it were all escapes, so parts are kept short.
      let size = 4096
      var start = 0
      repeat {
        var stop = min(start + size, bytes.count)
        // Both bytes of a control character stay together.
        if stop < bytes.count, bytes[stop - 1] == 0xC2 { stop -= 1 }
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<stop])
        appendPart(part, isFirst: start == 0, end: stop == bytes.count ? end : nil)
        start = stop
      } while start < bytes.count
    }
    precondition(isWritten != nil, "a text lies in several pieces")
  }

  /// - Parameter end: what follows the closing quote; `nil` if the string goes on.
  private mutating func appendPart(_ text: UnsafeRawBufferPointer, isFirst: Bool, end: StaticString?) {
    let quote = UInt8(ascii: "\"")
    bytes.append(addingCapacity: 6 * text.count + 16) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in
        var next = count
        if isFirst {
          buffer[next] = quote
          next += 1
        }
        next += Self.writeEscaped(
          text, to: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[next...]))
        if let end {
          buffer[next] = quote
          next += 1
          for place in 0..<end.utf8CodeUnitCount { buffer[next + place] = end.utf8Start[place] }
          next += end.utf8CodeUnitCount
        }
        count = next
      }
    }
  }

  /// Escapes a text; copies bytes that need no escape eight at a time.
  ///
  /// - Parameter buffer: has room for eight bytes more than are written.
  /// - Returns: how many bytes were written.
  private static func writeEscaped(
    _ text: UnsafeRawBufferPointer, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (index, count) = (0, 0)
    while index < text.count {
      let left = text.count - index
      let eight =
        left >= 8
        ? text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        : padded(UnsafeRawBufferPointer(rebasing: text[index...]))
      // Later writes replace bytes that need an escape, and padding.
      buffer.storeBytes(of: eight, toByteOffset: count, as: UInt64.self)
      let plain = min(plainBytes(of: eight), left)
      index += plain
      count += plain
      guard plain < 8, index < text.count else { continue }
      if isPlain(text[index]) {
        buffer[count] = text[index]
        count += 1
      } else if text[index] != 0xC2 {
        count += writeEscape(of: text[index], to: buffer, at: count)
      } else if index + 1 < text.count, text[index + 1] < 0xA0 {
        // The second of the two bytes of such a control character is its code point.
        count += writeEscape(of: text[index + 1], to: buffer, at: count)
        index += 1
      } else {
        buffer[count] = text[index]
        count += 1
      }
      index += 1
    }
    return count
  }

  /// Fewer than eight bytes, padded with blanks.
  private static func padded(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var eight: UInt64 = 0x2020_2020_2020_2020
    withUnsafeMutableBytes(of: &eight) { $0.copyMemory(from: text) }
    return eight
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7F && byte != 0xC2
  }

  private static func writeEscape(of byte: UInt8, to buffer: UnsafeMutableRawBufferPointer, at start: Int)
    -> Int
  {
    buffer[start] = UInt8(ascii: "\\")
    let short: UInt8? =
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
      case UInt8(ascii: "\n"): UInt8(ascii: "n")
      case UInt8(ascii: "\r"): UInt8(ascii: "r")
      case UInt8(ascii: "\t"): UInt8(ascii: "t")
      default: nil
      }
    if let short {
      buffer[start + 1] = short
      return 2
    }
    let digits: StaticString = "0123456789abcdef"
    buffer[start + 1] = UInt8(ascii: "u")
    buffer[start + 2] = UInt8(ascii: "0")
    buffer[start + 3] = UInt8(ascii: "0")
    buffer[start + 4] = digits.utf8Start[Int(byte >> 4)]
    buffer[start + 5] = digits.utf8Start[Int(byte & 0x0F)]
    return 6
  }

  /// How many of eight bytes come before the first that may need an escape.
  ///
  /// Tests all eight at once, by the borrow into their highest bits.
  private static func plainBytes(of eight: UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func holds(_ byte: UInt8) -> UInt64 {
      let difference = eight ^ (ones &* UInt64(byte))
      return (difference &- ones) & ~difference
    }
    let isControl = (eight &- ones &* 0x20) & ~eight
    let isSpecial = holds(UInt8(ascii: "\"")) | holds(UInt8(ascii: "\\")) | holds(0x7F) | holds(0xC2)
    // The borrow may wrongly mark bytes above the first marked one, but neither that one nor one below it.
    return ((isControl | isSpecial) & (ones &* 0x80)).littleEndian.trailingZeroBitCount / 8
  }
}

extension JSONWriter {
  /// Copies a value of a document; omits object keys that are not kept.
  package mutating func copy(
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

  /// Writes a scalar as the JSON value that it is; a number keeps its text if that is valid JSON.
  ///
  /// A number that JSON lacks is written as the string that AWS protocols use for it, and recorded.
  package mutating func scalar(_ id: NodeID, of document: Document) {
    switch document.jsonScalar(of: id) {
    case .null: raw("null".utf8)
    case .boolean(let flag): value(flag)
    case .string(let text): value(String(decoding: text, as: UTF8.self))
    case .nonFinite(let text):
      nonFiniteNumbers.append(id)
      value(String(decoding: text, as: UTF8.self))
    case .number(let number):
      let text = document.text(of: id)
      if number.mayExceedDouble, number.double.isInfinite, document.scalarType(of: id) == .float {
        nonFiniteNumbers.append(id)
      }
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
