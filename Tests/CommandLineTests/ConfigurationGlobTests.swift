import TestSupport
import Testing

@testable import CommandLine

@Suite struct ConfigurationGlobTests {
  struct Case: CustomTestStringConvertible {
    let pattern: String
    /// Paths that it covers, folders with a slash at their end.
    let covers: [String]
    let passes: [String]

    var testDescription: String { pattern }
  }

  static let cases: [Case] = [
    Case(
      pattern: "a.yaml", covers: ["a.yaml", "b/a.yaml", "b/c/a.yaml", "a.yaml/b.yaml"],
      passes: ["xa.yaml", "a.yamlx", "a", "A.yaml", ""]),
    Case(pattern: "/a.yaml", covers: ["a.yaml"], passes: ["b/a.yaml"]),
    Case(pattern: "./a.yaml", covers: ["a.yaml"], passes: ["b/a.yaml"]),
    Case(
      pattern: "a/b.yaml", covers: ["a/b.yaml", "a/b.yaml/c"], passes: ["c/a/b.yaml", "a/c/b.yaml", "a/b"]),
    Case(
      pattern: "legacy", covers: ["legacy/", "legacy/a.yaml", "x/legacy/y/a.yaml"], passes: ["legacy.yaml"]),
    Case(pattern: "legacy/", covers: ["legacy/", "x/legacy/a.yaml"], passes: ["legacy", "x/legacy"]),
    Case(pattern: "x/legacy/", covers: ["x/legacy/", "x/legacy/a"], passes: ["x/legacy", "legacy/a"]),
    Case(pattern: "*.yaml", covers: ["a.yaml", ".yaml", "b/c.yaml"], passes: ["a.yml", "a.yamlx"]),
    Case(pattern: "a/*.yaml", covers: ["a/b.yaml"], passes: ["a/b/c.yaml", "b.yaml", "x/a/b.yaml"]),
    Case(pattern: "a/*", covers: ["a/b.yaml", "a/b/c.yaml"], passes: ["a", "a/"]),
    Case(pattern: "**", covers: ["a", "a/b"], passes: []),
    Case(pattern: "**/a", covers: ["a", "b/a", "b/c/a", "a/b"], passes: ["ba", "b/ca"]),
    Case(pattern: "a/**", covers: ["a/b", "a/b/c"], passes: ["a", "a/", "ab/c"]),
    Case(pattern: "a/**/b", covers: ["a/b", "a/x/b", "a/x/y/b", "a/b/c"], passes: ["a/xb", "ab", "x/a/b"]),
    Case(pattern: "a**b/c", covers: ["ab/c", "axxb/c"], passes: ["a/b/c"]),
    Case(pattern: "?.yaml", covers: ["a.yaml", "ö.yaml", "😀.yaml"], passes: [".yaml", "ab.yaml"]),
    Case(pattern: "a?b", covers: ["axb"], passes: ["a/b", "ab"]),
    Case(pattern: "[a-c].json", covers: ["a.json", "c.json"], passes: ["d.json", "-.json", "ab.json"]),
    Case(pattern: "[!a-c].json", covers: ["d.json", "-.json"], passes: ["a.json", ".json"]),
    Case(pattern: "[^a-c].json", covers: ["d.json"], passes: ["a.json"]),
    Case(pattern: "x[!a]y", covers: ["xby"], passes: ["x/y", "xay"]),
    Case(pattern: "[]a]", covers: ["]", "a"], passes: ["b"]),
    Case(pattern: "[a-]", covers: ["a", "-"], passes: ["b"]),
    Case(pattern: "[\\]\\-]", covers: ["]", "-"], passes: ["\\"]),
    Case(pattern: "{a,b}.yaml", covers: ["a.yaml", "x/b.yaml"], passes: ["c.yaml", "{a,b}.yaml"]),
    Case(pattern: "{a,b/c}/d", covers: ["a/d", "b/c/d"], passes: ["b/d", "c/d"]),
    Case(pattern: "a{,.b}.yaml", covers: ["a.yaml", "a.b.yaml"], passes: ["ab.yaml"]),
    Case(pattern: "{a,{b,c}d}e", covers: ["ae", "bde", "cde"], passes: ["be", "de"]),
    Case(
      pattern: "{src/**,lib}/a.yaml", covers: ["src/x/a.yaml", "lib/a.yaml"],
      passes: ["a.yaml", "lib/x/a.yaml"]),
    Case(pattern: "x{**/a,b}", covers: ["xb"], passes: ["b"]),
    Case(pattern: "a,b", covers: ["a,b"], passes: ["a", "b"]),
    Case(pattern: "a}b", covers: ["a}b"], passes: ["ab"]),
    Case(pattern: "a]b", covers: ["a]b"], passes: ["ab"]),
    Case(pattern: "\\*.yaml", covers: ["*.yaml"], passes: ["a.yaml"]),
    Case(pattern: "\\!a", covers: ["!a"], passes: ["a"]),
    Case(pattern: "\\[a]", covers: ["[a]"], passes: ["a"]),
    Case(pattern: "#a", covers: ["#a"], passes: []),
    Case(pattern: "...", covers: ["..."], passes: [".."]),
    Case(pattern: " a ", covers: [" a "], passes: ["a"]),
  ]

