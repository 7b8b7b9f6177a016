internal import Glibc

extension [UInt8] {
  /// Whether the array contains a text at an offset; compares in place, without a slice.
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

  /// Whether the array contains a byte sequence.
  package func contains(sequence wanted: [UInt8]) -> Bool {
    wanted.isEmpty || firstIndex(of: wanted) != nil
  }

  /// Whether a part of the array contains a byte sequence.
  package func contains(sequence wanted: [UInt8], in range: Range<Int>) -> Bool {
    withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).contains(sequence: wanted) }
  }

  /// Whether the array contains a byte sequence with no letter, digit or underscore right before or after it.
  package func contains(word: [UInt8]) -> Bool {
    var start = 0
    while let found = firstIndex(of: word, from: start) {
      let end = found + word.count
      if found == 0 || !isWordByte(self[found - 1]), end == count || !isWordByte(self[end]) { return true }
      start = found + 1
    }
    return false
  }

  /// The index of the first occurrence of a byte sequence; `nil` if there is none.
  package func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    withUnsafeBufferPointer { $0.firstIndex(of: wanted, from: start) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index of the first occurrence of a byte, from an index on; `nil` if there is none.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    return memchr(base + start, Int32(byte), count - start).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  /// Whether the buffer contains a byte sequence.
  package func contains(sequence wanted: [UInt8]) -> Bool { wanted.isEmpty || firstIndex(of: wanted) != nil }

  /// The index of the first occurrence of a byte sequence; `nil` if there is none.
  func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    guard let base = baseAddress.map({ UnsafeRawPointer($0) }), !wanted.isEmpty else { return nil }
    // Searching for a byte that is rare in text gives few false hits.
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

/// Compares bytes: negative if the first sequence comes before the second, 0 if they are equal.
func byteOrder(of left: UnsafeBufferPointer<UInt8>, and right: UnsafeBufferPointer<UInt8>) -> Int {
  guard let one = left.baseAddress, let other = right.baseAddress else { return left.count - right.count }
  let order = memcmp(one, other, min(left.count, right.count))
  return order == 0 ? left.count - right.count : Int(order)
}

extension String {
  /// Whether the text contains a byte.
  package func holds(byte: UInt8) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.firstIndex(of: byte, from: 0) != nil } ?? utf8.contains(byte)
  }

  /// Whether the text sorts before another by its bytes, which is how files are ordered.
  package func precedesByBytes(_ other: String) -> Bool {
    let order = utf8.withContiguousStorageIfAvailable { own in
      other.utf8.withContiguousStorageIfAvailable { byteOrder(of: own, and: $0) < 0 }
    }
    if case let order?? = order { return order }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension ArraySlice<UInt8> {
  /// Whether the text begins with another; compares in one call, not byte by byte.
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
  /// The elements sorted by the bytes of a text; a list that is already sorted is returned as is.
  package func inByteOrder(of text: (Element) -> String) -> [Element] {
    let isInOrder = indices.dropFirst().allSatisfy { !text(self[$0]).precedesByBytes(text(self[$0 - 1])) }
    return isInOrder ? self : sorted { text($0).precedesByBytes(text($1)) }
  }
}

/// An ASCII letter in lower case; other bytes unchanged.
@inlinable
package func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

/// Whether a byte is a letter, a digit or an underscore, or belongs to a character outside ASCII.
@inlinable
package func isWordByte(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    || byte >= 0x80
}
