internal import Patterns
internal import Syntax

/// A compiled JSON Schema; belongs to one worker, since its patterns do.
///
/// - Source: JSON Schema 2020-12, the keywords that `SchemaCompiler` takes.
struct Schema {
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

  enum Keyword {
    case type(Types)
    /// Values of the schema's own document, one of which must be equal.
    case oneOf(values: [NodeID])
    case number(Bound, ExactNumber)
    case count(Measure, Int)
    case pattern(Pattern)
    case format(Format)
    case required([String])
    case dependentRequired([(name: String, required: [String])])
    case dependentSchemas([(name: String, schema: ID)])
    case members(properties: [(name: String, schema: ID)], patterns: [(Pattern, ID)], additional: ID?)
    case propertyNames(ID)
    case items(prefix: [ID], rest: ID?)
    case contains(ID, minimum: Int, maximum: Int?)
    case uniqueItems
    case combine(Combination, [ID])
    case condition(when: ID, then: ID?, otherwise: ID?)
    case reference(ID)
    case yaml(ID)
    case time(TimeConstraint)
    case version(VersionConstraint)
    case equalTo(JSONPointer)
    case compared(Comparison)
    case keptValues(KeptValues)
    case uniqueBy(JSONPointer)
    case request(ID)
  }

  enum Body {
    /// `true` takes every instance, `false` none.
    case always(Bool)
    case keywords([Keyword])
  }

  /// The document in which `const` and `enum` values stand.
  let document: Document
  let root: ID
  let bodies: [Body]

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
