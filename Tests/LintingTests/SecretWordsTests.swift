import Syntax
import Testing

@testable import Linting

/// Secret words in messages and lines.
@Suite struct SecretWordsTests {
  private static func words(_ texts: String..., vocabulary: Set<String> = []) -> SecretWords {
    var words = SecretWords()
    for text in texts { words.add(ArraySlice(text.utf8), isLoose: false, vocabulary: vocabulary) }
    return words
  }

  static let messages = [
    (secret: "Hunter2", message: #"Name "Hunter2" is too long"#, masked: #"Name "(sensitive)" is too long"#),
    ("Hunter2", "Name is Hunter2, not x", "Name is (sensitive), not x"),
    ("Hunter2", "Name is Hunter22", "Name is Hunter22"),
    ("greater", #"Name "greater" must be greater"#, #"Name "(sensitive)" must be greater"#),
    ("orders", #"Name "orders" is too long"#, #"Name "orders" is too long"#),
    ("p@ss!w0", #""p@ss!w0" is wrong"#, #""(sensitive)" is wrong"#),
    ("a=Hunter2", #""b Hunter2" and "a=Hunter2""#, #""b Hunter2" and "(sensitive)""#),
    ("x y z w", #""x y z w" and "xx yy""#, #""(sensitive)" and "xx yy""#),
    ("ab", #""ab""#, #""ab""#),
    ("True", #"is "True""#, #"is "True""#),
    ("DomainName", #"has no "DomainName""#, #"has no "DomainName""#),
    (
      String(repeating: "k", count: 90), "\"\(String(repeating: "k", count: 60))…\"", #""(sensitive)""#
    ),
  ]

  @Test(arguments: messages)
  func message(_ test: (secret: String, message: String, masked: String)) {
    let words = Self.words(test.secret, vocabulary: ["DomainName"])
    #expect(words.masking(test.message) == test.masked)
  }

  /// A spec has words that any text has; in comments beside it they are masked all the same.
  @Test func longTexts() {
    let words = Self.words("name: front\npassword: Hunter2\n")
    #expect(words.masking(#"name "front""#) == #"name "front""#)
    #expect(words.occur(in: ArraySlice("a: b # Hunter2".utf8)))
    #expect(!words.occur(in: ArraySlice("a: b # other".utf8)))
  }
}
