internal import Syntax

/// Digests of values in one document, independent of their type.
///
/// - Shape: covers the canonical JSON of a value, in which its own digest replaces any part of more than `Self.longest`
///   bytes: however deep values with findings are nested, each byte is digested once. A `~` introduces distinctions
///   that canonical JSON lacks: plain scalars that readers interpret differently count as they are written.
/// - Source: RFC 8785.
struct ValueDigests {
  /// A value in canonical form, or the digest of a long one.
  private struct Form {
    var bytes: [UInt8] = []
    /// Whether it contains something that must not be shown.
    var isHidden = false
  }

  /// The longest form that is not replaced by its digest.
  ///
  /// - Units: bytes.
  private static let longest = 4096
  /// Up to this many children, lookups walk the collection.
  private static let few = 12

  let document: Document
  /// The spans that must not be shown, in bytes of the document's source.
  private let hidden: MergedSpans
  /// Forms of values that are long, or were requested.
  private var known: [NodeID: Form] = [:]
  private var keyTables: [NodeID: [ArraySlice<UInt8>: NodeID]] = [:]
  private var itemTables: [NodeID: [NodeID]] = [:]

  init(_ document: Document, hidden: MergedSpans) {
    self.document = document
    self.hidden = hidden
  }

  /// The digest of a value; `nil` if it contains something that must not be shown.
  mutating func digest(of id: NodeID) -> String? {
    let id = document.resolve(id)
    let form = form(of: id)
    known[id] = form
    return form.isHidden ? nil : Digest.hexadecimal(of: form.bytes)
  }

  /// Whether a span touches something that must not be shown.
  func isHidden(_ span: ByteSpan) -> Bool { hidden.touch(span) }

  /// The value at a pointer, or the nearest value around it if there is none; the last of equal keys counts.
  mutating func value(at pointer: JSONPointer, from start: NodeID) -> (id: NodeID, isExact: Bool) {
    var id = document.resolve(start)
    for token in pointer.tokens {
      let inner = document[id].kind == .sequence ? item(token, of: id) : value(of: token, in: id)
      guard let inner else { return (id, false) }
      id = document.resolve(inner)
    }
    return (id, true)
  }

  private mutating func value(of key: String, in mapping: NodeID) -> NodeID? {
    guard document[mapping].kind == .mapping else { return nil }
    // A merge key turns a lookup into a walk.
    guard document.count(of: mapping) > Self.few || document.hasAliases else {
      return document.value(of: key, in: mapping)
    }
    if keyTables[mapping] == nil {
      var table: [ArraySlice<UInt8>: NodeID] = [:]
      for entry in document.entries(of: mapping) where document[entry.key].kind == .scalar {
        table[document.text(of: entry.key)] = entry.value
      }
      keyTables[mapping] = table
    }
    return keyTables[mapping]?[Array(key.utf8)[...]]
  }

  private mutating func item(_ token: String, of list: NodeID) -> NodeID? {
    guard let index = Int(token), index >= 0 else { return nil }
    if itemTables[list] == nil { itemTables[list] = Array(document.items(of: list)) }
    guard let items = itemTables[list], index < items.count else { return nil }
    return items[index]
  }

  // MARK: Forms

  private mutating func form(of id: NodeID) -> Form {
    if let known = known[id] { return known }
    var form = Form(isHidden: !hidden.isEmpty && hidden.touch(document[id].span))
    switch document[id].kind {
    case .mapping:
      form.bytes.append(UInt8(ascii: "{"))
      for (index, entry) in entries(of: id).enumerated() {
        if index > 0 { form.bytes.append(UInt8(ascii: ",")) }
        append(document.resolve(entry.key), to: &form)
        form.bytes.append(UInt8(ascii: ":"))
        append(entry.value, to: &form)
      }
      form.bytes.append(UInt8(ascii: "}"))
    case .sequence:
      form.bytes.append(UInt8(ascii: "["))
      for (index, item) in document.items(of: id).enumerated() {
        if index > 0 { form.bytes.append(UInt8(ascii: ",")) }
        append(item, to: &form)
      }
      form.bytes.append(UInt8(ascii: "]"))
    case .scalar, .alias: appendScalar(id, to: &form.bytes)
    }
    guard form.bytes.count > Self.longest else { return form }
    form.bytes = Array("#\(Digest.hexadecimal(of: form.bytes))".utf8)
    known[id] = form
    return form
  }

  /// In canonical order; in written order if there are collections as keys, which have no name to sort by.
  private func entries(of id: NodeID) -> [Document.Entry] {
    let hasNames = document.entries(of: id).allSatisfy { document[$0.key].kind == .scalar }
    return hasNames ? document.canonicalEntries(of: id) : Array(document.entries(of: id))
  }

  private mutating func append(_ id: NodeID, to form: inout Form) {
    let inner = self.form(of: id)
    form.bytes += inner.bytes
    form.isHidden = form.isHidden || inner.isHidden
  }

  private func appendScalar(_ id: NodeID, to bytes: inout [UInt8]) {
    let start = bytes.count
    document.appendCanonical(id, to: &bytes)
    let node = document[id]
    guard node.tag == .none || node.tag == .string else {
      bytes += "~\(node.tag)~".utf8
      return document.withText(of: id) { bytes += $0 }
    }
    let isText = document.scalarType(of: id) == .string && document.scalarType(of: id, .yaml11) == .string
    guard node.style == .plain, !isText else { return }
    document.withText(of: id) { text in
      guard !bytes[start...].elementsEqual(text) else { return }
      bytes.append(UInt8(ascii: "~"))
      bytes += text
    }
  }
}
