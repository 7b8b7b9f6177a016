internal import Models
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let notSerializable = BuiltInCheck(
    "not-serializable", "Value that clients cannot send",
    why:
      "Clients refuse to put the value where the protocol needs it: a line break in a header, a URL for a bucket, a control character in XML. A plan blocks the request even where the finding is suppressed."
  )
}

/// Finds values that clients refuse to send, with the functions that also write the wire format.
extension ModelCheck {
  /// Checks a parameter that goes into the address or a header, and returns whether further checks are unnecessary.
  mutating func checkPlace(_ member: Member, _ value: NodeID, of mapping: NodeID) -> Bool {
    let isREST = operation.wireProtocol?.isREST ?? true
    let isInPath = isREST && member.location == "uri"
    let isInHeader = isREST && (member.location == "header" || member.location == "headers")
    let isOnOutpost = operation.outpostKind(of: member.name) != nil
    guard member.isHostLabel || isInPath || isInHeader || isOnOutpost else { return false }
    let wasSensitive = isSensitive
    defer { isSensitive = wasSensitive }
    let shape = operation[member.shape]
    isSensitive = isSensitive || shape.holdsSensitive || isSharedSecret(value)
    if member.isHostLabel || isInPath || isOnOutpost, document.isText(value) {
      if member.isHostLabel || isInPath, isEmptyPart(value, of: member, isInPath: isInPath) {
        let place = member.isHostLabel ? "host name" : "path"
        add(.tooShort, "\(name(pointer)) becomes part of the \(place), so must not be empty", at: value)
        noteEmpty(value, isRefused: true)
        return true
      }
      guard !isRefusedInAddress(member, value, of: mapping) else { return false }
    }
    guard isInHeader else { return false }
    member.location == "header" ? checkHeader(member, value, of: mapping) : checkHeaders(member, value)
    return false
  }

  /// Whether the only value of a body forms that body.
  func isStream(_ member: Member) -> Bool {
    let kind = operation[member.shape].kind
    guard kind == .string || kind == .blob, let input = operation.input else { return false }
    return operation[input].payload == member.name
  }

  // MARK: Address

  /// Whether no part of a text gets into the address.
  private func isEmptyPart(_ id: NodeID, of member: Member, isInPath: Bool) -> Bool {
    guard document.textCount(of: id) > 0 else { return true }
    return isInPath && operation.isShortenedID(member)
      && document.withText(of: id) { $0.last == UInt8(ascii: "/") }
  }

  /// Whether a part of the address was reported as unsendable.
  private mutating func isRefusedInAddress(_ member: Member, _ id: NodeID, of mapping: NodeID) -> Bool {
    let isBucketOfS3 = operation.service == "s3" && member.name == "Bucket"
    let outpostKind = operation.outpostKind(of: member.name)
    if isBucketOfS3 {
      let text = document.string(of: id)
      guard !isBucket(text) else { return false }
      refuse(
        id, "is not the name of a bucket: letters, digits, dots, hyphens and underscores",
        hint: bucketHint(text))
    } else if let outpostKind, let resource = ResourceName(document.string(of: id)) {
      guard !resource.isOnOutpost(outpostKind, account: text(of: "AccountId", in: mapping)) else {
        return false
      }
      let article = outpostKind == "accesspoint" ? "an access point" : "a bucket"
      refuse(id, "is not the ARN of \(article) on an outpost of the same account", hint: "write its name")
    } else if member.isHostLabel, !document.withText(of: id, { isHostText($0) }) {
      refuse(id, "becomes part of the host name: only letters, digits, hyphens and dots")
    } else {
      return false
    }
    return true
  }

  /// Reports a value immediately, except a placeholder, which is reported as such.
  private mutating func refuse(_ id: NodeID, _ why: String, hint: String? = nil) {
    guard !document.isPlaceholder(id) else { return isUnsendable = true }
    add(
      .notSerializable, "\(name(pointer))\(shownValue(id)) \(why)", hint: lineBreakHint(id) ?? hint, at: id)
  }

  private func bucketHint(_ text: String) -> String {
    if text.hasPrefix("arn:") { return "write the bucket's name, or the ARN of an access point" }
    let path = text.hasPrefix("s3://") ? text.dropFirst(5) : text[...]
    let name = String(path.prefix { $0 != "/" })
    guard path.count < text.count || name.count < path.count, isBucket(name) else {
      return "write the bucket's name alone"
    }
    return "write \(name) alone; a key or prefix has a parameter of its own"
  }

  private func lineBreakHint(_ id: NodeID) -> String? {
    guard document.withText(of: id, { $0.last == 0x0A || $0.last == 0x0D }) else { return nil }
    switch document[id].style {
    case .literal: return "write |- in place of |, so that the text does not end in a line break"
    case .folded: return "write >- in place of >, so that the text does not end in a line break"
    default: return "remove the line break at its end"
    }
  }

  private func text(of name: String, in mapping: NodeID) -> String? {
    document.value(of: name, in: mapping).flatMap { document.isText($0) ? document.string(of: $0) : nil }
  }

