package import Syntax

/// A value during the evaluation of endpoint rules.
enum RuleValue: Hashable, Sendable {
  case string(String)
  case boolean(Bool)
  case integer(Int)
  case array([RuleValue])
  case object([String: RuleValue])
}

/// The compiled rules that lead from a region and a few switches to a service's endpoint.
///
/// - Shape: parameters have the first slots, in their order; every assignment has a slot of its own.
/// - Source: Smithy 2.0, rules engine; botocore's `endpoint-rule-set-1.json`.
struct EndpointRuleSet: Sendable {
  let parameters: [Parameter]
  let rules: [Rule]
  let slotCount: Int

  /// A value that the rules get.
  struct Parameter: Sendable {
    enum Kind: Sendable { case string, boolean, stringArray }

    let name: String
    let kind: Kind
    /// The built-in meaning of the value if it is the same for all services, such as `AWS::Region`.
    let builtIn: String?
    let isRequired: Bool
    let defaultValue: RuleValue?
  }

  /// Conditions, and the result if all of them hold.
  struct Rule: Sendable {
    let conditions: [Condition]
    let consequence: Consequence
  }

  /// Holds for every value but false; its value is stored if it has a slot.
  struct Condition: Sendable {
    let test: Expression
    let slot: Int?
  }

  enum Consequence: Sendable {
    case endpoint(url: Expression, headers: [(name: String, values: [Expression])], properties: Expression)
    case error(Expression)
    /// Once the conditions hold, one of these rules must give a result.
    case rules([Rule])
  }

  indirect enum Expression: Sendable {
    case literal(RuleValue)
    case template([Expression])
    case slot(Int, name: String)
    case attribute(Expression, path: [PathStep])
    case call(RuleFunction, [Expression])
    case array([Expression])
    case object([String: Expression])
  }

  /// One step of `getAttr`.
  enum PathStep: Hashable, Sendable {
    case member(String)
    case item(Int)
  }
}

/// A function of the rules engine, except `getAttr`, whose path is not a value.
///
/// - Source: Smithy 2.0, rules engine's standard library and AWS's additions.
enum RuleFunction: String, Sendable {
  case isSet
  case not
  case booleanEquals
  case stringEquals
  case substring
  case isValidHostLabel
  case parseURL
  case uriEncode
  case partition = "aws.partition"
  case parseARN = "aws.parseArn"
  case isVirtualHostableBucket = "aws.isVirtualHostableS3Bucket"

  var argumentCount: Int {
    switch self {
    case .isSet, .not, .parseURL, .uriEncode, .partition, .parseARN: 1
    case .booleanEquals, .stringEquals, .isValidHostLabel, .isVirtualHostableBucket: 2
    case .substring: 4
    }
  }
}

/// A fault in a service's endpoint rules or in the table of partitions.
package enum EndpointRulesFault: Error, Equatable, Sendable {
  case syntax(SyntaxIssue)
  /// The value at a JSON pointer is missing or not the expected one.
  case malformed(pointer: String, expected: String)
  case unknownFunction(pointer: String, name: String)
  /// A name that has no value at this place.
  case unknownName(pointer: String, name: String)
  /// A name that already has a value.
  case repeatedName(pointer: String, name: String)
  case wrongArgumentCount(pointer: String, function: String, count: Int)
  /// A function's argument or a template's part, counted from 0, that has no value or the wrong type.
  case wrongArgument(function: String, argument: Int)
  case wrongParameter(name: String)
  case missingParameter(name: String)
  case noRuleMatches
  /// A text that rules build is too long; the limit stops texts that double themselves.
  case textTooLong(limit: Int)
}
