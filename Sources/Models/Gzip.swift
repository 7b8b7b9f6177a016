private import CZlib

/// The reason that compressed bytes cannot be unpacked.
package enum GzipFault: Error, Equatable, Sendable, CustomStringConvertible {
  case damaged
  case truncated
  /// Larger than the bound, in bytes.
  case tooLarge(Int)
  /// Built to exhaust the memory of the reader.
  case bomb

  package var description: String {
    switch self {
    case .damaged: "damaged"
    case .truncated: "truncated"
    case .tooLarge(let limit): "it holds more than \(limit) bytes"
    case .bomb: "it holds more than \(largestRatio) times its own size"
    }
  }
}

/// The size limit for an unpacked file, the same as for a file that was not packed.
///
/// - Units: bytes.
private let defaultLimit = 256 << 20

/// How many times its packed size a large file may unpack to; models unpack to 10 to 30 times theirs.
private let largestRatio = 200

/// The unpacked size from which a file is large.
///
/// - Units: bytes.
private let largeSize = 16 << 20

/// Unpacks gzip or zlib data, with memory for only the packed and the unpacked bytes.
///
/// - Source: RFC 1952.
func gunzip(_ packed: [UInt8], limit: Int = defaultLimit) throws(GzipFault) -> [UInt8] {
  // The trailer states the size, which a crafted file may get wrong.
  let said = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  let mayBeTrue = said <= min(limit, max(largeSize, largestRatio * packed.count))
  if mayBeTrue, let unpacked = try inflate(packed, room: said, limit) { return unpacked }
  let size = try inflatedSize(packed, limit)
  guard let unpacked = try inflate(packed, room: size, limit) else { throw .damaged }
  return unpacked
}

/// The unpacked bytes; `nil` if they do not fit.
private func inflate(_ packed: [UInt8], room: Int, _ limit: Int) throws(GzipFault) -> [UInt8]? {
  var stream = try InflatingStream(packed)
  defer { stream.end() }
  var result = Result<Bool, GzipFault>.success(false)
  let output = [UInt8](unsafeUninitializedCapacity: room + 1) { buffer, count in
    // The extra byte leaves room to detect the end.
    result = Result { () throws(GzipFault) in
      while count <= room {
        let (written, isAtEnd) = try stream.fill(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        count += written
        if isAtEnd { return true }
      }
      return false
    }
  }
  guard try result.get() else { return nil }
  if output.count > limit { throw .tooLarge(limit) }
  return output
}

/// The size of the unpacked bytes, which are discarded.
private func inflatedSize(_ packed: [UInt8], _ limit: Int) throws(GzipFault) -> Int {
  var stream = try InflatingStream(packed)
  defer { stream.end() }
  let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  defer { buffer.deallocate() }
  var size = 0
  while true {
    let (written, isAtEnd) = try stream.fill(buffer)
    size += written
    if size > limit { throw .tooLarge(limit) }
    if size > largeSize, size > largestRatio * packed.count { throw .bomb }
    if isAtEnd { return size }
  }
}

/// A zlib stream that unpacks bytes from their beginning.
private struct InflatingStream {
  private let stream: UnsafeMutablePointer<z_stream>
  private var rest: ArraySlice<UInt8>

  init(_ packed: [UInt8]) throws(GzipFault) {
    rest = packed[...]
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard reqlint_inflate_init(stream) == Z_OK else {
      stream.deallocate()
      throw .damaged
    }
  }

  /// Unpacks as much as fits; returns how much that was, and whether it was the last part.
  mutating func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(GzipFault) -> (count: Int, isAtEnd: Bool) {
    let room = min(buffer.count, 1 << 30)
    let given = min(rest.count, 1 << 30)
    stream.pointee.next_out = buffer.baseAddress
    stream.pointee.avail_out = UInt32(room)
    stream.pointee.avail_in = UInt32(given)
    let status = rest.withUnsafeBufferPointer { source in
      // zlib does not write there; only its type fails to say so.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      return CZlib.inflate(stream, Z_NO_FLUSH)
    }
    rest = rest.dropFirst(given - Int(stream.pointee.avail_in))
    let written = room - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: return (written, true)
    case Z_OK where written > 0 || !rest.isEmpty: return (written, false)
    case Z_OK, Z_BUF_ERROR: throw .truncated
    default: throw .damaged
    }
  }

  func end() {
    inflateEnd(stream)
    stream.deallocate()
  }
}
