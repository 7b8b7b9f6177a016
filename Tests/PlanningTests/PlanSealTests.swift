import Linting
import Testing

@testable import Planning

@Suite struct PlanSealTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let tokens: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "empty", text: "", tokens: ""),
    Case(name: "only white space", text: " \n\t\r ", tokens: ""),
    Case(name: "indented", text: "{\n  \"a\": [1, 2]\r\n}\n", tokens: "{\"a\":[1,2]}"),
    Case(name: "white space in a string", text: "[ \"a b\\n c\" ]", tokens: "[\"a b\\n c\"]"),
    Case(name: "quotes in a string", text: #"[ "a \" b", "c" ]"#, tokens: #"["a \" b","c"]"#),
    Case(name: "a backslash at the end of a string", text: #"[ "a \\" , 1 ]"#, tokens: #"["a \\",1]"#),
    Case(name: "a string that does not end", text: #"[ "a b "#, tokens: #"["a b "#),
    Case(name: "a string that ends with an escape", text: #"[ "a \"#, tokens: #"["a \"#),
    Case(name: "other than ASCII", text: "[ \"ü 水\" ]", tokens: "[\"ü 水\"]"),
  ]

  @Test(arguments: cases) func leavesOutWhiteSpaceBetweenTokens(_ item: Case) {
    let tokens = PlanSeal.tokens(of: Array(item.text.utf8)[...])
    #expect(String(decoding: tokens, as: UTF8.self) == item.tokens)
  }

  @Test func isTheSameForAnyPieces() {
    let text = Array("{ \"a b\" : [ 1, 2 ] , \"c\" : \"d\" }".utf8)
    var whole = PlanSeal()
    whole.add(text[...])
    for place in [0, 1, 2, 7, 8, 9, 14, 20, text.count] {
      var pieces = PlanSeal()
      pieces.add(text[..<place])
      pieces.add(tokens: PlanSeal.tokens(of: text[place...]))
      #expect(pieces.digest == whole.digest)
    }
    #expect(whole.digest == Digest.named(of: "{\"a b\":[1,2],\"c\":\"d\"}".utf8))
  }
}
