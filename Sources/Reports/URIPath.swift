/// A path as a URI reference: relative as it is, absolute with the scheme `file`.
///
/// - Shape: unreserved characters and slashes stand for themselves; a colon could make a scheme of a first folder.
/// - Source: RFC 3986, sections 2.3 and 4.2; RFC 8089.
func uriReference(ofPath path: String) -> String {
  var uri = path.hasPrefix("/") ? "file://" : ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      uri.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
  }
  return uri
}
