internal import Patterns
internal import Syntax

/// A compiled JSON Schema; belongs to one worker, since its patterns do.
///
/// - Shape: keywords store table indices and no references, since one is read for every value that it judges.
/// - Source: JSON Schema 2020-12, the keywords that `SchemaCompiler` accepts.
final class Schema {
  struct ID: Hashable { let index: Int }

  /// The JSON types by name.
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

  /// A keyword with its value; ranges and indices refer to the schema's tables.
  enum Keyword {
    case type(Types)
    /// The instance must equal one of `values`.
    case oneOf(values: Range<Int>)
    case number(Bound, Int)
    case count(Measure, Int)
    case pattern(Int)
    case format(Format)
    case required(Range<Int>)
    /// A name, and the names that it requires.
    case dependentRequired(name: Int, required: Range<Int>)
    case dependentSchema(Property)
    /// Properties that are looked up by name.
    case properties(Range<Int>)
    /// Properties for which every member must be visited.
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

  /// The index of a name, and the schema for the value under it.
  struct Property {
    let name: Int
    let schema: ID
  }

  enum Body {
    /// `true` accepts every instance, `false` none.
    case always(Bool)
    case keywords(Range<Int>, cost: Cost)
  }

  /// The tables that the indices of keywords refer to.
  struct Tables {
    var keywords: [Keyword] = []
    /// Values of the schema's own document.
    var values: [NodeID] = []
    var numbers: [ExactNumber] = []
    var names: [String] = []
    var properties: [Property] = []
    var patterns: [Pattern] = []
    /// Indices of name patterns, with the schemas for matching members' values.
    var matched: [Property] = []
    var schemas: [ID] = []
    var times: [TimeConstraint] = []
    var versions: [VersionConstraint] = []
    var pointers: [JSONPointer] = []
    var comparisons: [Comparison] = []
    var keptValues: [KeptValues] = []
  }

  /// The document that contains the `const` and `enum` values.
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

  /// The numbers of a version; `nil` if a part is not a number.
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
