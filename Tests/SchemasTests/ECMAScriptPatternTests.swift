import Patterns
import Syntax
import Testing

@testable import Models

@Suite struct ECMAScriptPatternTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let java: String
    let whole: String?
    var testDescription: String { java }
  }

  static let cases = [
    Case(java: "", whole: "^(?:)$"),
    Case(java: "[a-z]+", whole: "^(?:[a-z]+)$"),
    Case(java: "^[a-z]+$", whole: "^[a-z]+$"),
    Case(java: "^a|b$", whole: "^(?:^a|b$)$"),
    Case(java: "a\\$", whole: "^(?:a\\$)$"),
    Case(java: "^(?:a)\\$", whole: "^(?:^(?:a)\\$)$"),
    Case(java: "a.b", whole: "^(?:a[^\\n\\r\\u0085\\u2028\\u2029]b)$"),
    Case(java: "(?s).", whole: "^(?:[\\s\\S])$"),
    Case(java: "(?i)a1", whole: "^(?:[aA]1)$"),
    Case(java: "\\s\\S", whole: "^(?:[\\t-\\r ][^\\t-\\r ])$"),
    Case(java: "[\\w-.]", whole: "^(?:[\\w\\-.])$"),
    Case(java: "[\\p{Alpha}]", whole: "^(?:[a-zA-Z])$"),
    Case(java: "\\p{L}\\P{N}", whole: "^(?:\\p{L}\\P{N})$"),
    Case(java: "[^\\p{L}]", whole: "^(?:[^\\p{L}])$"),
    Case(java: "[\\uD800\\uDC00-\\uDBFF\\uDFFF]", whole: "^(?:[\u{10000}-\u{10FFFF}])$"),
    Case(java: "[\\uD800-\\uDFFF]", whole: "^(?:(?!))$"),
    Case(java: "\\Qa.b\\E", whole: "^(?:a\\.b)$"),
    Case(java: "(?<name>a)", whole: "^(?:(?:a))$"),
    Case(java: "\\x41\\u0042\\x{1F600}", whole: "^(?:AB\u{1F600})$"),
    Case(java: "a}]", whole: "^(?:a\\}\\])$"),
    // What ECMA-262 has not, or reads otherwise.
    Case(java: "(a)\\1", whole: nil),
    Case(java: "a++", whole: nil),
    Case(java: "(?>a)", whole: nil),
    Case(java: "[a&&b]", whole: nil),
    Case(java: "\\ba", whole: nil),
    Case(java: "(?x)a", whole: nil),
    Case(java: "\\p{InGreek}", whole: nil),
    Case(java: "a{2}{3}", whole: nil),
    Case(java: "[a", whole: nil),
    Case(java: "(?=a)*", whole: nil),
  ]

  @Test(arguments: cases) func javaIsWrittenExactlyOrNotAtAll(_ example: Case) {
    #expect(ECMAScriptPattern.exact(java: example.java, matching: .whole) == example.whole)
  }

  @Test func endInTheMiddleOfASearchStandsBeforeALastLineBreakToo() throws {
    let written = try #require(ECMAScriptPattern.exact(java: "a$", matching: .part))
    let pattern = try Pattern(written, dialect: .ecmaScript)
    for (text, isFound) in [
      ("a", true), ("a\n", true), ("a\r\n", true), ("a\u{2028}", true), ("ab", false), ("a\n\n", false),
    ] {
      #expect(
        pattern.isFound(in: Array(text.utf8)[...]) == (isFound ? .match : .noMatch),
        "\(text.debugDescription)")
    }
  }

  static let portable: [(String, String?)] = [
    ("^a-b$", "^a-b$"), ("a\\-b", "a-b"), ("[a\\-b]", "[a\\-b]"), ("(?i)^[0-9]x$", "^[0-9][xX]$"),
    ("(?i)s", "[sS\u{17F}]"), ("(?i)[a]", nil), ("(?i)\\w", nil), ("a(?i)b", nil), ("(?>a)", nil),
    ("\\Aa", nil),
    ("a}", "a\\}"), ("a{2}", "a{2}"), ("[[]", "[\\[]"),
  ]

  @Test(arguments: portable) func patternsOfRulesAreForEveryEngine(_ pattern: String, _ expected: String?) {
    #expect(ECMAScriptPattern.portable(pattern) == expected)
  }

  /// Every pattern of a service in eight, on texts made from the patterns' own letters.
  @Test func patternsOfTheCatalogMatchTheSameTexts() throws {
    let samples = [
      "", "a", "A", "ab-1", "1", "a b", "a\n", "\n", "\u{85}", "é", "\u{1F600}", "_", "-", "a.b", "a/b", "/",
      "0123456789ab",
      "arn:aws:iam::123456789012:role/x", "a@b.example", "s3://a/b", "us-east-1", "true", "\t", "a\r", "{}",
      "*",
    ]
    var seen: Set<String> = []
    var written = 0
    for (number, name) in Catalog.builtIn.serviceNames.enumerated() where number % 8 == 0 {
      let service = try #require(try Catalog.builtIn.service(name))
      for operation in service.operationNames {
        for shape in try #require(try service.operation(operation)).shapes {
          guard let source = shape.pattern, seen.insert(source).inserted,
            let java = try? Pattern(source, dialect: .java),
            let whole = ECMAScriptPattern.exact(java: source, matching: .whole),
            let part = ECMAScriptPattern.exact(java: source, matching: .part)
          else { continue }
          written += 1
          let (ecmaWhole, ecmaPart) = (
            try Pattern(whole, dialect: .ecmaScript), try Pattern(part, dialect: .ecmaScript)
          )
          for text in samples + [source] {
            let bytes = Array(text.utf8)[...]
            #expect(ecmaWhole.isFound(in: bytes) == java.matchesWhole(bytes), "\(source) whole \(text)")
            #expect(ecmaPart.isFound(in: bytes) == java.isFound(in: bytes), "\(source) part \(text)")
          }
        }
      }
    }
    // Most patterns have an exact form.
    #expect(written * 100 > seen.count * 95, "\(written) of \(seen.count)")
  }
}
