import Testing
import Wire

@Test func requestsCompareByContent() {
  #expect(HTTPRequest(method: "GET", target: "/") == HTTPRequest(method: "GET", target: "/"))
}
