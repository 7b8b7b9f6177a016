/// Replaces text between `\Q` and `\E` with the same text, escaped where needed.
func withoutQuotations(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  var isQuoted = false
  var index = 0
  while index < scalars.count {
    let scalar = scalars[index]
    let following = index + 1 < scalars.count ? scalars[index + 1] : nil
    if scalar == "\\", following == (isQuoted ? "E" : "Q") {
      isQuoted.toggle()
      index += 2
    } else if isQuoted {
      if scalar.isASCII, !isASCIILetter(scalar), !isDigit(scalar) { result.append("\\") }
      result.append(scalar)
      index += 1
    } else {
      result.append(scalar)
      index += 1
      if scalar == "\\", let following {
        result.append(following)
        index += 1
      }
    }
  }
  return result
}

func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}

/// The other case of an ASCII letter.
func otherCase(_ codePoint: UInt32) -> UInt32? {
  Unicode.Scalar(codePoint).map(isASCIILetter) == true ? codePoint ^ 0x20 : nil
}

/// A literal character in ICU's dialect, valid inside and outside a class; surrogates too.
func written(_ codePoint: UInt32) -> String {
  if let scalar = Unicode.Scalar(codePoint), isASCIILetter(scalar) || isDigit(scalar) {
    return String(scalar)
  }
  return "\\x{\(String(codePoint, radix: 16, uppercase: true))}"
}
