internal import Glibc

extension [UInt8] {
  /// Whether a text stands at a place that has room for it; compares in place, without a slice.
  @inline(__always)
  func holds(_ text: String, at start: Int) -> Bool {
    precondition(start + text.utf8.count <= count, "no room for \(text.utf8.count) bytes at \(start)")
    return withUnsafeBytes { bytes in
      text.utf8.withContiguousStorageIfAvailable { text in
        guard let start = bytes.baseAddress.map({ $0 + start }), let wanted = text.baseAddress else {
          return text.isEmpty
        }
        return memcmp(start, wanted, text.count) == 0
      } ?? bytes[start...].starts(with: text.utf8)
    }
  }

  /// Whether bytes stand somewhere in the array, in order and together.
  package func contains(sequence wanted: [UInt8]) -> Bool {
    wanted.isEmpty || firstIndex(of: wanted) != nil
  }

  /// Whether bytes stand somewhere in a part of the array, in order and together.
  package func contains(sequence wanted: [UInt8], in range: Range<Int>) -> Bool {
    withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).contains(sequence: wanted) }
  }

  /// Whether bytes stand somewhere in the array without a letter, digit or underscore right before or behind.
  package func contains(word: [UInt8]) -> Bool {
    var start = 0
    while let found = firstIndex(of: word, from: start) {
      let end = found + word.count
      if found == 0 || !isWordByte(self[found - 1]), end == count || !isWordByte(self[end]) { return true }
      start = found + 1
    }
    return false
  }

  /// Where bytes stand for the first time, in order and together; `nil` for none at all.
  package func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    withUnsafeBufferPointer { $0.firstIndex(of: wanted, from: start) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte stands for the first time from a place on; `nil` for none.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    return memchr(base + start, Int32(byte), count - start).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  /// Whether bytes stand somewhere in the buffer, in order and together.
  package func contains(sequence wanted: [UInt8]) -> Bool { wanted.isEmpty || firstIndex(of: wanted) != nil }

  /// Where bytes stand for the first time, in order and together; `nil` for none at all.
  func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    guard let base = baseAddress.map({ UnsafeRawPointer($0) }), !wanted.isEmpty else { return nil }
    // A byte that is rare in text seldom stops the search in vain.
    let anchor = wanted.firstIndex(where: isRareLetter) ?? 0
    var place = start
    while place + wanted.count <= count,
      let found = memchr(base + place + anchor, Int32(wanted[anchor]), count - place - wanted.count + 1)
    {
      let candidate = UnsafeRawPointer(found) - anchor
      if memcmp(candidate, wanted, wanted.count) == 0 { return candidate - base }
      place = candidate - base + 1
    }
    return nil
  }
}

private func isRareLetter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "j"), UInt8(ascii: "q"), UInt8(ascii: "x"), UInt8(ascii: "z"): true
  default: false
  }
}

/// Below 0 where the first bytes precede the second, 0 where they are equal.
func byteOrder(of left: UnsafeBufferPointer<UInt8>, and right: UnsafeBufferPointer<UInt8>) -> Int {
  guard let one = left.baseAddress, let other = right.baseAddress else { return left.count - right.count }
  let order = memcmp(one, other, min(left.count, right.count))
  return order == 0 ? left.count - right.count : Int(order)
}

extension String {
  /// Whether a byte stands somewhere in the text.
  package func holds(byte: UInt8) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.firstIndex(of: byte, from: 0) != nil } ?? utf8.contains(byte)
  }

  /// Whether the text comes before another by its bytes, as the order of files has it.
  package func precedesByBytes(_ other: String) -> Bool {
    let order = utf8.withContiguousStorageIfAvailable { own in
      other.utf8.withContiguousStorageIfAvailable { byteOrder(of: own, and: $0) < 0 }
    }
    if case let order?? = order { return order }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension ArraySlice<UInt8> {
  /// Whether a text stands at the beginning; compares without a look at single bytes.
  package func begins(with text: String) -> Bool {
    count >= text.utf8.count
      && withUnsafeBytes { bytes in
        text.utf8.withContiguousStorageIfAvailable { wanted in
          guard let start = bytes.baseAddress, let other = wanted.baseAddress else { return wanted.isEmpty }
          return memcmp(start, other, wanted.count) == 0
        } ?? bytes.starts(with: text.utf8)
      }
  }
}

extension Array {
  /// The elements in the order of a text's bytes; a list that is in order already is not touched.
  package func inByteOrder(of text: (Element) -> String) -> [Element] {
    let isInOrder = indices.dropFirst().allSatisfy { !text(self[$0]).precedesByBytes(text(self[$0 - 1])) }
    return isInOrder ? self : sorted { text($0).precedesByBytes(text($1)) }
  }
}

/// A letter of ASCII in lower case; other bytes as they are.
@inlinable
package func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

/// Whether a byte is a letter, a digit or an underscore, or part of a character beyond ASCII.
@inlinable
package func isWordByte(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    || byte >= 0x80
}