  // MARK: Headers

  private mutating func checkHeader(_ member: Member, _ value: NodeID, of mapping: NodeID) {
    // Clients reformat a time, whatever its text contains.
    guard !member.isJSONValue, operation[member.shape].kind != .timestamp else { return }
    checkChecksum(member, value)
    if document.isText(value) {
      guard !isPlainHeader(value) else { return }
      let count = operation.encodedCount(of: document.string(of: value), member) { name in
        document.value(of: name, in: mapping) != nil
      }
      return checkHeaderText(value, from: count)
    }
    for (index, item) in document.items(of: value).enumerated() where document.isText(item) {
      path.append(.item(index))
      checkHeaderText(item)
      path.removeLast()
    }
  }

  /// The client computes the checksum, and does not know every algorithm.
  private mutating func checkChecksum(_ member: Member, _ value: NodeID) {
    guard operation.clientTraits.checksumAlgorithmMember == member.name, document.isText(value),
      document.string(of: value).uppercased() == "MD5"
    else { return }
    add(
      .notSerializable, "\(name(pointer)) asks for an MD5 checksum, which the AWS CLI and boto3 cannot make",
      hint: "choose another algorithm, such as CRC32", at: value)
  }

  /// Checks a map that becomes one header per entry, named after its key.
  private mutating func checkHeaders(_ member: Member, _ value: NodeID) {
    let prefix = Array((operation[member.traits].locationName ?? member.name).utf8)
    let isASCII = operation.isASCIIMetadata(member)
    for entry in document.entries(of: value) {
      path.append(.member(entry.key))
      defer { path.removeLast() }
      if document.textCount(of: entry.key) + prefix.count == 0
        || !document.withText(of: entry.key, { $0.isEmpty || isHeaderName($0) })
      {
        findings.add(
          .notSerializable,
          "the key \(shown(quote(document.string(of: entry.key)))) cannot name an HTTP header",
          hint: "use letters, digits and hyphens", at: document.sourceSpan(of: entry.key), pointer,
          request: request)
      }
      if document.isText(entry.value) { checkHeaderText(entry.value, isASCII: isASCII) }
    }
  }

  /// Whether a text is printable ASCII, as most headers are.
  private func isPlainHeader(_ id: NodeID) -> Bool {
    document.withText(of: id) { text in text.allSatisfy { $0 >= 0x20 && $0 < 0x80 } }
  }

  /// - Parameter start: how many leading bytes may have any value.
  private mutating func checkHeaderText(_ id: NodeID, from start: Int = 0, isASCII: Bool = false) {
    guard !isPlainHeader(id) else { return }
    let text = document.text(of: id).dropFirst(start)
    if let byte = byteForbiddenInHeader(text) {
      let what = byte == 0 ? "the character U+0000" : "a line break"
      return add(
        .notSerializable, "\(name(pointer)) is sent as an HTTP header, which cannot hold \(what)",
        hint: lineBreakHint(id), at: id)
    }
    let most: UInt32 = isASCII ? 0x7F : 0xFF
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    guard let scalar = scalars.first(where: { $0.value > most }) else { return }
    let character = shown(" \(codePoint(scalar))")
    add(
      .notSerializable,
      isASCII
        ? "\(name(pointer)) is metadata of an S3 object, which must be ASCII, but holds another character\(character)"
        : "\(name(pointer)) is sent as an HTTP header, in which the AWS CLI and boto3 cannot write the character\(character)",
      hint: isASCII ? "encode the value, for example in base64" : "use characters of ISO 8859-1", at: id)
  }

  // MARK: Body

  mutating func checkXML(_ id: NodeID) {
    guard let scalar = document.withText(of: id, { characterForbiddenInXML($0) }) else { return }
    add(
      .notSerializable,
      "\(name(pointer)) is sent as XML, which cannot hold the character\(shown(" \(codePoint(scalar))"))",
      hint: "remove it", at: id)
  }

  /// - Source: Python's limit for integers as decimal text, which applies to the AWS CLI and boto3 when they read JSON.
  mutating func checkDigits(_ id: NodeID) {
    guard document.textCount(of: id) > 4300 else { return }
    add(
      .notSerializable, "\(name(pointer)) has more digits than the AWS CLI and boto3 read or write",
      hint: "write at most 4300 digits", at: id)
  }

  /// Checks that a number in a value of any JSON type fits CBOR's 64 bits apart from the sign.
  mutating func checkCBOR(_ id: NodeID) {
    guard document.scalarType(of: id) == .integer, let number = document.number(of: id),
      let most = ExactNumber(decimal: "18446744073709551615".utf8),
      let least = ExactNumber(decimal: "-18446744073709551616".utf8), number > most || number < least
    else { return }
    add(.integerOverflow, "\(name(pointer))\(shown(" \(shortened(number))")) does not fit 64 bits", at: id)
  }

  private func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Document {
  fileprivate func isText(_ id: NodeID) -> Bool { scalarType(of: id) == .string && !self[id].isDynamic }
}
