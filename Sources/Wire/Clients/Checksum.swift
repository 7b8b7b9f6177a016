internal import Crypto
internal import Models
internal import Syntax

/// A checksum of a body, which a request sends in a header or after the body.
///
/// - Source: RFC 1952 for CRC-32, RFC 3720 for CRC-32C, NVM Express for CRC-64/NVME; FIPS 180-4.
enum Checksum: String {
  case crc32 = "CRC32"
  case crc32c = "CRC32C"
  case crc64NVMe = "CRC64NVME"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha512 = "SHA512"

  /// `x-amz-checksum-NAME`.
  var headerName: String { "x-amz-checksum-\(rawValue.lowercased())" }

  /// Most significant byte first.
  func bytes(of body: [UInt8]) -> [UInt8] {
    switch self {
    case .crc32: bigEndian(cyclic(body, UInt32(0xEDB8_8320)))
    case .crc32c: bigEndian(cyclic(body, UInt32(0x82F6_3B78)))
    case .crc64NVMe: bigEndian(cyclic(body, UInt64(0x9A6C_9329_AC4B_C9B5)))
    case .sha1: Array(Insecure.SHA1.hash(data: body))
    case .sha256: Array(SHA256.hash(data: body))
    case .sha512: Array(SHA512.hash(data: body))
    }
  }

  /// - Parameter polynomial: with the lowest bit for the highest power.
  private func cyclic<Word: FixedWidthInteger & UnsignedInteger>(_ body: [UInt8], _ polynomial: Word) -> Word
  {
    let table = (0..<256).map { index in
      (0..<8).reduce(Word(index)) { word, _ in word & 1 == 1 ? (word >> 1) ^ polynomial : word >> 1 }
    }
    return ~body.reduce(Word.max) { word, byte in
      (word >> 8) ^ table[Int(UInt8(truncatingIfNeeded: word) ^ byte)]
    }
  }

  private func bigEndian(_ word: some FixedWidthInteger) -> [UInt8] {
    (0..<word.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
  }
}

/// Amazon S3 Glacier's digest of an archive: SHA-256 of each mebibyte, then of each pair of digests, until one is left.
func glacierTreeHash(of body: [UInt8]) -> [UInt8] {
  var digests = stride(from: 0, to: max(body.count, 1), by: 1 << 20).map { start in
    Array(SHA256.hash(data: Array(body[start..<min(start + 1 << 20, body.count)])))
  }
  while digests.count > 1 {
    digests = stride(from: 0, to: digests.count, by: 2).map { place in
      place + 1 < digests.count
        ? Array(SHA256.hash(data: digests[place] + digests[place + 1])) : digests[place]
    }
  }
  return digests[0]
}

extension ClientRequest {
  /// Adds botocore's default checksum if an operation has one.
  ///
  /// - Parameter isOpen: whether the body will differ from this one when it is sent.
  mutating func addChecksum(_ parameters: Parameters, isSecure: Bool, isOpen: Bool) {
    let traits = parameters.operation.clientTraits
    let hasOwn = request.headers.contains { $0.name.lowercased().hasPrefix("x-amz-checksum-") }
    guard !hasOwn else { return }
    let algorithm: Checksum
    if let member = traits.checksumAlgorithmMember, let name = parameters.text(of: member) {
      guard let named = Checksum(rawValue: name.uppercased()) else {
        return notes.append("a checksum by \(quote(name)) is added when it is sent")
      }
      algorithm = named
    } else if let member = traits.checksumAlgorithmMember, parameters.isUnknown(member) {
      return notes.append("a checksum by the algorithm in \(member) is added when it is sent")
    } else if traits.isChecksumRequired || traits.checksumAlgorithmMember != nil {
      algorithm = .crc32
      if let header = traits.checksumAlgorithmMember.flatMap({ parameters.input?.member($0)?.locationName }) {
        setHeader(header, algorithm.rawValue)
      }
    } else {
      return
    }
    let value = String(decoding: encodeBase64(algorithm.bytes(of: request.body)), as: UTF8.self)
    let isStream = parameters.input.flatMap { input in
      input.payload.flatMap { input.member($0) }.map { parameters.operation[$0.shape].kind == .blob }
    }
    if isStream == true, isSecure {
      addTrailer(algorithm.headerName, isOpen ? nil : value)
    } else if isOpen {
      notes.append("\(algorithm.headerName) is added when it is sent")
    } else {
      setHeader(algorithm.headerName, value)
    }
  }

  /// - Source: Amazon S3's user guide, uploads in chunks with trailing checksums.
  private mutating func addTrailer(_ name: String, _ value: String?) {
    setHeader("Transfer-Encoding", "chunked")
    setHeader("Content-Encoding", header("Content-Encoding").map { "\($0),aws-chunked" } ?? "aws-chunked")
    setHeader("X-Amz-Trailer", name)
    if value != nil { setHeader("X-Amz-Decoded-Content-Length", String(request.body.count)) }
    request.headers.removeAll { isSameHeader($0.name, "Content-Length") }
    notes.append("the body is sent in chunks, and behind them \(name)\(value.map { ":\($0)" } ?? "")")
  }
}
