import Syntax
import Testing

/// RFC 8785: one spelling for each value.
struct CanonicalJSONTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let expected: String

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ expected: String) {
      self.name = name
      self.text = text
      self.expected = expected
    }
  }

  /// Facts of ECMAScript's number formatting, edges of each of its forms first.
  static let numbers = [
    Case("zero", "0", "0"), Case("minus zero", "-0", "0"), Case("point zero", "1.0", "1"),
    Case("exponent that is whole", "1e3", "1000"),
    Case("last before an exponent", "1e20", "100000000000000000000"),
    Case("largest without an exponent", "999999999999999900000", "999999999999999900000"),
    Case("first with an exponent", "1e21", "1e+21"), Case("digits and exponent", "1.5e300", "1.5e+300"),
    Case("small without an exponent", "0.000001", "0.000001"),
    Case("small with an exponent", "0.0000001", "1e-7"), Case("negative small", "-1.25e-9", "-1.25e-9"),
    Case("smallest", "5e-324", "5e-324"),
    Case("largest", "1.7976931348623157e308", "1.7976931348623157e+308"),
    Case("shortest digits", "0.1000000000000000055511151231257827", "0.1"),
    Case("one third", "0.3333333333333333148", "0.3333333333333333"),
    Case("rounded to even", "333333333.33333329", "333333333.3333333"),
    Case("2^53", "9007199254740992", "9007199254740992"),
    Case("whole number that no double holds", "9007199254740993", "9007199254740993"),
    Case("largest long", "9223372036854775807", "9223372036854775807"),
    Case("smallest long, which a double holds", "-9223372036854775808", "-9223372036854776000"),
    Case("2^70, which a double holds", "1180591620717411303424", "1.1805916207174113e+21"),
    Case("milliseconds", "1796090400000", "1796090400000"), Case("trailing zeros", "1.2300", "1.23"),
  ]

  static let texts = [
    Case("escapes", #""\u0008\u0009\u000a\u000c\u000d\"\\\/""#, #""\b\t\n\f\r\"\\/""#),
    Case("other controls", #""\u0000\u001f\u007f""#, "\"\\u0000\\u001f\u{7F}\""),
    Case("non-ASCII as it is", #""\u00f6 \u20ac \ud83d\ude00""#, "\"ö € 😀\""),
    Case(
      "keys by UTF-16 units", #"{"\ufb33":1,"\ud83d\ude00":2,"z":3,"":4,"\u00f6":5}"#,
      "{\"\":4,\"z\":3,\"ö\":5,\"😀\":2,\"\u{FB33}\":1}"),
    Case("keys that begin alike", #"{"ab":1,"a":2,"A":3,"a b":4}"#, #"{"A":3,"a":2,"a b":4,"ab":1}"#),
    Case("the last of equal keys", #"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
    Case("no blanks", " { \"b\" : [ 1 , { } ] ,\n\"a\" : null } ", #"{"a":null,"b":[1,{}]}"#),
    Case("words", "[true,false,null]", "[true,false,null]"),
  ]

  @Test(arguments: numbers + texts) func ofJSON(_ item: Case) throws {
    guard case .document(let document) = readJSON(SourceText(item.text), limits: Limits()) else {
      Issue.record("does not parse")
      return
    }
    #expect(String(decoding: document.canonicalJSON(of: document.root), as: UTF8.self) == item.expected)
  }

  /// YAML has more spellings for the same values.
  static let yaml = [
    Case("numbers", "[0x1F, +1, .5, 1_000, 0o17]", #"[31,1,0.5,"1_000",15]"#),
    Case("special floats", "[.inf, -.inf, .nan]", #"["Infinity","-Infinity","NaN"]"#),
    Case("words", "[~, null, True, no, 2026-12-01]", #"[null,null,true,"no","2026-12-01"]"#),
    Case(
      "aliases and merges", "a: &x {k: 1}\nb: *x\nc: {<<: *x, l: 2}\n",
      #"{"a":{"k":1},"b":{"k":1},"c":{"k":1,"l":2}}"#),
    Case("block text", "a: |\n  x\n  y\n", #"{"a":"x\ny\n"}"#),
  ]

  @Test(arguments: yaml) func ofYAML(_ item: Case) throws {
    var parsed: [ParsedDocument] = []
    readDocuments(SourceText(item.text), as: .yaml, limits: Limits()) { parsed.append($0) }
    guard case .document(let document)? = parsed.first else {
      Issue.record("does not parse")
      return
    }
    #expect(String(decoding: document.canonicalJSON(of: document.root), as: UTF8.self) == item.expected)
  }
}
