/// The bytes of one file, checked once for their encoding.
package struct SourceText: Sendable {
  /// A fault in the encoding of a file.
  package enum EncodingFault: Equatable, Sendable {
    /// Bytes that are not UTF-8.
    case notUTF8(ByteSpan)
    /// A byte order mark of another encoding, for example `UTF-16`.
    case otherEncoding(name: String, mark: ByteSpan)
    /// Another encoding without a byte order mark, recognised by its NUL bytes, for example `UTF-16LE`.
    case unmarkedEncoding(name: String, first: ByteSpan)

    /// The faulty bytes.
    package var span: ByteSpan {
      switch self {
      case .notUTF8(let span), .otherEncoding(_, let span), .unmarkedEncoding(_, let span): span
      }
    }
  }

  /// The file as it was read.
  package let bytes: [UInt8]
  package let isASCII: Bool
  /// The first fault; a faulty text must not be parsed.
  package let fault: EncodingFault?

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = Self.isASCII(bytes)
    fault = isASCII ? Self.unmarkedEncoding(of: bytes) : Self.fault(in: bytes)
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Length of the UTF-8 byte order mark at the start: 0 or 3.
  package var byteOrderMarkLength: Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  /// - Source: RFC 4627, section 3: a text begins with two ASCII characters, so the NUL positions reveal the encoding.
  private static func unmarkedEncoding(of bytes: [UInt8]) -> EncodingFault? {
    guard bytes.count >= 2, bytes[0] == 0 || bytes[1] == 0 else { return nil }
    let head = bytes.prefix(4).map { $0 == 0 }
    let encodings: [(nulls: [Bool], name: String)] = [
      ([true, true, true, false], "UTF-32BE"), ([false, true, true, true], "UTF-32LE"),
      ([true, false, true, false], "UTF-16BE"), ([false, true, false, true], "UTF-16LE"),
      ([true, false], "UTF-16BE"), ([false, true], "UTF-16LE"),
    ]
    let known = encodings.first { $0.nulls == head }
    return known.map {
      .unmarkedEncoding(
        name: $0.name, first: ByteSpan(0, $0.nulls.count > 2 && $0.name.hasPrefix("UTF-32") ? 4 : 2))
    }
  }

  private static func isASCII(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { raw in
      var index = 0
      while index + 8 <= raw.count {
        if raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
          return false
        }
        index += 8
      }
      return raw[index...].allSatisfy { $0 < 0x80 }
    }
  }

  /// The bytes to search for ASCII words; for other encodings, without their NULs.
  package var searchableBytes: [UInt8] {
    switch fault {
    case nil, .notUTF8: bytes
    case .otherEncoding, .unmarkedEncoding: bytes.filter { $0 != 0 }
    }
  }

  /// - Source: Unicode 16, section 3.10; longer marks first, since those of UTF-16 are prefixes of them.
  private static let marks: [(mark: [UInt8], name: String)] = [
    ([0xFF, 0xFE, 0x00, 0x00], "UTF-32"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32"), ([0xFF, 0xFE], "UTF-16"),
    ([0xFE, 0xFF], "UTF-16"),
  ]

  private static func fault(in bytes: [UInt8]) -> EncodingFault? {
    for (mark, name) in marks where bytes.starts(with: mark) {
      return .otherEncoding(name: name, mark: ByteSpan(0, mark.count))
    }
    if let fault = unmarkedEncoding(of: bytes) { return fault }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return .notUTF8(ByteSpan(error.byteOffsets.lowerBound, error.byteOffsets.upperBound))
    }
  }
}

/// A position in a text as people count it.
///
/// - Units: lines and columns from 1; a column is one Unicode scalar value; a byte order mark does not count.
package struct Position: Hashable, Sendable, Comparable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// The line starts of a text; made once per text, when the first position is shown.
///
/// - Shape: a line ends at LF, CRLF or a lone CR.
package struct LineIndex: Sendable {
  /// Bytes between two entries of `counts`.
  private static let stride = 4096

  private let source: SourceText
  private let starts: [UInt32]
  /// Scalar values before every `stride`th byte, so that positions in very long lines stay cheap.
  ///
  /// Empty for ASCII, where bytes are counted.
  private let counts: [UInt32]

  package init(_ source: SourceText) {
    self.source = source
    var starts: [UInt32] = []
    // Lines of most files are at least this long.
    starts.reserveCapacity(min(1 + source.bytes.count / 16, 1024))
    starts.append(UInt32(source.byteOrderMarkLength))
    var counts: [UInt32] = []
    source.bytes.withUnsafeBufferPointer { bytes in
      let hasReturns = bytes.firstIndex(of: 0x0D, from: 0) != nil
      var index = 0
      while let found = hasReturns
        ? bytes[index...].firstIndex(where: isLineEnd) : bytes.firstIndex(of: 0x0A, from: index)
      {
        index = found + 1
        // In a CRLF pair, the LF ends the line.
        if bytes[found] == 0x0D, index < bytes.count, bytes[index] == 0x0A { continue }
        starts.append(UInt32(index))
      }
      guard !source.isASCII else { return }
      var count: UInt32 = 0
      for index in bytes.indices {
        if index % Self.stride == 0 { counts.append(count) }
        if bytes[index] & 0xC0 != 0x80 { count += 1 }
      }
    }
    self.starts = starts
    self.counts = counts
  }

  /// Number of lines; the last one may be empty.
  package var count: Int { starts.count }

  /// Line and column of a byte.
  package func position(of offset: UInt32) -> Position {
    let line = line(of: offset)
    let start = Int(starts[line - 1])
    let end = max(start, min(Int(offset), source.bytes.count))
    return Position(line: line, column: scalarCount(before: end) - scalarCount(before: start) + 1)
  }

  /// The exclusive end of a span; always after its start, even if its bytes are not a whole character.
  package func end(of span: ByteSpan) -> Position {
    let (start, end) = (position(of: span.start), position(of: span.end))
    return span.isEmpty || start < end
      ? max(start, end) : Position(line: start.line, column: start.column + 1)
  }

  /// The number of the line that contains a byte.
  package func line(of offset: UInt32) -> Int {
    max(starts.partitioningIndex { $0 > offset }, 1)
  }

  /// The bytes of a line, numbered from 1, without its line break.
  package func range(ofLine line: Int) -> Range<Int> {
    let start = Int(starts[line - 1])
    var end = line < starts.count ? Int(starts[line]) : source.bytes.count
    while end > start,
      source.bytes[end - 1] == UInt8(ascii: "\n") || source.bytes[end - 1] == UInt8(ascii: "\r")
    {
      end -= 1
    }
    return start..<end
  }

  /// Scalar values from the start of the text to a byte.
  private func scalarCount(before offset: Int) -> Int {
    guard !source.isASCII, offset > 0 else { return offset }
    let block = min((offset - 1) / Self.stride, counts.count - 1)
    return source.bytes[(block * Self.stride)..<offset].reduce(into: Int(counts[block])) { count, byte in
      if byte & 0xC0 != 0x80 { count += 1 }
    }
  }
}
