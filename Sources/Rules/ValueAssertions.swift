internal import Patterns
internal import Syntax

/// Judges the keywords about a single value.
extension SchemaEvaluator {
  /// Whether a value satisfies a keyword that contains no schemas.
  mutating func assertion(
    _ keyword: Schema.Keyword, of schema: Schema, _ place: Place, _ document: Document
  ) -> Bool {
    let node = place.node
    switch keyword {
    case .type(let types): return !types.isDisjoint(with: document.jsonTypes(of: node))
    case .oneOf(let values):
      return values.contains {
        document.isEqual(node, to: schema.tables.values[$0], in: schema.document)
      }
    case .number(let bound, let limit):
      guard let number = document.number(of: node) else { return true }
      return bound.holds(number, schema.tables.numbers[limit])
    case .count(let measure, let limit): return document.fits(measure, limit, at: node)
    case .pattern(let pattern):
      guard document.scalarType(of: node).isText else { return true }
      return isFound(schema.tables.patterns[pattern], at: node, document)
    case .format(let format):
      return document.scalarType(of: node).isText ? format.matches(document.string(of: node)) : true
    case .uniqueItems: return document.hasUniqueItems(node)
    case .version(let constraint):
      guard document.scalarType(of: node).isText else { return true }
      return schema.tables.versions[constraint].holds(for: document.string(of: node))
    case .time(let constraint): return holds(schema.tables.times[constraint], place)
    case .compared(let comparison): return holds(schema.tables.comparisons[comparison], place)
    case .keptValues(let kept): return keepsValues(schema.tables.keptValues[kept], place)
    case .equalTo(let pointer):
      let pointer = schema.tables.pointers[pointer]
      guard let other = context.document.follow(pointer, from: context.root).value else { return true }
      return document.isEqual(node, to: other, in: context.document)
    default: return true
    }
  }

  /// Whether a pattern occurs in a text; assumed if the matching budget runs out.
  mutating func isFound(_ pattern: Pattern, at node: NodeID, _ document: Document) -> Bool {
    switch document.withText(of: node, { pattern.isFound(in: $0, &budget.matches) }) {
    case .match: return true
    case .noMatch: return false
    case .unknown:
      note(.limit(EvaluationLimit(budget.matches.stop)))
      return true
    }
  }
}

extension Schema.Bound {
  fileprivate func holds(_ number: ExactNumber, _ limit: ExactNumber) -> Bool {
    switch self {
    case .minimum: number >= limit
    case .maximum: number <= limit
    case .exclusiveMinimum: number > limit
    case .exclusiveMaximum: number < limit
    case .multipleOf: number.isMultiple(of: limit)
    }
  }
}
