import Foundation
import SystemPackage
import Testing

@testable import CommandLine

/// Standard input as parts of whole documents.
@Suite struct DocumentStreamTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    var partSize = 8
    var limit = 64
    /// Each part's text; `oversized N` for a document that was passed over with its line breaks.
    let expected: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "ends before a marker", text: "a: 1\n---\nb: 2\n", partSize: 10,
      expected: ["a: 1\n", "---\nb: 2\n"]),
    Case(
      name: "comments above a marker belong to what stands before", text: "a: 1\n# c\n---\nb: 2\n---\nc: 3\n",
      expected: ["a: 1\n# c\n", "---\nb: 2\n", "---\nc: 3\n"]),
    Case(
      name: "behind the end of a document they belong to what comes",
      text: "a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n",
      expected: ["a: 1\n...\n", "# c\n%YAML 1.2\n---\nb: 2\n"]),
    Case(
      name: "comments at the start belong to the first document", text: "# c\n\n---\na: 1\n---\nb: 2\n",
      partSize: 20, expected: ["# c\n\n---\na: 1\n", "---\nb: 2\n"]),
    Case(
      name: "no marker inside a line", text: "a: b---\n ---\n---x: 1\n--- |\n t\n",
      partSize: 26, expected: ["a: b---\n ---\n---x: 1\n", "--- |\n t\n"]),
    Case(
      name: "CRLF", text: "a: 1\r\n---\r\nb: 2\r\n---\r\nc: 3\r\n",
      expected: ["a: 1\r\n", "---\r\nb: 2\r\n", "---\r\nc: 3\r\n"]),
    Case(name: "a marker at the very end", text: "a: 1234567\n---", expected: ["a: 1234567\n---"]),
    Case(
      name: "exactly at the limit", text: "---\na: \(String(repeating: "x", count: 12))\n---\nb: 2\n",
      limit: 20,
      expected: ["---\na: xxxxxxxxxxxx\n", "---\nb: 2\n"]),
    Case(
      name: "one byte over the limit", text: "---\na: \(String(repeating: "x", count: 14))\n---\nb: 2\n",
      limit: 20,
      expected: ["oversized 2", "---\nb: 2\n"]),
    Case(
      name: "many lines over the limit",
      text: "---\n\(String(repeating: "- 1\r\n", count: 100))---\nb: 2\n", limit: 20,
      expected: ["oversized 101", "---\nb: 2\n"]),
    Case(
      name: "the last one over the limit", text: "---\na: 1\n---\n\(String(repeating: "- 1\n", count: 100))",
      limit: 20,
      expected: ["---\na: 1\n", "oversized 101"]),
  ]

  @Test(arguments: cases)
  func cuts(_ item: Case) throws {
    let parts = try parts(of: item.text, partSize: item.partSize, limit: item.limit)
    #expect(parts == item.expected)
  }

  /// Whatever the size of the parts, they are the text, and each but the first begins where a document does.
  @Test func losesNothing() throws {
    let text = (0..<60).map { "---\nservice: es # \($0)\n\($0 % 7 == 0 ? "...\n# c\n" : "")" }.joined()
    for partSize in 1...200 {
      let parts = try parts(of: text, partSize: partSize, limit: 4096)
      #expect(parts.joined() == text)
      #expect(parts.dropFirst().allSatisfy { $0.hasPrefix("---\n") || $0.hasPrefix("# c\n---\n") })
    }
  }

  @Test func smallInputIsNoStream() throws {
    try withPipe("a: 1\n---\nb: 2\n") { descriptor in
      var stream = DocumentStream(descriptor, limit: 1000)
      let whole = try stream.whole()
      #expect(whole == Array("a: 1\n---\nb: 2\n".utf8))
    }
  }

  @Test func whatMayBeJSONIsReadWhole() throws {
    let text = "[\(String(repeating: "1, ", count: 100))1]"
    try withPipe(text) { descriptor in
      var stream = DocumentStream(descriptor, limit: 1000, partSize: 16)
      let whole = try stream.whole()
      #expect(whole == Array(text.utf8))
    }
  }

  private func parts(of text: String, partSize: Int, limit: Int) throws -> [String] {
    try withPipe(text) { descriptor in
      var stream = DocumentStream(descriptor, limit: limit, partSize: partSize)
      if let whole = try stream.whole() { return [String(decoding: whole, as: UTF8.self)] }
      var parts: [String] = []
      while let part = try stream.next() {
        switch part {
        case .documents(let bytes, _): parts.append(String(decoding: bytes, as: UTF8.self))
        case .oversized(let lineCount): parts.append("oversized \(lineCount)")
        }
      }
      return parts
    }
  }

  private func withPipe<Value>(_ text: String, _ body: (FileDescriptor) throws -> Value) throws -> Value {
    let pipe = Pipe()
    // All texts here fit into the buffer of a pipe.
    try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try pipe.fileHandleForWriting.close()
    return try body(FileDescriptor(rawValue: pipe.fileHandleForReading.fileDescriptor))
  }
}
