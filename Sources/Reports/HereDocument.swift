internal import Syntax

/// A here-document that holds the text as it is, and the redirection that it goes with.
///
/// - Shape: a delimiter that no part of the text equals; the reader gets one line break more than it has.
/// - Source: POSIX.1-2024, Shell Command Language, 2.7.4.
func hereDocument(_ text: String) -> (redirection: String, lines: String) {
  let bytes = Array(text.utf8)
  var delimiter = "REQLINT_END"
  while bytes.contains(sequence: Array(delimiter.utf8)) { delimiter += "_" }
  return ("<<'\(delimiter)'", "\(text)\n\(delimiter)\n")
}
