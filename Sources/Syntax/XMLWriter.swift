internal import CLibXML2

/// Writes an XML document through libxml2; owns its writer and buffer.
///
/// - Shape: characters that XML 1.0 forbids, and control characters that it discourages, become U+FFFD.
public struct XMLWriter: ~Copyable {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr

  /// Begins a document in UTF-8, two blanks for each level.
  public init() {
    guard let buffer = xmlBufferCreate(), let writer = xmlNewTextWriterMemory(buffer, 0) else {
      preconditionFailure("libxml2 is out of memory")
    }
    self.buffer = buffer
    self.writer = writer
    xmlTextWriterSetIndent(writer, 1)
    xmlTextWriterSetIndentString(writer, "  ")
    xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Writes an element whose content the body adds.
  public func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    _ body: (borrowing XMLWriter) -> Void = { _ in }
  ) {
    xmlTextWriterStartElement(writer, name)
    for (name, value) in attributes { xmlTextWriterWriteAttribute(writer, name, Self.allowed(value)) }
    body(self)
    xmlTextWriterEndElement(writer)
  }

  /// Adds an attribute to the element that was opened last.
  public func attribute(_ name: String, _ value: String) {
    xmlTextWriterWriteAttribute(writer, name, Self.allowed(value))
  }

  /// Writes character data, escaped as needed.
  public func text(_ text: String) { xmlTextWriterWriteString(writer, Self.allowed(text)) }

  /// The document's bytes.
  public consuming func finish() -> [UInt8] {
    xmlTextWriterEndDocument(writer)
    xmlTextWriterFlush(writer)
    return Array(UnsafeBufferPointer(start: xmlBufferContent(buffer), count: Int(xmlBufferLength(buffer))))
  }

  /// - Source: XML 1.0, section 2.2, Char.
  private static func allowed(_ text: String) -> String {
    func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
      default: false
      }
    }
    guard !text.unicodeScalars.allSatisfy(isAllowed) else { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { kept.append(isAllowed(scalar) ? scalar : "\u{FFFD}") }
    return String(kept)
  }
}
