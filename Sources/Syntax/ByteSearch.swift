extension [UInt8] {
  /// Whether a text stands at a place that has room for it; compares in place, without a slice.
  func holds(_ text: String.UTF8View, at start: Int) -> Bool {
    var index = start
    for byte in text {
      guard self[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// Whether bytes stand somewhere in the array, in order and together.
  public func contains(sequence wanted: [UInt8]) -> Bool {
    wanted.isEmpty || firstIndex(of: wanted) != nil
  }

  /// Whether bytes stand somewhere in the array without a letter, digit or underscore right before or behind.
  public func contains(word: [UInt8]) -> Bool {
    var start = 0
    while let found = firstIndex(of: word, from: start) {
      let end = found + word.count
      if found == 0 || !isWordByte(self[found - 1]), end == count || !isWordByte(self[end]) { return true }
      start = found + 1
    }
    return false
  }

  /// Where bytes stand for the first time, in order and together; `nil` for none at all.
  public func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    withUnsafeBufferPointer { $0.firstIndex(of: wanted, from: start) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether bytes stand somewhere in the buffer, in order and together.
  public func contains(sequence wanted: [UInt8]) -> Bool { wanted.isEmpty || firstIndex(of: wanted) != nil }

  /// Where bytes stand for the first time, in order and together; `nil` for none at all.
  ///
  /// - Source: Horspool's algorithm: looks at the byte under the end first and leaps by what it is.
  func firstIndex(of wanted: [UInt8], from start: Int = 0) -> Int? {
    guard let last = wanted.indices.last else { return nil }
    var leaps = [Int](repeating: wanted.count, count: 256)
    for (index, byte) in wanted.dropLast().enumerated() { leaps[Int(byte)] = last - index }
    var place = start
    while place + last < count {
      let end = self[place + last]
      if end == wanted[last], (0..<last).allSatisfy({ self[place + $0] == wanted[$0] }) { return place }
      place += leaps[Int(end)]
    }
    return nil
  }
}

/// Whether a byte is a letter, a digit or an underscore, or part of a character beyond ASCII.
public func isWordByte(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    || byte >= 0x80
}
