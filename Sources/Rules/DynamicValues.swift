internal import Syntax

/// Handles values that are known only at run time: a schema is violated only if no value could satisfy it.
extension SchemaEvaluator {
  /// A keyword's verdict on a place with such values; `nil` if they make no difference.
  ///
  /// - Shape: `true` is an assumption if `unknown` says so; `false` is certain.
  mutating func judgeDynamic(
    _ schema: Schema, _ keyword: Schema.Keyword, _ place: Place, _ document: Document
  ) -> Bool? {
    if document.isUnknown(place.node) {
      switch keyword {
      case .combine, .condition, .reference, .request: return nil
      default: return assumed()
      }
    }
    if document[place.node].isDynamic, let known = judgeOpen(schema, keyword, place, document) {
      return known
    }
    switch keyword {
    case .oneOf where document.holdsDynamic(place.node): return assumed()
    case .uniqueItems where document.holdsDynamic(place.node):
      return document.hasKnownDuplicate(place.node) ? false : assumed()
    case .uniqueBy(let pointer):
      // The known values are still compared.
      if document.items(of: place.node).contains(where: { item in
        document.isUnknown(schema.tables.pointers[pointer], from: item)
      }) {
        _ = assumed()
      }
      return nil
    case .equalTo(let pointer): return assumedIfUnknown([schema.tables.pointers[pointer]])
    case .compared(let comparison): return assumedIfUnknown([schema.tables.comparisons[comparison].other])
    case .keptValues(let kept): return assumedIfUnknown([schema.tables.keptValues[kept].other])
    case .time(let constraint): return assumedIfUnknown(schema.tables.times[constraint].pointers)
    default: return nil
    }
  }

  /// Likewise for a collection that may have more children than are written.
  private mutating func judgeOpen(
    _ schema: Schema, _ keyword: Schema.Keyword, _ place: Place, _ document: Document
  ) -> Bool? {
    func isGiven(_ name: Int) -> Bool { document.value(of: schema.tables.names[name], in: place.node) != nil }
    switch keyword {
    case .oneOf: return assumed()
    case .required(let names): return names.allSatisfy(isGiven) ? true : assumed()
    case .dependentRequired(_, let required): return required.allSatisfy(isGiven) ? true : assumed()
    case .dependentSchema(let dependency): return isGiven(dependency.name) ? nil : assumed()
    case .count(let measure, let limit):
      let fits = document.fits(measure, limit, at: place.node)
      switch measure {
      case .minItems, .minProperties: return fits ? true : assumed()
      case .maxItems, .maxProperties: return fits ? assumed() : false
      case .minLength, .maxLength: return nil
      }
    case .contains: return containsOpen(schema, keyword, place, document)
    case .properties(let properties):
      if !properties.allSatisfy({ isGiven(schema.tables.properties[$0].name) }) { _ = assumed() }
      return nil
    case .members, .propertyNames, .items, .uniqueItems, .uniqueBy:
      // The written children are still judged.
      _ = assumed()
      return nil
    default: return nil
    }
  }

  /// Whether a list that may have more items contains enough matching ones, and not too many.
  private mutating func containsOpen(
    _ schema: Schema, _ keyword: Schema.Keyword, _ place: Place, _ document: Document
  ) -> Bool? {
    guard case .contains(let wanted, let minimum, let maximum) = keyword,
      document[place.node].kind == .sequence
    else { return nil }
    let count = document.items(of: place.node).count { item in
      definitelyFits(schema, wanted, place.moved(to: item), document)
    }
    if let maximum { return count > maximum ? false : assumed() }
    return count >= minimum ? true : assumed()
  }

  /// Assumes that a keyword holds, since a value is known only at run time.
  private mutating func assumed() -> Bool {
    note(.dynamic)
    return true
  }

  /// Assumes that a keyword holds if a value that it reads is known only at run time.
  private mutating func assumedIfUnknown(_ pointers: [JSONPointer]) -> Bool? {
    pointers.contains { context.document.isUnknown($0, from: context.root) } ? assumed() : nil
  }
}

extension Document {
  /// Whether the value at a pointer is known only at run time, or may exist without being written.
  func isUnknown(_ pointer: JSONPointer, from start: NodeID) -> Bool {
    guard hasDynamic else { return false }
    var place = resolve(start)
    for token in pointer.tokens {
      guard let next = value(at: JSONPointer([token]), from: place) else { return self[place].isDynamic }
      place = next
    }
    return holdsDynamic(place)
  }

  /// Whether two items of a list are equal, whatever its unknown values turn out to be.
  fileprivate func hasKnownDuplicate(_ list: NodeID) -> Bool {
    var seen: Set<[UInt8]> = []
    return items(of: list).contains { !holdsDynamic($0) && !seen.insert(canonicalJSON(of: $0)).inserted }
  }
}
