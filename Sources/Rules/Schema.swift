internal import Patterns
internal import Syntax

/// A compiled JSON Schema; belongs to one worker, since its patterns do.
///
/// - Shape: keywords hold places in tables and no references, since one is looked at for each value that it judges.
/// - Source: JSON Schema 2020-12, the keywords that `SchemaCompiler` takes.
final class Schema {
  struct ID: Hashable { let index: Int }

  /// Names of JSON's types.
  struct Types: OptionSet {
    let rawValue: Int
    static let null = Types(rawValue: 1)
    static let boolean = Types(rawValue: 2)
    static let object = Types(rawValue: 4)
    static let array = Types(rawValue: 8)
    static let number = Types(rawValue: 16)
    static let integer = Types(rawValue: 32)
    static let string = Types(rawValue: 64)
  }

  enum Bound { case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }
  enum Measure { case minLength, maxLength, minItems, maxItems, minProperties, maxProperties }
  enum Combination { case all, any, one, not }
  enum Format: String { case dateTime = "date-time", uri, ipv4, ipv6 }

  /// A keyword with its value; ranges and places are those of the schema's tables.
  enum Keyword {
    case type(Types)
    /// One of `values` must be equal.
    case oneOf(values: Range<Int>)
    case number(Bound, Int)
    case count(Measure, Int)
    case pattern(Int)
    case format(Format)
    case required(Range<Int>)
    /// A name, and those that it requires.
    case dependentRequired(name: Int, required: Range<Int>)
    case dependentSchema(Property)
    /// Properties that are looked up by their names.
    case properties(Range<Int>)
    /// Properties where every member has to be looked at.
    case members(properties: Range<Int>, patterns: Range<Int>, additional: ID?)
    case propertyNames(ID)
    case items(prefix: Range<Int>, rest: ID?)
    case contains(ID, minimum: Int, maximum: Int?)
    case uniqueItems
    case combine(Combination, Range<Int>)
    case condition(when: ID, then: ID?, otherwise: ID?)
    case reference(ID)
    case yaml(ID)
    case time(Int)
    case version(Int)
    case equalTo(Int)
    case compared(Int)
    case keptValues(Int)
    case uniqueBy(Int)
    case request(ID)
  }

  /// A name, by its place, and what holds for the value under it.
  struct Property {
    let name: Int
    let schema: ID
  }

  enum Body {
    /// `true` takes every instance, `false` none.
    case always(Bool)
    case keywords(Range<Int>, cost: Cost)
  }

  /// What keywords hold places in.
  struct Tables {
    var keywords: [Keyword] = []
    /// Values of the schema's own document.
    var values: [NodeID] = []
    var numbers: [ExactNumber] = []
    var names: [String] = []
    var properties: [Property] = []
    var patterns: [Pattern] = []
    /// Patterns of names, by their places, and what holds for the values under them.
    var matched: [Property] = []
    var schemas: [ID] = []
    var times: [TimeConstraint] = []
    var versions: [VersionConstraint] = []
    var pointers: [JSONPointer] = []
    var comparisons: [Comparison] = []
    var keptValues: [KeptValues] = []
  }

  /// The document in which `const` and `enum` values stand.
  let document: Document
  let root: ID
  private let bodies: [Body]
  let tables: Tables

  init(document: Document, root: ID, bodies: [Body], tables: Tables) {
    self.document = document
    self.root = root
    self.bodies = bodies
    self.tables = tables
  }

  subscript(id: ID) -> Body { bodies[id.index] }
}

/// Bounds of a dotted version, compared number by number.
struct VersionConstraint {
  let prefix: String
  let minimum: [Int]?
  let maximum: [Int]?

  /// The numbers of a version; `nil` where a part is none.
  static func numbers(_ text: Substring) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      .map { part in part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil }
    let numbers = parts.compactMap { $0 }
    return numbers.count == parts.count ? numbers : nil
  }

  func holds(for text: String) -> Bool {
    guard text.hasPrefix(prefix), let numbers = Self.numbers(text.dropFirst(prefix.count)) else {
      return true
    }
    if let minimum, Self.precedes(numbers, minimum) { return false }
    if let maximum, Self.precedes(maximum, numbers) { return false }
    return true
  }

  private static func precedes(_ left: [Int], _ right: [Int]) -> Bool {
    for index in 0..<max(left.count, right.count) {
      let one = index < left.count ? left[index] : 0
      let other = index < right.count ? right[index] : 0
      if one != other { return one < other }
    }
    return false
  }
}
