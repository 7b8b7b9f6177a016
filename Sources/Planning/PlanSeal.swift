internal import Linting
internal import Syntax

/// Detects edits of a plan file since it was written.
///
/// - Shape: the last member of the file, `seal`, is the SHA-256 of the text before it without insignificant white
///   space, so that line ends and indentation may change. It detects accidents and edits; it does not stop forgers.
package struct PlanSeal: Sendable {
  /// The format that this program writes and reads.
  package static let format = "reqlint-plan/1"

  private var hash = Digest.Running()

  init() {}

  /// Takes in the next piece of a plan's text.
  ///
  /// - Shape: pieces begin and end outside strings.
  mutating func add(_ json: ArraySlice<UInt8>) { add(tokens: Self.tokens(of: json)) }

  /// Takes in what `tokens(of:)` made of the next piece of a plan's text.
  mutating func add(tokens: [UInt8]) { tokens.withUnsafeBytes { hash.update($0) } }

  /// What `seal` says of the text taken in: `sha256:` and 64 hexadecimal digits.
  var digest: String { hash.finish() }

  /// JSON text without the white space between its tokens.
  static func tokens(of json: ArraySlice<UInt8>) -> [UInt8] {
    json.withUnsafeBufferPointer { json in
      [UInt8](unsafeUninitializedCapacity: json.count) { kept, count in
        var index = 0
        while index < json.count {
          let byte = json[index]
          guard byte == UInt8(ascii: "\"") else {
            index += 1
            if isYAMLBlank(byte) { continue }
            kept[count] = byte
            count += 1
            continue
          }
          let string = UnsafeBufferPointer(rebasing: json[index..<end(ofStringAt: index, in: json)])
          _ = UnsafeMutableBufferPointer(rebasing: kept[count...]).initialize(fromContentsOf: string)
          index += string.count
          count += string.count
        }
      }
    }
  }

  /// Behind the quote that ends a string, or the end of a text that lacks it.
  private static func end(ofStringAt start: Int, in json: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start + 1
    while let quote = json.firstIndex(of: UInt8(ascii: "\""), from: end) {
      // Each of two backslashes is taken for what it is by the other one.
      var slashes = 0
      while json[quote - slashes - 1] == UInt8(ascii: "\\"), quote - slashes - 1 > start { slashes += 1 }
      end = quote + 1
      if slashes.isMultiple(of: 2) { return end }
    }
    return json.count
  }

  /// Whether the seal of a plan file fits the rest of it.
  static func holds(for document: Document) -> Bool {
    guard let entry = document.entry(of: "seal", in: document.root) else { return false }
    var body = document.source.bytes[..<Int(document[entry.key].span.start)]
    while let last = body.last, isYAMLBlank(last) { body.removeLast() }
    guard body.last == UInt8(ascii: ",") else { return false }
    body.removeLast()
    let rest = document.source.bytes[Int(document[entry.value].span.end)...]
    guard tokens(of: rest) == [UInt8(ascii: "}")] else { return false }
    if document.source.byteOrderMarkLength > 0 { body = body.dropFirst(document.source.byteOrderMarkLength) }
    var seal = PlanSeal()
    seal.add(body)
    return document.hasText(seal.digest, at: entry.value)
  }
}
