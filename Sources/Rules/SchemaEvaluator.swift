internal import Patterns
internal import Syntax

/// Judges instances by schemas; embedded YAML is parsed once for all schemas that read it.
///
/// - Source: JSON Schema 2020-12.
struct SchemaEvaluator {
  typealias Place = InstanceDocuments.Place

  let context: EvaluationContext
  let budget: RuleBudget
  private(set) var documents: InstanceDocuments
  private var collector = FailureCollector()
  private(set) var depth = 0
  /// Why something could not be judged and was assumed to hold; an exhausted budget outranks all other reasons.
  ///
  /// A verdict that a schema is violated never depends on it.
  private(set) var unknown: Undecided?

  /// Whether any value that rules read is known only at run time; cached, since almost no request has such values.
  let hasDynamic: Bool

  init(_ context: EvaluationContext, budget: RuleBudget? = nil) {
    self.context = context
    hasDynamic = context.document.hasDynamic || context.facts?.dynamic.isEmpty == false
    self.budget = budget ?? RuleBudget(context.limits)
    documents = InstanceDocuments(context.document)
  }

  /// Whether the root satisfies a schema.
  mutating func holds(_ schema: Schema) -> Bool {
    unknown = nil
    return judge(schema, schema.root, Place(ofParameter: context.root), context.document, collecting: false)
  }

  /// Whether the root satisfies a schema for certain.
  mutating func definitelyHolds(_ schema: Schema) -> Bool { holds(schema) && unknown == nil }

  /// Every place where the root violates a schema, in document order.
  mutating func failures(of schema: Schema) -> [SchemaFailure] {
    unknown = nil
    _ = judge(schema, schema.root, Place(ofParameter: context.root), context.document, collecting: true)
    return collector.finish()
  }

  /// The verdict if there is one; otherwise assumes that the keyword holds, and records the reason.
  mutating func holdsOrUnknown(_ verdict: Bool?, _ reason: String) -> Bool {
    if verdict == nil { note(.values(reason)) }
    return verdict ?? true
  }

  /// Records why something could not be judged.
  mutating func note(_ reason: Undecided) {
    if unknown?.limit == nil { unknown = reason }
  }

  /// Returns the texts that were read as YAML since the last call, each once.
  mutating func takeTexts() -> [Document] { documents.takeTexts() }

  // MARK: Judging

  /// - Parameter document: of the place; passed along, since looking it up for each keyword would retain it each time.
  private mutating func judge(
    _ schema: Schema, _ id: Schema.ID, _ place: Place, _ document: Document, collecting: Bool
  ) -> Bool {
    switch schema[id] {
    case .always(let holds): return conclude(holds, place, collecting)
    case .keywords(let keywords, let cost):
      guard mayJudge(at: place, document, cost) else { return true }
      depth += 1
      defer { depth -= 1 }
      var holds = true
      for index in keywords where !judge(schema, schema.tables.keywords[index], place, document, collecting) {
        holds = false
        if !collecting { break }
      }
      return holds
    }
  }

  private mutating func judge(
    _ schema: Schema, _ keyword: Schema.Keyword, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    if hasDynamic, let known = judgeDynamic(schema, keyword, place, document) { return known }
    switch keyword {
    case .type, .oneOf, .number, .count, .pattern, .format, .uniqueItems, .version, .time, .equalTo,
      .compared, .keptValues:
      return conclude(assertion(keyword, of: schema, place, document), place, collecting)
    case .required(let names): return hasAll(names, of: schema, place, document, collecting)
    case .dependentRequired(let name, let required):
      return !isGiven(name, of: schema, in: place.node, document)
        || hasAll(required, of: schema, place, document, collecting)
    case .dependentSchema(let dependency):
      return !isGiven(dependency.name, of: schema, in: place.node, document)
        || judge(schema, dependency.schema, place, document, collecting: collecting)
    case .properties(let properties): return self.properties(schema, properties, place, document, collecting)
    case .members(let properties, let patterns, let additional):
      return members(schema, properties, patterns, additional, place, document, collecting)
    case .propertyNames(let names): return propertyNames(schema, names, place, document, collecting)
    case .items(let prefix, let rest): return items(schema, prefix, rest, place, document, collecting)
    case .contains(let wanted, let minimum, let maximum):
      guard document[place.node].kind == .sequence else { return true }
      let verdicts = document.items(of: place.node).map { item in
        definitely {
          $0.judge(schema, wanted, place.moved(to: item), document, collecting: false)
        }
      }
      let isOpen = verdicts.contains(nil)
      let count = verdicts.count { $0 == true }
      return conclude(isOpen || (count >= minimum && count <= maximum ?? .max), place, collecting)
    case .combine(let combination, let ids):
      return combine(schema, combination, ids, place, document, collecting)
    case .condition(let when, let then, let otherwise):
      guard let applies = definitely({ $0.judge(schema, when, place, document, collecting: false) }) else {
        return true
      }
      return (applies ? then : otherwise).map { judge(schema, $0, place, document, collecting: collecting) }
        ?? true
    case .reference(let target): return judge(schema, target, place, document, collecting: collecting)
    case .yaml(let inner): return yaml(schema, inner, place, document, collecting)
    case .uniqueBy(let pointer):
      return uniqueBy(schema.tables.pointers[pointer], place, document, collecting)
    case .request(let inner): return request(schema, inner, collecting)
    }
  }

