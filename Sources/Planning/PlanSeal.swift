internal import Syntax

/// Tells a plan file that somebody has touched since it was written.
///
/// - Shape: the last member of the file, `seal`, is the SHA-256 of the text before it without insignificant white
///   space, so that line ends and indentation may change. It tells accidents and edits, not forgers.
public enum PlanSeal {
  /// The format that this program writes and reads.
  public static let format = "reqlint-plan/1"

  /// Adds the seal to an indented object.
  public static func seal(_ json: consuming [UInt8]) -> [UInt8] {
    guard json.popLast() == UInt8(ascii: "}") else { preconditionFailure("a plan is no JSON object") }
    while let last = json.last, isYAMLBlank(last) { json.removeLast() }
    json += ",\n  \"seal\": \"\(digest(of: json[...]))\"\n}\n".utf8
    return json
  }

  /// Whether the seal of a plan file fits the rest of it.
  static func holds(for document: Document) -> Bool {
    guard let entry = document.entry(of: "seal", in: document.root) else { return false }
    var body = document.source.bytes[..<Int(document[entry.key].span.start)]
    while let last = body.last, isYAMLBlank(last) { body.removeLast() }
    guard body.last == UInt8(ascii: ",") else { return false }
    body.removeLast()
    let rest = document.source.bytes[Int(document[entry.value].span.end)...]
    guard rest.filter({ !isYAMLBlank($0) }) == [UInt8(ascii: "}")] else { return false }
    if document.source.byteOrderMarkLength > 0 { body = body.dropFirst(document.source.byteOrderMarkLength) }
    return document.hasText(digest(of: body), at: entry.value)
  }

  /// The digest of JSON text without the white space between its tokens.
  private static func digest(of json: ArraySlice<UInt8>) -> String {
    let room = 1 << 16
    var hash = Digest.Running()
    var isInString = false
    var isEscaped = false
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { kept in
      var count = 0
      json.withUnsafeBufferPointer { json in
        for byte in json {
          if isInString {
            if isEscaped {
              isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
              isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
              isInString = false
            }
          } else if isYAMLBlank(byte) {
            continue
          } else if byte == UInt8(ascii: "\"") {
            isInString = true
          }
          kept[count] = byte
          count += 1
          if count == room {
            hash.update(UnsafeRawBufferPointer(kept))
            count = 0
          }
        }
      }
      hash.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(kept)[..<count]))
    }
    return hash.finish()
  }
}
