import Models
import Testing

/// The nearest of several names.
@Suite struct SuggestionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let written: String
    let candidates: [String]
    let expected: String?

    init(_ written: String, _ candidates: [String], _ expected: String?) {
      self.written = written
      self.candidates = candidates
      self.expected = expected
    }

    var testDescription: String { "\(written) among \(candidates)" }
  }

  private static let schedule = ["NOW", "TIMESTAMP", "OFF_PEAK_WINDOW"]
  private static let start = ["DomainName", "ScheduleAt", "DesiredStartTime"]

  static let cases: [Case] = [
    // Casing and separators.
    Case("domainName", start, "DomainName"), Case("domain-name", start, "DomainName"),
    Case("DOMAIN_NAME", start, "DomainName"), Case("off-peak-window", schedule, "OFF_PEAK_WINDOW"),
    Case("now", schedule, "NOW"),
    // Casing beats separators, whatever comes first.
    Case("off_peak", ["OffPeak", "OFF_PEAK"], "OFF_PEAK"),
    Case("offpeak", ["OFF_PEAK", "OffPeak"], "OffPeak"),
    // Separators beat edits.
    Case("offpeek", ["offpeak", "off-peek"], "off-peek"),
    // Few edits.
    Case("DomainNam", start, "DomainName"), Case("DomianName", start, "DomainName"),
    Case("DesiredStartTimes", start, "DesiredStartTime"),
    Case("opensarch", ["es", "opensearch", "proton"], "opensearch"),
    Case("eu-wset-1", ["eu-east-1", "eu-west-1", "us-west-1"], "eu-west-1"),
    // One inside the other.
    Case("Domain", start, "DomainName"), Case("aws-proton", ["es", "proton"], "proton"),
    Case("OFF_PEAK", schedule, "OFF_PEAK_WINDOW"),
    // A few edits beat one inside the other.
    Case("StartTime", ["StartTimes", "DesiredStartTime"], "StartTimes"),
    // The nearest wins, then the first.
    Case("abcd", ["abce", "abcf"], "abce"), Case("abcdef", ["abcxyf", "abcdeg"], "abcdeg"),
    // Nothing near.
    Case("LATER", schedule, nil), Case("", schedule, nil), Case("-", schedule, nil), Case("x", start, nil),
    Case("ec2", ["es", "opensearch", "proton"], nil), Case("Region", ["S3BucketName", "S3Key"], nil),
    Case("anything", [], nil), Case("ä", ["ö"], nil), Case("a", ["b"], nil),
    Case("äb", ["öb"], "öb"), Case("NO", schedule, "NOW"),
    // The same name is none.
    Case("NOW", ["NOW"], nil), Case("NOW", ["NOW", "Now"], "Now"),
    Case(String(repeating: "a", count: 10_000), ["b"], nil),
  ]

  @Test(arguments: cases)
  func nearest(_ test: Case) {
    #expect(suggestion(for: test.written, among: test.candidates) == test.expected)
  }
}