  @Test(arguments: cases) func covers(_ example: Case) throws {
    let glob = try Glob(parsing: example.pattern)
    for path in example.covers { #expect(Self.covers(glob, path), "\(path)") }
    for path in example.passes { #expect(!Self.covers(glob, path), "\(path)") }
  }

  private static func covers(_ glob: Glob, _ path: String) -> Bool {
    path.hasSuffix("/") ? glob.covers(String(path.dropLast()), isFolder: true) : glob.covers(path)
  }

  // MARK: Faults

  static let faults: [(pattern: String, reason: String)] = [
    ("", "names nothing"), ("/", "names nothing"), ("./", "names nothing"), ("a//b", "has an empty part"),
    ("!a", "begins with !, and nothing can be taken back; write \\! for the character"),
    ("..", "has the part . or .., which no path below the configuration has"),
    ("a/../b", "has the part . or .., which no path below the configuration has"),
    ("a/.", "has the part . or .., which no path below the configuration has"),
    ("a[", "has a [ that is never closed; write \\[ for the character"),
    ("a[]", "has a [ that is never closed; write \\[ for the character"),
    ("a[b-", "has a [ that is never closed; write \\[ for the character"),
    ("a[\\", "has a [ that is never closed; write \\[ for the character"),
    ("[c-a]", "has the range c-a, which runs backwards"),
    ("{a", "has a { that is never closed; write \\{ for the character"),
    ("{a,{b}", "has a { that is never closed; write \\{ for the character"),
    ("a\\", "ends with a \\ that stands before nothing"),
    (String(repeating: "a", count: 1025), "is longer than 1024 characters"),
  ]

  @Test(arguments: faults.indices) func refuses(_ index: Int) {
    let (pattern, reason) = Self.faults[index]
    #expect(throws: Glob.Fault(reason: reason)) { try Glob(parsing: pattern) }
  }

  // MARK: Beginning

  static let beginnings: [(pattern: String, parts: [String], isLiteral: Bool)] = [
    ("a.yaml", [], false), ("/a.yaml", ["a.yaml"], true), ("a/b.yaml", ["a", "b.yaml"], true),
    ("a/b/*.yaml", ["a", "b"], false), ("a/**", ["a"], false), ("**/a", [], false),
    ("a/b\\c/d", ["a"], false),
    ("a/", [], false), ("a/b/", ["a", "b"], true),
  ]

  @Test(arguments: beginnings.indices) func begins(_ index: Int) throws {
    let (pattern, parts, isLiteral) = Self.beginnings[index]
    let glob = try Glob(parsing: pattern)
    #expect(glob.literalParts == parts)
    #expect(glob.isLiteral == isLiteral)
  }

  // MARK: Time

  static let hostile: [(pattern: String, covers: Bool)] = [
    (String(repeating: "**/", count: 300) + "x", false), (String(repeating: "*", count: 1000) + "x", false),
    (String(repeating: "*a", count: 500) + "x", false), (String(repeating: "{a,b}", count: 200) + "x", false),
    (String(repeating: "{a,", count: 250) + "b" + String(repeating: "}", count: 250) + "x", false),
    (String(repeating: "{*,**/}", count: 140) + "x", false),
    (String(repeating: "{a*,", count: 200) + String(repeating: "}", count: 200), true),
  ]

  @Test(arguments: hostile.indices) func takesNoLong(_ index: Int) throws {
    let glob = try Glob(parsing: Self.hostile[index].pattern)
    let path = String(repeating: "a/", count: 500) + String(repeating: "a", count: 500) + "y"
    let time = ContinuousClock().measure { #expect(glob.covers(path) == Self.hostile[index].covers) }
    #expect(time < .seconds(5))
  }
}
