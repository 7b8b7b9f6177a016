import Models
import Patterns
import Syntax
import Testing

/// Patterns that are matched without ICU mean what they mean to ICU.
@Suite struct ClassSequenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let pattern: String
    let matches: [String]
    let misses: [String]
    var testDescription: String { pattern }
  }

  static let cases = [
    Case(
      pattern: "[a-z][a-z0-9\\-]+", matches: ["ab", "a-", "a9"],
      misses: ["", "a", "9a", "A1", "a_", "ab\n", "aé"]),
    Case(pattern: "[a-z]{2,3}", matches: ["ab", "abc"], misses: ["a", "abcd"]),
    Case(pattern: "a{2}", matches: ["aa"], misses: ["a", "aaa"]),
    Case(pattern: "a{2,}b?", matches: ["aa", "aaaab"], misses: ["ab", "aabb"]),
    Case(pattern: "^[0-9]*$", matches: ["", "7"], misses: ["7\n", "a", "^", "$"]),
    Case(pattern: "[a-z]*a[a-z]*", matches: ["a", "bab", "aaa"], misses: ["", "bcd"]),
    Case(pattern: "a\\.b", matches: ["a.b"], misses: ["axb"]),
    Case(pattern: "[.+*-]", matches: [".", "+", "*", "-"], misses: ["a", ","]),
    Case(pattern: "[_A-Z]+:", matches: ["_A:"], misses: ["a:", "_A"]),
    Case(pattern: "a\\$", matches: ["a$"], misses: ["a"]),
    Case(
      pattern: "\(String(repeating: "a?", count: 40))",
      matches: ["", "a", String(repeating: "a", count: 40)], misses: [String(repeating: "a", count: 41)]),
    Case(
      pattern: "[a-z]+",
      matches: [
        String(repeating: "a", count: 63), String(repeating: "a", count: 64),
        String(repeating: "a", count: 500),
      ], misses: [String(repeating: "a", count: 63) + "A", String(repeating: "a", count: 64) + "A"]),
  ]

  @Test(arguments: cases, [Pattern.Dialect.java, .ecmaScript])
  func matches(_ item: Case, _ dialect: Pattern.Dialect) throws {
    let pattern = try Pattern(item.pattern, dialect: dialect)
    #expect(item.matches.filter { pattern.matchesWhole(Array($0.utf8)[...]) != .match } == [])
    #expect(item.misses.filter { pattern.matchesWhole(Array($0.utf8)[...]) != .noMatch } == [])
  }

  static let searches = [
    Case(pattern: "\\.\\.", matches: ["..", "a..b", "a.."], misses: ["", ".", "a.b."]),
    Case(pattern: "^xn--", matches: ["xn--", "xn--a"], misses: ["axn--", "xn-"]),
    Case(pattern: "--x-s3$", matches: ["--x-s3", "a--x-s3"], misses: ["--x-s3a", "--x-s3\n", "x-s3"]),
    Case(pattern: "^[a-z]+$", matches: ["ab"], misses: ["", "ab\n", "Ab"]),
    Case(pattern: "[0-9]{2}", matches: ["a12", "12", "1a23"], misses: ["1a2", ""]),
    Case(pattern: "a*", matches: ["", "b"], misses: []),
    Case(
      pattern: "a$",
      matches: [String(repeating: "b", count: 62) + "a", String(repeating: "b", count: 70) + "a"],
      misses: [String(repeating: "a", count: 62) + "b", String(repeating: "a", count: 70) + "b"]),
  ]

  @Test(arguments: searches)
  func finds(_ item: Case) throws {
    let pattern = try Pattern(item.pattern, dialect: .ecmaScript)
    let grouped = try Pattern(
      item.pattern.hasPrefix("^") || item.pattern.hasSuffix("$")
        ? item.pattern + "(?:)" : "(?:\(item.pattern))",
      dialect: .ecmaScript)
    for own in [pattern, grouped] {
      #expect(item.matches.filter { own.isFound(in: Array($0.utf8)[...]) != .match } == [])
      #expect(item.misses.filter { own.isFound(in: Array($0.utf8)[...]) != .noMatch } == [])
    }
  }

  /// Every pattern of the catalog beside the same one in a group, which ICU matches, over texts that nearly match.
  @Test func agreesWithICU() throws {
    var patterns: Set<String> = []
    let models = LoadedModels(.builtIn)
    for name in Catalog.builtIn.serviceNames.enumerated().filter({ $0.offset % 6 == 0 }).map(\.element) {
      guard let service = models.service(name) else { continue }
      for operation in service.operationNames {
        let shapes = try models.operation(OperationID(service: name, operation: operation))?.shapes ?? []
        patterns.formUnion(shapes.compactMap(\.pattern))
      }
    }
    #expect(patterns.count > 200)
    var numbers = SystemRandomNumberGenerator()
    let signs = Array("aZb09-_./:@ $\n+,*^[]{}é".unicodeScalars)
    for source in patterns.sorted() {
      guard let own = try? Pattern(source, dialect: .java),
        let grouped = try? Pattern("(?:\(source))", dialect: .java)
      else { continue }
      for _ in 0..<40 {
        var text = String.UnicodeScalarView()
        let common = signs.randomElement(using: &numbers) ?? "a"
        for _ in 0..<Int.random(in: 0...20, using: &numbers) {
          text.append(
            Int.random(in: 0..<4, using: &numbers) == 0 ? signs.randomElement(using: &numbers) ?? "a" : common
          )
        }
        let bytes = Array(String(text).utf8)[...]
        #expect(
          own.matchesWhole(bytes) == grouped.matchesWhole(bytes), "\(source) \(String(text).debugDescription)"
        )
      }
    }
  }
}
