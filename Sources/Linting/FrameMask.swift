internal import Models
internal import Requests
internal import Syntax

/// What of a document's frame must not be shown: what is unknown there, or of the wrong type.
struct FrameMask {
  let document: Document
  /// Parameters of requests.
  let held: Set<NodeID>
  /// Names of members that a text must not give values to.
  let words: SecretWords
  /// What the carrier says may be shown.
  let keys: CarrierFrame
  var parts = MaskedParts()

  init(document: Document, held: Set<NodeID>, words: SecretWords, keys: CarrierFrame) {
    self.document = document
    self.held = held
    self.words = words
    self.keys = keys
  }

  /// Whether a key, misspelt or not, names something that may be shown.
  private func isTextKey(_ key: String) -> Bool {
    let textKeys = keys.names + keys.texts
    return textKeys.contains(key) || suggestion(for: key, among: textKeys) != nil
  }

  /// Whether a text that may be shown by its key may hold what must not be shown.
  private func mayHideValues(_ id: NodeID, of key: String) -> Bool {
    guard !keys.names.contains(key) else {
      return document.withText(of: id) { Request.isMoreThanName($0, allowsBlanks: key == "operation") }
    }
    let text = document.text(of: id)
    return Request.holdsOptions(Array(text)) || words.assigns(text)
  }

  mutating func add(_ frame: NodeID) {
    for entry in document.entries(of: frame) where !held.contains(entry.value) { add(entry) }
  }

  /// Adds the parts of the parameters that belong to the frame.
  mutating func addHidden(of parameters: NodeID) {
    let hidden = document.hiddenParts(of: parameters)
    for entry in hidden.entries { add(entry) }
    for item in hidden.items { parts.add(whole: item) }
  }

  private mutating func add(_ entry: Document.Entry) {
    let key = document.string(of: entry.key)
    let kind = document[entry.value].kind
    switch key {
    case _ where kind == .sequence && keys.lists.contains(key):
      for item in document.items(of: entry.value) {
        if document[item].kind == .mapping {
          add(item)
        } else {
          parts.add(whole: item)
        }
      }
    case _ where kind == .mapping && keys.mappings.contains(key): add(entry.value)
    case _ where kind == .scalar && isTextKey(key) && !mayHideValues(entry.value, of: key): break
    default: parts.add(whole: entry.value, entry: entry)
    }
  }
}
