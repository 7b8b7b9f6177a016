import Foundation
import FoundationXML

/// An XML element as far as it carries meaning: text without the blanks around it.
struct XMLTree: Equatable {
  var name: String
  var attributes: [String: String]
  var text = ""
  var children: [XMLTree] = []

  private init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// `nil` for what is not well-formed.
  init?(_ bytes: [UInt8]) {
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse(), let root = reader.root else { return nil }
    self = root
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var open: [XMLTree] = []
    var root: XMLTree?

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      open.append(XMLTree(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open[open.count - 1].text += text }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      var element = open.removeLast()
      element.text = element.text.trimmingCharacters(in: .whitespacesAndNewlines)
      if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }
  }
}

/// A CBOR data item; floats of any width are doubles, NaN is equal to itself, and times are seconds.
indirect enum CBORItem: Equatable {
  case integer(Int)
  case bytes([UInt8])
  case text(String)
  case array([CBORItem])
  case map([String: CBORItem])
  case tag(Int, CBORItem)
  case simple(Int)
  case float(UInt64)

  struct Malformed: Error {}

  init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    guard let item = try Self.read(&rest), rest.isEmpty else { throw Malformed() }
    self = item
  }

  /// `nil` for the end of an indefinite collection.
  private static func read(_ rest: inout ArraySlice<UInt8>) throws -> CBORItem? {
    guard let initial = rest.popFirst() else { throw Malformed() }
    let info = Int(initial & 0x1F)
    if initial >> 5 == 7 { return try simple(info, &rest) }
    let isIndefinite = info == 31
    let argument = isIndefinite ? .max : info < 24 ? info : Int(try number(1 << (info - 24), &rest))
    switch initial >> 5 {
    case 0: return .integer(argument)
    case 1: return .integer(-1 - argument)
    case 2: return .bytes(try take(argument, &rest))
    case 3: return .text(String(decoding: try take(argument, &rest), as: UTF8.self))
    case 4:
      var items: [CBORItem] = []
      while items.count < argument, let item = try read(&rest) { items.append(item) }
      return .array(items)
    case 5:
      var items: [String: CBORItem] = [:]
      while items.count < argument, let key = try read(&rest) {
        guard case .text(let name) = key, let value = try read(&rest) else { throw Malformed() }
        items[name] = value
      }
      return .map(items)
    default:
      guard let item = try read(&rest) else { throw Malformed() }
      if argument == 1, case .float(let bits) = item, let seconds = Int(exactly: Double(bitPattern: bits)) {
        return .tag(argument, .integer(seconds))
      }
      return .tag(argument, item)
    }
  }

  private static func simple(_ info: Int, _ rest: inout ArraySlice<UInt8>) throws -> CBORItem? {
    switch info {
    case 31: return nil
    case 25: return float(Double(Float16(bitPattern: UInt16(try number(2, &rest)))))
    case 26: return float(Double(Float(bitPattern: UInt32(try number(4, &rest)))))
    case 27: return float(Double(bitPattern: try number(8, &rest)))
    default: return .simple(info)
    }
  }

  private static func float(_ number: Double) -> CBORItem { .float(number.bitPattern) }

  private static func number(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
    try take(count, &rest).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> [UInt8] {
    guard rest.count >= count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