  // MARK: Members and items

  private func isGiven(_ name: Int, of schema: Schema, in node: NodeID, _ document: Document) -> Bool {
    document.value(of: schema.tables.names[name], in: node) != nil
  }

  private mutating func hasAll(
    _ names: Range<Int>, of schema: Schema, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    guard document[place.node].kind == .mapping else { return true }
    let isComplete = names.allSatisfy { isGiven($0, of: schema, in: place.node, document) }
    if !isComplete, collecting { recordMissing(at: place) }
    return isComplete
  }

  private mutating func properties(
    _ schema: Schema, _ properties: Range<Int>, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    var holds = true
    for index in properties {
      let property = schema.tables.properties[index]
      let name = schema.tables.names[property.name]
      guard let entry = document.entry(of: name, in: place.node) else { continue }
      holds = judge(schema, property.schema, of: entry, in: place, document, collecting) && holds
    }
    return holds
  }

  private mutating func propertyNames(
    _ schema: Schema, _ names: Schema.ID, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    var holds = true
    for entry in document.entries(of: place.node) {
      let name = place.moved(to: entry.key, key: entry.key)
      holds = judge(schema, names, name, document, collecting: collecting) && holds
    }
    return holds
  }

  private mutating func members(
    _ schema: Schema, _ properties: Range<Int>, _ patterns: Range<Int>, _ additional: Schema.ID?,
    _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    let tables = schema.tables
    var holds = true
    for entry in document.entries(of: place.node) {
      var schemas: [Schema.ID] = []
      let property = properties.first {
        document.hasText(tables.names[tables.properties[$0].name], at: entry.key)
      }
      if let property { schemas.append(tables.properties[property].schema) }
      var isOpen = false
      for pattern in patterns where !isOpen {
        let isFound = definitely {
          $0.isFound(tables.patterns[tables.matched[pattern].name], at: entry.key, document)
        }
        if isFound == true { schemas.append(tables.matched[pattern].schema) }
        isOpen = isFound == nil
      }
      // It is unknown whether the pattern matches the key, so also whether the key is additional.
      if isOpen { continue }
      if schemas.isEmpty, let additional { schemas.append(additional) }
      for id in schemas { holds = judge(schema, id, of: entry, in: place, document, collecting) && holds }
    }
    return holds
  }

  private mutating func judge(
    _ schema: Schema, _ id: Schema.ID, of entry: Document.Entry, in place: Place, _ document: Document,
    _ collecting: Bool
  ) -> Bool {
    let inner = place.moved(to: entry.value, key: entry.key)
    return step(.member(entry.key), in: place) {
      $0.judge(schema, id, inner, document, collecting: collecting)
    }
  }

  private mutating func items(
    _ schema: Schema, _ prefix: Range<Int>, _ rest: Schema.ID?, _ place: Place, _ document: Document,
    _ collecting: Bool
  ) -> Bool {
    var holds = true
    for (offset, item) in document.items(of: place.node).enumerated() {
      let own = offset < prefix.count ? schema.tables.schemas[prefix.lowerBound + offset] : rest
      guard let own else { break }
      let inner = place.moved(to: item)
      let fits = step(.item(offset), in: place) {
        $0.judge(schema, own, inner, document, collecting: collecting)
      }
      holds = fits && holds
    }
    return holds
  }

