import Testing

@testable import Patterns

struct PatternTests {
  struct Case: CustomTestStringConvertible {
    let pattern: String
    let dialect: Pattern.Dialect
    /// Texts in which the pattern is found.
    let found: [String]
    /// Texts in which it is not.
    let missing: [String]

    var testDescription: String { "\(dialect) \(pattern)" }

    init(_ dialect: Pattern.Dialect, _ pattern: String, found: [String], missing: [String]) {
      self.pattern = pattern
      self.dialect = dialect
      self.found = found
      self.missing = missing
    }
  }

  static let ecmaScript = [
    Case(.ecmaScript, "", found: ["", "a"], missing: []),
    Case(.ecmaScript, "b", found: ["b", "abc", "ü\nb"], missing: ["", "B", "a"]),
    Case(.ecmaScript, #"^\d$"#, found: ["7"], missing: ["٣", "７", "x", "7\n"]),
    Case(.ecmaScript, #"^\D$"#, found: ["٣", "x"], missing: ["7"]),
    Case(.ecmaScript, #"^\w$"#, found: ["a", "Z", "_", "9"], missing: ["ü", "é", "-", "水"]),
    Case(.ecmaScript, #"^\W$"#, found: ["ü", "-", "\n"], missing: ["a", "_"]),
    Case(
      .ecmaScript, #"^\s$"#,
      found: [" ", "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{A0}", "\u{FEFF}", "\u{2028}", "\u{3000}"],
      missing: ["\u{85}", "\u{180E}", "\u{200B}", "x", "\u{1F}"]),
    Case(.ecmaScript, #"^\S$"#, found: ["\u{85}", "x", "🎉"], missing: [" ", "\u{A0}"]),
    Case(.ecmaScript, "a$", found: ["a", "ba"], missing: ["a\n", "a\r\n", "a\u{85}", "a\u{2028}", "a\nb"]),
    Case(.ecmaScript, "^a", found: ["a", "ab"], missing: ["\na", "ba"]),
    Case(
      .ecmaScript, "^.$", found: ["a", "ü", "🎉", "\u{B}", "\u{C}", "\u{85}"],
      missing: ["\n", "\r", "\u{2028}", "\u{2029}", ""]),
    Case(.ecmaScript, "^[^]$", found: ["a", "\n", "🎉", "]"], missing: ["", "ab"]),
    Case(.ecmaScript, "a[]", found: [], missing: ["a", "a]", ""]),
    Case(.ecmaScript, "^[[]$", found: ["["], missing: ["[[", "]"]),
    Case(.ecmaScript, "^[a[b]$", found: ["a", "[", "b"], missing: ["ab", "]"]),
    Case(.ecmaScript, "^[a&&b]$", found: ["a", "&", "b"], missing: ["c"]),
    Case(.ecmaScript, "^[a--]$", found: ["a", "-"], missing: ["b"]),
    Case(.ecmaScript, #"^[a-\d]$"#, found: ["a", "-", "5"], missing: ["b"]),
    Case(.ecmaScript, #"^[\d-x]$"#, found: ["5", "-", "x"], missing: ["a", "٣"]),
    Case(.ecmaScript, #"^[\w-.]$"#, found: ["a", "_", "-", "."], missing: ["ü", ","]),
    Case(.ecmaScript, #"^[^\w-]$"#, found: ["ü", "."], missing: ["a", "-"]),
    Case(.ecmaScript, #"^[\D]$"#, found: ["a", "٣"], missing: ["5"]),
    Case(.ecmaScript, #"^[^\D]$"#, found: ["5"], missing: ["a", "٣"]),
    Case(.ecmaScript, #"^[\s\S]$"#, found: ["a", "\n", "🎉"], missing: [""]),
    Case(.ecmaScript, #"^[\b]$"#, found: ["\u{8}"], missing: ["b", "\\"]),
    Case(.ecmaScript, #"^[\]\\]$"#, found: ["]", "\\"], missing: ["["]),
    Case(.ecmaScript, "^[a-c$^]$", found: ["a", "$", "^"], missing: ["d"]),
    Case(.ecmaScript, "^[#]$", found: ["#"], missing: ["a"]),
    Case(.ecmaScript, #"\bx\b"#, found: ["x", "a x b", "üx"], missing: ["ax", "x_"]),
    Case(.ecmaScript, #"\Bx\B"#, found: ["axb"], missing: ["x", "ax", "üxb"]),
    Case(.ecmaScript, #"(?s:^.$)"#, found: ["a", "\n"], missing: ["ab"]),
    Case(.ecmaScript, #"^(?:s.)$"#, found: ["sa"], missing: ["s\n"]),
    Case(.ecmaScript, #"^\u{1F389}\u0041\x42$"#, found: ["🎉AB"], missing: ["AB"]),
    Case(.ecmaScript, #"^\uD83C\uDF89$"#, found: ["🎉"], missing: ["x"]),
    Case(.ecmaScript, "^🎉*$", found: ["", "🎉", "🎉🎉"], missing: ["🎉x"]),
    Case(.ecmaScript, #"^\cA\0\t\v\f$"#, found: ["\u{1}\u{0}\t\u{B}\u{C}"], missing: ["A"]),
    Case(.ecmaScript, #"^\p{Lu}\P{L}$"#, found: ["Ü1"], missing: ["ü1", "ÜÜ"]),
    Case(.ecmaScript, "^(?!x)(?:a|b)+?(?=c)c$", found: ["abc"], missing: ["xabc", "ab"]),
    Case(.ecmaScript, #"(?<=\$)\d+$"#, found: ["$42"], missing: ["42"]),
    Case(.ecmaScript, "(?i)^straße$", found: ["STRAßE"], missing: ["s"]),
    Case(.ecmaScript, #"^(?<year>\d)\k<year>\1$"#, found: ["777"], missing: ["778"]),
    Case(.ecmaScript, #"^a\/b\-c$"#, found: ["a/b-c"], missing: ["ab"]),
    Case(.ecmaScript, #"^[\000-\037]$"#, found: ["\u{0}", "\n", "\u{1F}"], missing: [" ", "0"]),
    Case(.ecmaScript, "^[:alpha:]$", found: [":", "a", "l"], missing: ["b"]),
    Case(.ecmaScript, "^a{2,3}$", found: ["aa", "aaa"], missing: ["a", "aaaa"]),
  ]

  static let java = [
    Case(.java, #"^\d$"#, found: ["7"], missing: ["٣", "x"]),
    Case(.java, #"^\w$"#, found: ["a", "_"], missing: ["ü"]),
    Case(
      .java, #"^\s$"#, found: [" ", "\t", "\n", "\u{B}", "\u{C}", "\r"], missing: ["\u{A0}", "\u{2028}", "x"]),
    Case(.java, #"^[\w-.]$"#, found: ["a", "-", "."], missing: ["ü", ","]),
    Case(.java, #"^[\w+=,.@-]+$"#, found: ["a+=,.@-"], missing: ["ü"]),
    Case(.java, #"^[a-z0-9\-]+$"#, found: ["a-9"], missing: ["A"]),
    Case(.java, "^[a-z&&[^aeiou]]$", found: ["b"], missing: ["a", "&"]),
    Case(.java, #"^[a[\d]]$"#, found: ["a", "5"], missing: ["b", "["]),
    Case(.java, "^.$", found: ["a", "🎉", "\u{B}", "\u{C}"], missing: ["\n", "\r", "\u{85}", "\u{2028}"]),
    Case(.java, "(?s)^.$", found: ["a", "\n"], missing: ["ab"]),
    Case(.java, "a$", found: ["a", "a\n"], missing: ["a\nb"]),
    Case(.java, #"^\p{Alnum}\p{Punct}$"#, found: ["a!"], missing: ["!a"]),
    Case(.java, #"^\Q[a.\d]\E.$"#, found: ["[a.\\d]x"], missing: ["a", "[ab5]x"]),
    Case(.java, #"^a++b*+$"#, found: ["aab"], missing: ["b"]),
    Case(.java, "^[:]{1,2}[^:a]$", found: [":b", "::b"], missing: ["::a", "b"]),
    Case(.java, "^[{}]}$", found: ["{}", "}}"], missing: ["{", "a}"]),
    Case(.java, #"^\{[\p{L}{]{2}}$"#, found: ["{ä{}"], missing: ["{1{}"]),
    Case(.java, #"\Aa\z"#, found: ["a"], missing: ["a\n"]),
  ]

  @Test(arguments: ecmaScript + java)
  func finds(_ item: Case) throws {
    let pattern = try Pattern(item.pattern, dialect: item.dialect)
    for text in item.found {
      #expect(pattern.isFound(in: Array(text.utf8)[...]) == .match, "\(text.debugDescription)")
    }
    for text in item.missing {
      #expect(pattern.isFound(in: Array(text.utf8)[...]) == .noMatch, "\(text.debugDescription)")
    }
  }

  @Test func matchesTheWhole() throws {
    let pattern = try Pattern("a|ab", dialect: .java)
    for (text, outcome) in [
      ("a", .match), ("ab", .match), ("abc", .noMatch), ("", .noMatch), ("ba", .noMatch),
    ] as [(String, Pattern.Outcome)] {
      #expect(pattern.matchesWhole(Array(text.utf8)[...]) == outcome, "\(text)")
      #expect(pattern.isFound(in: Array(text.utf8)[...]) == (text.isEmpty ? .noMatch : .match), "\(text)")
    }
    let empty = try Pattern("", dialect: .java)
    #expect(empty.matchesWhole([]) == .match)
    #expect(empty.matchesWhole([0x61]) == .noMatch)
  }

  /// One object judges many texts, ASCII or not, in any order.
  @Test func keepsNothingBetweenTexts() throws {
    let pattern = try Pattern("^[a-zü]+$", dialect: .ecmaScript)
    for _ in 0..<3 {
      #expect(pattern.isFound(in: Array("abc".utf8)[...]) == .match)
      #expect(pattern.isFound(in: Array("üb".utf8)[...]) == .match)
      #expect(pattern.isFound(in: Array("b🎉".utf8)[...]) == .noMatch)
      #expect(pattern.isFound(in: []) == .noMatch)
    }
  }

  @Test(arguments: [
    ("(", "a parenthesis has no partner"), ("a)", "a parenthesis has no partner"),
    ("[a", "a class is not closed"),
    ("*", "a character stands where none of its kind may"),
    ("a{2,1}", "a count of repetitions runs backwards"),
    ("\\", "an escape means nothing"), ("[z-a]", "a range in a class runs backwards"),
    ("(?<x", "a group's name is malformed or names no group"),
    (#"\k<x>"#, "a group's name is malformed or names no group"),
    (#"\p{Foo}"#, "there is no such property"), ("a{2", "a count of repetitions is not closed"),
    (#"\1"#, "a reference names no group"), ("a{99999999999}", "a count of repetitions is too large"),
    ("(?iq)", "a flag means nothing"),
  ])
  func refuses(_ pattern: String, _ detail: String) throws {
    #expect(throws: Pattern.Fault(pattern: pattern, reason: "is no regular expression: \(detail)")) {
      try Pattern(pattern, dialect: .ecmaScript)
    }
  }

  @Test(arguments: [
    ("(?<=a*)b", "a look-behind has no greatest length"),
    (String(repeating: "(?:", count: 100_000), "its groups and classes nest too deeply"),
  ])
  func cannotEvaluate(_ pattern: String, _ detail: String) throws {
    #expect(throws: Pattern.Fault(pattern: pattern, reason: "cannot be evaluated: \(detail)")) {
      try Pattern(pattern, dialect: .ecmaScript)
    }
  }

  @Test(arguments: ["^(a+)+$", "^(a|a)*$", "^(?:a?){40}a{40}$", #"^(\w+\s?)*$"#])
  func boundsRunawayMatches(_ source: String) throws {
    let pattern = try Pattern(source, dialect: .ecmaScript)
    let text = Array((String(repeating: "a", count: 39) + "!").utf8)
    let elapsed = ContinuousClock().measure {
      #expect(pattern.isFound(in: text[...]) == .unknown)
      #expect(pattern.matchesWhole(text[...]) == .unknown)
    }
    #expect(elapsed < .seconds(5))
    #expect(pattern.isFound(in: Array(repeating: 0x61, count: 3)[...]) != .unknown)
  }

  @Test func longTextsDoNotRunOut() throws {
    let pattern = try Pattern(#"^[\w ]*$"#, dialect: .ecmaScript)
    #expect(pattern.isFound(in: [UInt8](repeating: 0x61, count: 1_000_000)[...]) == .match)
  }
}
