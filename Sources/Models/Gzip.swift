private import CZlib

/// Why compressed bytes cannot be unpacked.
public enum GzipFault: Error, Equatable, Sendable {
  case damaged
  case truncated
  /// More than the bound, in bytes.
  case tooLarge(Int)
}

/// Unpacks gzip or zlib data.
///
/// - Source: RFC 1952.
func gunzip(_ packed: [UInt8], limit: Int = 1 << 30) throws(GzipFault) -> [UInt8] {
  var stream = z_stream()
  guard reqlint_inflate_init(&stream) == Z_OK else { throw .damaged }
  defer { inflateEnd(&stream) }
  var input = packed
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  var status = Z_OK
  let inputCount = input.count
  input.withUnsafeMutableBufferPointer { source in
    stream.next_in = source.baseAddress
    stream.avail_in = UInt32(inputCount)
    repeat {
      chunk.withUnsafeMutableBufferPointer { target in
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        status = inflate(&stream, Z_NO_FLUSH)
        output.append(contentsOf: target.prefix(target.count - Int(stream.avail_out)))
      }
    } while status == Z_OK && output.count <= limit
  }
  if output.count > limit { throw .tooLarge(limit) }
  if status == Z_BUF_ERROR { throw .truncated }
  guard status == Z_STREAM_END else { throw .damaged }
  return output
}