  /// Judges a value one step below a place.
  private mutating func step(
    _ step: Document.Step, in place: Place, _ body: (inout SchemaEvaluator) -> Bool
  ) -> Bool {
    guard place.isParameter else { return body(&self) }
    collector.path.append(step)
    defer { collector.path.removeLast() }
    return body(&self)
  }

  // MARK: Combinations

  private mutating func combine(
    _ schema: Schema, _ combination: Schema.Combination, _ ids: Range<Int>, _ place: Place,
    _ document: Document, _ collecting: Bool
  ) -> Bool {
    if combination == .all {
      var holds = true
      for index in ids {
        holds = judge(schema, schema.tables.schemas[index], place, document, collecting: collecting) && holds
      }
      return holds
    }
    let before = unknown
    var holding = 0
    var isOpen = false
    for index in ids where combination != .any || holding == 0 {
      let holds = definitely {
        $0.judge(schema, schema.tables.schemas[index], place, document, collecting: false)
      }
      holding += holds == true ? 1 : 0
      isOpen = isOpen || holds == nil
    }
    let isDecided = holding > (combination == .one ? 1 : 0)
    guard !isOpen || isDecided else { return true }
    unknown = before
    switch combination {
    case .any: return conclude(holding > 0, place, collecting)
    case .one: return conclude(holding == 1, place, collecting)
    case .not: return conclude(holding == 0, place, collecting)
    case .all: return true
    }
  }

  /// Whether a place certainly satisfies a schema.
  mutating func definitelyFits(
    _ schema: Schema, _ id: Schema.ID, _ place: Place, _ document: Document
  ) -> Bool {
    definitely { $0.judge(schema, id, place, document, collecting: false) } == true
  }

  /// The result of a body; `nil`, with the reason in `unknown`, if the body only assumed that something holds.
  private mutating func definitely(_ body: (inout SchemaEvaluator) -> Bool) -> Bool? {
    let before = unknown
    unknown = nil
    let holds = body(&self)
    if unknown != nil, holds {
      if let before { note(before) }
      return nil
    }
    unknown = before
    return holds
  }

  // MARK: Unique items

  private mutating func uniqueBy(
    _ pointer: JSONPointer, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    var seen: Set<ArraySlice<UInt8>> = []
    var holds = true
    for (offset, item) in document.items(of: place.node).enumerated() {
      let found = document.follow(pointer, from: item)
      guard let value = found.value, document[value].kind == .scalar,
        !seen.insert(document.text(of: value)).inserted
      else { continue }
      let outer = collector.path
      defer { collector.path = outer }
      if place.isParameter { collector.path += [.item(offset)] + found.path }
      holds = conclude(false, place.moved(to: value), collecting) && holds
    }
    return holds
  }

  // MARK: Other documents

  private mutating func yaml(
    _ schema: Schema, _ inner: Schema.ID, _ place: Place, _ document: Document, _ collecting: Bool
  ) -> Bool {
    guard document.scalarType(of: place.node).isText else { return true }
    switch documents.embedded(at: place, document, limits: context.limits) {
    case .root(let root): return judge(schema, inner, root, documents[root], collecting: collecting)
    case .issue(let issue) where issue.kind == .limit:
      note(.limit(.embeddedDocument(message: issue.message, limit: issue.limit)))
      return true
    case .issue(let issue):
      if collecting { collector.record(issue.span, nil, "does not parse here") }
      return false
    }
  }

  private mutating func request(_ schema: Schema, _ inner: Schema.ID, _ collecting: Bool) -> Bool {
    guard let facts = context.facts else { return true }
    let root = documents.root(of: facts)
    return judge(schema, inner, root, documents[root], collecting: collecting)
  }

  // MARK: Failures

  private mutating func conclude(_ holds: Bool, _ place: Place, _ collecting: Bool) -> Bool {
    if !holds, collecting {
      let document = documents[place]
      let span = documents.span(of: place, in: context)
      switch document[place.node].kind {
      case .scalar, .alias: collector.record(span, document.string(of: place.node), "is a single value")
      case .mapping: collector.record(span, nil, "is a mapping")
      case .sequence: collector.record(span, nil, "is a list")
      }
    }
    return holds
  }

  private mutating func recordMissing(at place: Place) {
    collector.record(documents.keySpan(of: place, in: context), nil, "lacks a member")
  }
}
