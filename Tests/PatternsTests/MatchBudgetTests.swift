import Testing

@testable import Patterns

/// No pattern and no text takes long; outcomes depend on counted steps, not on the clock.
struct MatchBudgetTests {
  private static func text(_ unit: String, _ count: Int, _ end: String) -> ArraySlice<UInt8> {
    Array((String(repeating: unit, count: count) + end).utf8)[...]
  }

  /// Shapes that take exponential, cubic or square time, or turn without a step of ICU's own.
  @Test(arguments: [
    "(a+)+b", "(a|a)*b", "(a|aa)+$", "((a*)*)*b", ".*.*.*=.*", "a*a*a*b", "(a{1000}){1000}",
    "((a{1000}){1000}){1000}b",
    "(?:){2147483647}a", "(?:(?:){100000}a?)*b", "(?:a{4194304}){4194304}b", "(.*)\\1b", "(a+)\\1{5}b",
    "(?=(a*)*b)a", "(?<=a{0,1000})b", "(?:(?<!a{0,500}b)a)*c", "[a-z]{0,100000}[a-z]{0,100000}1", "(x+x+)+y",
    "a+b",
    "[a-z]{32}x", "\\X*b",
  ])
  func endsSoon(_ source: String) throws {
    let pattern = try Pattern(source, dialect: .java)
    let elapsed = ContinuousClock().measure {
      for text in [Self.text("a", 100_000, "!"), Self.text("a", 3_000, "!"), Self.text("ab ", 30_000, "")] {
        #expect(pattern.matchesWhole(text) != .match)
        _ = pattern.isFound(in: text)
      }
    }
    // Six matches of 50 ms; a machine that is busy needs more.
    #expect(elapsed < .seconds(6))
  }

  @Test(arguments: ["[a-z]*", "[a-z]+", ".*", #"[\s\S]+"#, "(?s).*", "[a-z]{1,131072}"])
  func longTextsDoNotRunOut(_ source: String) throws {
    #expect(try Pattern(source, dialect: .java).matchesWhole(Self.text("a", 131_072, "")) == .match)
  }

  /// What a request may spend grows by thirty steps a byte, so that values in proportion to it never run out.
  @Test func longTextsCostAtMostTheirLength() throws {
    let pattern = try Pattern("[a-z]*", dialect: .java)
    var budget = MatchBudget(1_000_000)
    #expect(pattern.matchesWhole(Self.text("a", 1_000_000, ""), &budget) == .match)
    #expect(budget.remaining == 1_000_000)
    #expect(pattern.matchesWhole(Self.text("a", 1_000_000, "!"), &budget) == .noMatch)
    #expect(budget.remaining == 999_000)
  }

  /// The same steps every time, and nothing is judged once they are spent.
  @Test func countsSteps() throws {
    let pattern = try Pattern("(a+)+b", dialect: .java)
    let text = Self.text("a", 40, "!")
    var budget = MatchBudget(4_000)
    var remaining: [Int] = []
    for _ in 0..<4 {
      #expect(pattern.matchesWhole(text, &budget) == .unknown)
      remaining.append(budget.remaining)
    }
    #expect(remaining == [990, -10, -10, -10])
    #expect(budget.stop == .steps)
    #expect(budget.isSpent)
    #expect(try Pattern("(a)", dialect: .java).matchesWhole([0x61], &budget) == .unknown)
    #expect(try Pattern("a", dialect: .java).isFound(in: [0x61], &budget) == .unknown)
    #expect(pattern.matchesWhole(Self.text("a", 3, "b")) == .match, "without a budget")
  }

  /// A match may take three quarters of the budget, so that raising the limit helps.
  @Test func oneMatchMayTakeMostOfTheBudget() throws {
    let pattern = try Pattern("(a+)+b", dialect: .java)
    var budget = MatchBudget(1_000)
    #expect(pattern.matchesWhole(Self.text("a", 22, "!"), &budget) == .unknown)
    budget = MatchBudget(100_000)
    #expect(pattern.matchesWhole(Self.text("a", 22, "!"), &budget) == .noMatch)
    #expect(budget.stop == nil)
  }

  @Test func tellsATextThatIsTooLongFromASpentBudget() throws {
    var budget = MatchBudget(1_000)
    let reference = try Pattern("(a*)\\1b", dialect: .java)
    #expect(reference.matchesWhole(Self.text("a", 5_001, ""), &budget) == .unknown)
    #expect(budget.stop == .length(longest: 5_000))
    #expect(!budget.isSpent)
  }

  @Test func growsWithTheRequest() {
    #expect(MatchBudget(steps: 2_000_000, size: 0) == MatchBudget(2_000))
    #expect(MatchBudget(steps: 2_000_000, size: 32) == MatchBudget(2_000))
    #expect(MatchBudget(steps: 2_000_000, size: 64 << 10) == MatchBudget(4_000))
    #expect(MatchBudget(steps: 1, size: 0) == MatchBudget(1))
    #expect(MatchBudget(steps: 1_000_000_000_000, size: 1 << 31).remaining > 1_000_000_000)
  }
}

extension Pattern {
  fileprivate func matchesWhole(_ text: ArraySlice<UInt8>, _ budget: inout MatchBudget) -> Outcome {
    text.withUnsafeBufferPointer { matchesWhole($0, &budget) }
  }

  fileprivate func isFound(in text: ArraySlice<UInt8>, _ budget: inout MatchBudget) -> Outcome {
    text.withUnsafeBufferPointer { isFound(in: $0, &budget) }
  }
}
