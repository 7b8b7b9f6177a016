internal import Syntax
internal import SystemPackage

/// Reads a stream of YAML documents in parts of whole documents, so that one that never ends needs no more memory.
struct DocumentStream {
  enum Part {
    /// Some documents, and whether they are the last ones.
    case documents([UInt8], isLast: Bool)
    /// A document beyond the limit, which was passed over, with the number of line breaks in it.
    case oversized(lineCount: Int)
  }

  /// How much is read at a time.
  ///
  /// - Units: bytes.
  static let partSize = 1 << 20

  private let descriptor: FileDescriptor
  private let partSize: Int
  private let limit: Int
  private var bytes: [UInt8] = []
  private var hasRead = false
  private var isAtEnd = false

  /// - Parameter limit: bytes of one document.
  init(_ descriptor: FileDescriptor, limit: Int, partSize: Int = Self.partSize) {
    self.descriptor = descriptor
    self.partSize = min(partSize, limit)
    self.limit = limit
  }

  /// All that there is, where that is less than a part or may be no YAML; `nil` where parts have to be asked for.
  ///
  /// - Throws: `Failure.unreadable`.
  mutating func whole() throws(Failure) -> [UInt8]? {
    try fill(to: min(partSize, limit + 1))
    let mark = SourceText(Array(bytes.prefix(3))).byteOrderMarkLength
    let first = bytes[mark...].first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    let mayBeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    if !isAtEnd, mayBeJSON, lastDocumentStart(in: bytes) == nil { try fill(to: limit + 1) }
    return isAtEnd || (mayBeJSON && bytes.count > limit) ? bytes : nil
  }

  /// The next part; `nil` behind the last one.
  ///
  /// - Throws: `Failure.unreadable`.
  mutating func next() throws(Failure) -> Part? {
    guard !isAtEnd || !bytes.isEmpty else { return nil }
    var room = partSize
    while true {
      try fill(to: room)
      if isAtEnd, bytes.count <= limit {
        defer { bytes = [] }
        return .documents(bytes, isLast: true)
      }
      if let start = lastDocumentStart(in: bytes, upTo: limit) {
        return .documents(take(start), isLast: false)
      }
      // Only the marker behind a document shows that it is just within the limit.
      let enough = limit + 4
      if bytes.count >= enough || isAtEnd { return .oversized(lineCount: try skipDocument()) }
      room = min(2 * room, enough)
    }
  }

  /// Passes over everything up to the next document; answers how many line breaks that was.
  private mutating func skipDocument() throws(Failure) -> Int {
    var lineCount = 0
    while true {
      if let start = nextDocumentStart(in: bytes, isComplete: isAtEnd) {
        return lineCount + lineBreaks(in: take(start))
      }
      lineCount += lineBreaks(in: take(bytes.count - (isAtEnd ? 0 : openLine)))
      guard !isAtEnd else { return lineCount }
      try fill(to: partSize)
    }
  }

  /// Bytes at the end that may be the beginning of a marker, with the line break before them.
  private var openLine: Int {
    guard let lineBreak = bytes.suffix(4).lastIndex(where: isLineEnd) else { return 0 }
    let isPair = lineBreak > 0 && bytes[lineBreak] == 0x0A && bytes[lineBreak - 1] == 0x0D
    return bytes.count - lineBreak + (isPair ? 1 : 0)
  }

  private func lineBreaks(in bytes: [UInt8]) -> Int { LineIndex(SourceText(bytes)).count - 1 }

  /// Takes bytes from the front.
  private mutating func take(_ count: Int) -> [UInt8] {
    let taken = Array(bytes[..<count])
    bytes.removeFirst(count)
    return taken
  }

  private mutating func fill(to count: Int) throws(Failure) {
    do {
      if !hasRead { try ReadFault.check(descriptor.rawValue, isStandardInput: true) }
      while !isAtEnd, bytes.count < count {
        let chunk = try [UInt8](unsafeUninitializedCapacity: count - bytes.count) { buffer, count in
          count = try descriptor.readWaiting(
            into: UnsafeMutableRawBufferPointer(buffer), isFirst: !hasRead)
        }
        hasRead = true
        isAtEnd = chunk.isEmpty
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      }
    } catch {
      throw .unreadable(path: "<stdin>", reason: reason(error))
    }
  }
}
