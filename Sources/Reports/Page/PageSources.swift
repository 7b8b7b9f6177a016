internal import CPage
internal import Crypto
internal import Syntax

/// The page's templates, style sheet and script, as they are compiled in.
struct PageSources {
  let style = Self.text(reqlint_page_style)
  let script = Self.text(reqlint_page_script)

  /// What the browser may load and run: the page's own style sheet and script, known by their hashes.
  ///
  /// - Source: Content Security Policy Level 3, hash sources.
  var policy: String {
    "default-src 'none'; style-src \(Self.hashSource(style)); script-src \(Self.hashSource(script)); "
      + "base-uri 'none'; form-action 'none'"
  }

  func render(_ page: PageView, to put: TextSink) {
    do throws(TemplateFault) {
      try TemplateSet([
        "page": Self.bytes(reqlint_page_template), "request": Self.bytes(reqlint_page_request),
        "finding": Self.bytes(reqlint_page_finding), "code": Self.bytes(reqlint_page_code),
      ]).render("page", page, to: put)
    } catch {
      preconditionFailure("template \(error.template), line \(error.line): \(error.problem)")
    }
  }

  private static func bytes(_ source: reqlint_page_source) -> [UInt8] {
    Array(UnsafeBufferPointer(start: source.bytes, count: source.count))
  }

  private static func text(_ source: reqlint_page_source) -> String {
    String(decoding: bytes(source), as: UTF8.self)
  }

  private static func hashSource(_ text: String) -> String {
    "'sha256-\(base64(Array(SHA256.hash(data: Array(text.utf8)))))'"
  }

  /// - Source: RFC 4648, section 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0...group.count { text.append(alphabet[bits >> (18 - 6 * digit) & 63]) }
      text += String(repeating: "=", count: 3 - group.count)
    }
    return text
  }
}
