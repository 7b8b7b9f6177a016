/// Receives a report piece by piece, so that nobody has to assemble a large one in memory.
///
/// - Shape: UTF-8; a piece may end in the middle of a line, but not of a character.
package typealias TextSink = (_ piece: [UInt8]) -> Void

/// All pieces that a body writes, as one text.
package func whole(_ body: (TextSink) -> Void) -> [UInt8] {
  var text: [UInt8] = []
  body { text += $0 }
  return text
}
