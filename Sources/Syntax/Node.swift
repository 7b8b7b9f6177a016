/// A node of a document, by its index in the document's table.
package struct NodeID: Hashable, Sendable, Comparable {
  package let index: Int

  package init(_ index: Int) { self.index = index }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// One value, key or alias of a document: twenty bytes in a flat table, not an object of its own.
package struct Node: Sendable {
  /// What a node is.
  package enum Kind: UInt8, Sendable { case scalar, sequence, mapping, alias }

  /// How a node is written; JSON counts as flow and double-quoted.
  package enum Style: UInt8, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
    case block, flow
  }

  /// The explicit tag, if it is one of YAML's own.
  package enum Tag: UInt8, Sendable {
    case none, string, null, boolean, integer, float, timestamp, binary, collection, unknown
    /// `!` alone, which requests the default type of the node's kind; YAML 1.1 readers resolve it as plain.
    case nonSpecific
  }

  /// Further properties of a node, one bit each.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The text is in the document's decoded bytes, not in the source.
    static let decoded = Flags(rawValue: 1)
    /// The scalar is read as in YAML 1.1, even if 1.2 is requested.
    static let yaml11 = Flags(rawValue: 2)
    /// The mapping has a merge key (`<<`).
    static let mergeKey = Flags(rawValue: 4)
    /// The collection has hidden children.
    static let hiddenChildren = Flags(rawValue: 8)
    /// The node belongs to a frame around the value, not to the value.
    static let hidden = Flags(rawValue: 16)
    /// The value, or part of the collection, is known only at run time.
    static let dynamic = Flags(rawValue: 32)
    /// The children are not simply those in the table.
    static let irregular: Flags = [.mergeKey, .hiddenChildren]
  }

  package let kind: Kind
  package let style: Style
  package internal(set) var tag: Tag
  var flags: Flags
  package internal(set) var span: ByteSpan
  /// Scalar: where its text begins; collection: the index after its last descendant; alias: its target.
  var first: UInt32
  /// Scalar: where its text ends; collection: the number of its entries or items, without hidden ones.
  var second: UInt32

  init(
    kind: Kind, style: Style, tag: Tag, flags: Flags = [], span: ByteSpan, first: UInt32, second: UInt32
  ) {
    self.kind = kind
    self.style = style
    self.tag = tag
    self.flags = flags
    self.span = span
    self.first = first
    self.second = second
  }

  var isDecoded: Bool { flags.contains(.decoded) }
  var readsAsYAML11: Bool { flags.contains(.yaml11) }
  var isHidden: Bool { flags.contains(.hidden) }

  /// Whether the value is known only at run time.
  ///
  /// - Shape: such a scalar's text is what is written in its place; such a collection may have unwritten children.
  package var isDynamic: Bool { flags.contains(.dynamic) }
}
