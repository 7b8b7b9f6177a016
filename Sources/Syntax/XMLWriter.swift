internal import CLibXML2

/// Writes an XML document, or part of one, through libxml2; owns its writer and buffer.
///
/// - Shape: characters that XML 1.0 forbids, and control characters that it discourages, become U+FFFD.
package struct XMLWriter: ~Copyable {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr
  /// Leading bytes that belong to another writer's document.
  private let skipped: Int

  /// Begins a UTF-8 document, indented by two blanks per level.
  package init() {
    self.init(skipping: 0)
  }

  /// Begins the contents of a document's root element, after the line of its start tag.
  package init(inside root: StaticString) {
    let declaration: StaticString = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    self.init(skipping: declaration.utf8CodeUnitCount + root.utf8CodeUnitCount + 3)
    xmlTextWriterStartElement(writer, root.utf8Start)
  }

  private init(skipping skipped: Int) {
    guard let buffer = xmlBufferCreate(), let writer = xmlNewTextWriterMemory(buffer, 0) else {
      preconditionFailure("libxml2 is out of memory")
    }
    self.buffer = buffer
    self.writer = writer
    self.skipped = skipped
    xmlTextWriterSetIndent(writer, 1)
    xmlTextWriterSetIndentString(writer, "  ")
    xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Writes an element; the body adds its content.
  package func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ body: (borrowing XMLWriter) -> Void = { _ in }
  ) {
    xmlTextWriterStartElement(writer, name.utf8Start)
    for (name, value) in attributes { attribute(name, value) }
    body(self)
    xmlTextWriterEndElement(writer)
  }

  /// Adds an attribute to the element opened last.
  package func attribute(_ name: StaticString, _ value: String) {
    Self.withAllowed(value) { _ = xmlTextWriterWriteAttribute(writer, name.utf8Start, $0) }
  }

  /// Writes character data, escaped as needed.
  package func text(_ text: String) {
    Self.withAllowed(text) { _ = xmlTextWriterWriteString(writer, $0) }
  }

  /// The bytes of the document, or of its root element's contents.
  package consuming func finish() -> [UInt8] {
    if skipped == 0 { xmlTextWriterEndDocument(writer) }
    xmlTextWriterFlush(writer)
    let bytes = UnsafeBufferPointer(start: xmlBufferContent(buffer), count: Int(xmlBufferLength(buffer)))
    return Array(bytes.dropFirst(skipped))
  }

  /// Passes a text to libxml2 without characters that XML does not allow.
  ///
  /// - Source: XML 1.0, section 2.2, Char.
  private static func withAllowed(_ text: String, _ body: (UnsafePointer<xmlChar>) -> Void) {
    var text = text
    if !isPrintableASCII(text) { text = allowed(text) }
    text.withCString { text in
      text.withMemoryRebound(to: xmlChar.self, capacity: 1) { body($0) }
    }
  }

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
