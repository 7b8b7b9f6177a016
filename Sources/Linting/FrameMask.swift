internal import Models
internal import Requests
internal import Syntax

/// The parts of a document's frame that must not be shown: unknown parts, and values of the wrong type.
struct FrameMask {
  let document: Document
  /// The parameters of requests.
  let held: Set<NodeID>
  /// Names of members to which a text must not assign values.
  let words: SecretWords
  /// The keys that the carrier permits to be shown.
  let keys: CarrierFrame
  var parts = MaskedParts()

  init(document: Document, held: Set<NodeID>, words: SecretWords, keys: CarrierFrame) {
    self.document = document
    self.held = held
    self.words = words
    self.keys = keys
  }

  /// Whether a key, misspelt or not, is one whose text may be shown.
  private func isTextKey(_ key: String) -> Bool {
    let textKeys = keys.names + keys.texts
    return textKeys.contains(key) || suggestion(for: key, among: textKeys) != nil
  }

  /// Whether a text with such a key may still contain secrets.
  private func mayHideValues(_ id: NodeID, of key: String) -> Bool {
    // A placeholder, such as `{{ global:REGION }}`, is shown as written.
    if document.isUnknown(id) { return false }
    guard !keys.names.contains(key) else {
      return document.withText(of: id) { Request.isMoreThanName($0, allowsBlanks: key == "operation") }
    }
    let text = document.text(of: id)
    return Request.holdsOptions(Array(text)) || words.assigns(text)
  }

  mutating func add(_ frame: NodeID) {
    for entry in document.entries(of: frame) where !held.contains(entry.value) { add(entry) }
  }

  /// Adds parts of the parameters that belong to the frame.
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
