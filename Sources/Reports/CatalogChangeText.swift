internal import CatalogDifference
internal import Syntax

/// The wording of what changed between two catalogs.
extension CatalogChange {
  /// What a change is grouped under: the service, one operation, or one shape in one place.
  struct Owner: Equatable {
    let name: String
    let place: String?
  }

  var owner: Owner {
    switch subject {
    case .partition(let id): Owner(name: id, place: nil)
    case .service: Owner(name: "", place: nil)
    case .operation(let name): Owner(name: "operation \(name)", place: nil)
    case .shape(let name): Owner(name: name, place: path)
    case .member(let member, let shape):
      Owner(name: shape, place: path.map { String($0.dropLast(member.count + 1)) })
    }
  }

  /// Told as one name in a list of operations.
  var isOfWholeOperation: Bool {
    guard case .operation = subject else { return false }
    return key == nil || key == "deprecated"
  }

  var hasLineOfItsOwn: Bool { !isOfWholeOperation && kind != .reordered }

  /// What happened to the subject as a whole.
  var verb: String {
    guard key == "deprecated" else { return kind.rawValue }
    return new == "true" ? "deprecated" : "no longer deprecated"
  }

  var memberName: String? {
    guard case .member(let name, _) = subject else { return nil }
    return name
  }

  /// `nil` for the service, which needs none.
  var title: String? { owner.name.isEmpty ? nil : owner.name }

  /// Where the shape is used, to follow its name: one place, and the first of the other operations.
  var touched: String {
    guard let place = owner.place else { return "" }
    let others = operations.filter { $0 != place.prefix { $0 != "." && $0 != "[" && $0 != "{" } }
    let named = ([place] + others.prefix(2)).joined(separator: ", ")
    return others.count > 2
      ? " in \(named) and \(counted(others.count - 2, "more operation"))" : " in \(named)"
  }

  /// A member that was added or removed, with its type.
  var shownMember: String {
    let name = memberName ?? ""
    guard let new, case .document(let document) = readJSON(SourceText(Array(new.utf8)), limits: Limits())
    else {
      return name
    }
    let type = document.value(of: "type", in: document.root).map { document.string(of: $0) }
    let isRequired = document.value(of: "required", in: document.root) != nil
    let facts = [type, isRequired ? "required" : nil].compactMap { $0 }
    return facts.isEmpty ? name : "\(name) (\(facts.joined(separator: ", ")))"
  }

  /// One change but for those of whole operations and members.
  var sentence: String {
    let subject = memberName.map { "member \($0) " } ?? ""
    switch (key, kind) {
    case (nil, _):
      guard self.subject == .service else { return kind.rawValue }
      return "service \(kind.rawValue), \(counted(operations.count, "operation"))"
    case ("endpoint-rules", _): return "endpoint rules \(kind.rawValue)"
    case ("text", _): return "written otherwise, with the same facts"
    case ("required", .added): return "\(subject)is now required"
    case ("required", .removed): return "\(subject)is no longer required"
    case ("deprecated", _): return "\(subject)\(verb)"
    case ("shape", _): return "takes the place of \(shown(old))"
    case ("enum", .added): return "must now be one of: \(shownList(new))"
    case ("enum", .removed): return "may now have any value, no longer only: \(shownList(old))"
    case (let key?, .reordered): return "\(key) in another order"
    case (let key?, .valuesAdded): return "\(noun(key)) added: \(shownList(new))"
    case (let key?, .valuesRemoved): return "\(noun(key)) removed: \(shownList(old))"
    case (let key?, .added): return "\(subject)\(key) added: \(shown(new))"
    case (let key?, .removed): return "\(subject)\(key) removed, was: \(shown(old))"
    case (let key?, .changed): return "\(subject)\(key)"
    }
  }

  /// Both values of what was there before and is there after; `nil` for every other change.
  var values: (old: String, new: String)? {
    guard kind == .changed, old != nil || new != nil, key != "shape", key != "deprecated" else { return nil }
    return shownPair(plain(old), plain(new), limit: Self.limit)
  }

  private static let limit = 320

  private func noun(_ key: String) -> String { key == "enum" ? "values" : key }

  private func shown(_ json: String?) -> String { shortened(plain(json), to: Self.limit) }

  /// A string as it is, everything else as JSON.
  private func plain(_ json: String?) -> String {
    guard let json, json.hasPrefix("\""), case .document(let document) = parsed(json) else {
      return json ?? ""
    }
    return document.string(of: document.root)
  }

  private func shownList(_ json: String?) -> String {
    guard let json, case .document(let document) = parsed(json) else { return "" }
    return document.items(of: document.root).map { item in
      let text = document.string(of: item)
      // What could be taken for more than one value, or for none.
      return text.isEmpty || text.contains(",") || text.contains(" ") ? quote(text) : text
    }.joined(separator: ", ")
  }

  private func parsed(_ json: String) -> ParsedDocument {
    readJSON(SourceText(Array(json.utf8)), limits: Limits())
  }
}
