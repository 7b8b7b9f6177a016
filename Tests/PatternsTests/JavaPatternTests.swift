import Foundation
import TestSupport
import Testing

@testable import Patterns

/// What Java 17 makes of patterns and texts, observed, one fact for each way in which its dialect differs from ICU's.
struct JavaPatternTests {
  struct Fact: Decodable, CustomTestStringConvertible {
    let kind: String
    let pattern: String
    /// Texts that match as a whole.
    let whole: [String]
    /// Texts of which only a part matches.
    let part: [String]
    let missing: [String]

    var testDescription: String { "\(kind): \(pattern)" }
  }

  static let facts: [Fact] = {
    let file = Project.root.appending(path: "Tests/PatternsTests/JavaFacts.json")
    do {
      return try JSONDecoder().decode([Fact].self, from: Data(contentsOf: file))
    } catch {
      preconditionFailure("\(file.path): \(error)")
    }
  }()

  @Test(arguments: facts)
  func agreesWithJava(_ fact: Fact) throws {
    let pattern = try Pattern(fact.pattern, dialect: .java)
    let texts =
      [
        (fact.whole, [.match, .match]), (fact.part, [.noMatch, .match]),
        (fact.missing, [.noMatch, .noMatch]),
      ]
      as [([String], [Pattern.Outcome])]
    for (texts, expected) in texts {
      for text in texts {
        let bytes = Array(text.utf8)[...]
        let outcomes = [pattern.matchesWhole(bytes), pattern.isFound(in: bytes)]
        #expect(outcomes == expected, "\(text.debugDescription)")
      }
    }
  }

  @Test(arguments: [
    ("(", "a group is not closed"), ("(?", "a group is not closed"),
    ("a)", "a closing parenthesis has no partner"),
    ("[a", "a class is not closed"), ("[]", "a class is not closed"), ("[^]", "a class is not closed"),
    ("*", "nothing stands before * to be repeated"), ("a**", "nothing stands before * to be repeated"),
    ("a|+", "nothing stands before + to be repeated"), ("a{", "a brace opens no count of repetitions"),
    ("{a}", "a brace opens no count of repetitions"), ("a{,3}", "a brace opens no count of repetitions"),
    ("a{2", "a count of repetitions is not closed"), ("a{2,1}", "a count of repetitions runs backwards"),
    ("a{99999999999}", "a count of repetitions is too large"), ("[z-a]", "a range in a class runs backwards"),
    (#"[a-\d]"#, #"a range in a class ends with \d"#), (#"[a-\p{L}]"#, #"a range in a class ends with \p"#),
    (#"\p{Letter}"#, "there is no property Letter"), (#"\p{^L}"#, "there is no property ^L"),
    (#"\p{IsFoo}"#, "there is no such property"), (#"\p{L"#, #"\p{ is not closed"#),
    (#"\p"#, #"\p names no property"#),
    (#"\y"#, #"\y means nothing"#), (#"[\A]"#, #"\A means nothing in a class"#),
    (#"[\1]"#, #"\1 means nothing in a class"#), (#"a\Eb"#, #"\E means nothing"#),
    (#"\x4"#, #"\x needs 2 hexadecimal digits"#), (#"\x{110000}"#, #"\x{} names no character"#),
    (#"\u004"#, #"\u needs 4 hexadecimal digits"#), (#"\uu0041"#, #"\u needs 4 hexadecimal digits"#),
    (#"\08"#, #"\0 is followed by no octal digit"#), ("\\", "it ends with a backslash"),
    ("(?a)b", "(?a opens no group"), ("(?P<x>a)", "(?P opens no group"),
    ("(?<1x>a)", "a group's name is letters and digits before >"),
    (#"\k<x>"#, "a group's name is malformed or names no group"),
  ])
  func refusesWhatJavaRefuses(_ pattern: String, _ detail: String) {
    #expect(throws: Pattern.Fault(pattern: pattern, reason: "is no regular expression: \(detail)")) {
      try Pattern(pattern, dialect: .java)
    }
  }

  /// Java takes these; what is not written for ICU is said, not guessed.
  @Test(arguments: [
    ("(?<=a*)b", "a look-behind has no greatest length"), (#"\b{g}"#, #"it uses \b{}"#),
    (#"\N{DIGIT ONE}"#, #"it names a character with \N"#), (#"(?U)\w"#, "it uses the flag U"),
    (#"\p{javaJavaIdentifierStart}"#, "it uses the property javaJavaIdentifierStart"),
    (
      String(repeating: "(", count: 41) + "a" + String(repeating: ")", count: 41),
      "it nests deeper than 40 groups"
    ),
    (
      String(repeating: "[a", count: 41) + String(repeating: "]", count: 41),
      "it nests deeper than 40 classes"
    ),
    (String(repeating: "(", count: 10_000), "it nests deeper than 40 groups"),
    (String(repeating: "a", count: 10_001), "it is longer than 10000 characters"),
    (String(repeating: "\\b", count: 5_000), "written out, it is longer than 40000 characters"),
  ])
  func cannotEvaluate(_ pattern: String, _ detail: String) {
    #expect(throws: Pattern.Fault(pattern: pattern, reason: "cannot be evaluated: \(detail)")) {
      try Pattern(pattern, dialect: .java)
    }
  }

  @Test func takesTheDeepestAndLongest() throws {
    let groups = String(repeating: "(", count: 40) + "a" + String(repeating: ")", count: 40)
    #expect(try Pattern(groups, dialect: .java).matchesWhole([0x61]) == .match)
    let classes = String(repeating: "[b", count: 39) + "[a]" + String(repeating: "]", count: 39)
    #expect(try Pattern(classes, dialect: .java).matchesWhole([0x61]) == .match)
    let long = try Pattern(String(repeating: "a", count: 10_000), dialect: .java)
    #expect(long.matchesWhole([UInt8](repeating: 0x61, count: 10_000)[...]) == .match)
  }
}
