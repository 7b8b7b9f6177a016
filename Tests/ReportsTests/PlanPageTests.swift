import CLibXML2
import Crypto
import Foundation
import Planning
import Syntax
import TestSupport
import Testing
import Verdicts

@testable import Reports

@Suite struct PlanPageTests {
  /// A page that the tests look at.
  struct Case: CustomTestStringConvertible {
    let name: String
    let plan: Plan
    var testDescription: String { name }
  }

  static let cases: [Case] =
    [
      Case(name: "no request", plan: PagePlans.empty), Case(name: "hostile", plan: PagePlans.hostilePlan()),
    ] + [1, 3, 24, 50].map { Case(name: "\($0) requests", plan: PagePlans.plan($0)) }

  @Test(arguments: cases)
  func isWellFormed(_ page: Case) throws {
    let tree = try PageTree(PlanFormat.html.render(page.plan))
    #expect(tree.root.name == "html")
    #expect(tree.all("title").first?.text.hasPrefix("Dry-run plan: ") == true)
  }

  @Test(arguments: cases)
  func idsAreUniqueAndLinksLeadSomewhere(_ page: Case) throws {
    let tree = try PageTree(PlanFormat.html.render(page.plan))
    let ids = tree.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let targets = tree.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
    #expect(Set(targets.map { String($0.dropFirst()) }).subtracting(ids) == [])
    let references = tree.elements.flatMap { element in
      ["aria-labelledby", "for", "data-copy"].flatMap {
        (element.attributes[$0] ?? "").split(separator: " ").map(String.init)
      }
    }
    #expect(Set(references).subtracting(ids) == [])
  }

  @Test(arguments: cases)
  func loadsNothing(_ page: Case) throws {
    let tree = try PageTree(PlanFormat.html.render(page.plan))
    let names = Set(tree.elements.map(\.name))
    #expect(
      names.isDisjoint(with: [
        "img", "link", "iframe", "object", "embed", "video", "audio", "base", "image", "use",
      ]))
    for element in tree.elements {
      for (name, value) in element.attributes {
        #expect(
          !name.hasPrefix("on") && name != "style" && name != "src" && name != "srcset", "\(element.name)")
        if name == "href" {
          #expect(element.name == "a" && (value.hasPrefix("#") || value.hasPrefix("https://")), "\(value)")
        }
      }
    }
    #expect(tree.all("script").count == 1)
    #expect(tree.all("style").count == 1)
  }

  @Test func policyNamesTheHashesOfScriptAndStyle() throws {
    let page = String(decoding: PlanFormat.html.render(PagePlans.plan(1)), as: UTF8.self)
    let style = try #require(page.firstMatch(of: #/<style>([\s\S]*?)<\/style>/#)).output.1
    let script = try #require(page.firstMatch(of: #/<script>([\s\S]*?)<\/script>/#)).output.1
    func hash(_ text: Substring) -> String {
      Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
    let tree = try PageTree(Array(page.utf8))
    let policy = try #require(
      tree.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?.attributes[
        "content"])
    #expect(
      policy == "default-src 'none'; style-src 'sha256-\(hash(style))'; script-src 'sha256-\(hash(script))'; "
        + "base-uri 'none'; form-action 'none'")
    #expect(!script.contains("</") && !style.contains("</"))
  }

  @Test func equalPlansGiveEqualBytes() {
    #expect(PlanFormat.html.render(PagePlans.plan(50)) == PlanFormat.html.render(PagePlans.plan(50)))
  }

  @Test func nothingHostileIsMarkup() throws {
    let bytes = PlanFormat.html.render(PagePlans.hostilePlan())
    let page = String(decoding: bytes, as: UTF8.self)
    let body = page.replacing(#/<(script|style)>[\s\S]*?<\/(script|style)>/#, with: "")
    for scalar in body.unicodeScalars where scalar != "\n" && scalar != "\t" {
      #expect(visible(scalar) == String(scalar))
    }
    let tree = try PageTree(bytes)
    let ids = tree.all("li").filter { $0.attributes["class"]?.hasPrefix("request ") == true }
    #expect(ids.count == PagePlans.hostile.count)
    #expect(tree.all("b").allSatisfy { $0.attributes.isEmpty })
    // Texts without hidden characters come back as they were.
    let messages = tree.all("span").filter { $0.attributes["class"] == "text" }.map(\.text)
    for index in [0, 1, 2, 4, 6] { #expect(messages.contains(PagePlans.hostile[index])) }
    #expect(messages.contains { $0.hasPrefix("control \\u{0}\\u{1B}[31m\\u{7F} bidi \\u{202E}gnp.exe") })
  }

  @Test func requestsStandByUrgency() throws {
    let tree = try PageTree(PlanFormat.html.render(PagePlans.plan(50)))
    let rows = tree.all("li").filter { $0.attributes["class"]?.hasPrefix("request ") == true }
    let verdicts = rows.compactMap { $0.attributes["data-verdict"] }
    let risks = rows.compactMap { $0.attributes["data-risk"] }
    let ranks = zip(verdicts, risks).map { verdict, risk in
      (["blocked", "review", "ready"].firstIndex(of: verdict) ?? -1) * 3
        + (["high", "medium", "low"].firstIndex(of: risk) ?? -1)
    }
    #expect(ranks == ranks.sorted())
    #expect(ranks.count == 50)
    #expect(ranks.first == 0)
  }

  @Test func countsAreThoseOfThePlan() throws {
    let tree = try PageTree(PlanFormat.html.render(PagePlans.plan(1000)))
    let list = try #require(tree.all("ul").first { $0.attributes["class"] == "counts" })
    #expect(
      list.children.map { $0.text.trimmingCharacters(in: .whitespaces) } == [
        "91 blocked", "182 review", "727 ready", "143 high risk", "3 conflicts", "1,000 requests",
        "250 files",
      ])
  }

  @Test func layersBeyondThePictureAreCounted() throws {
    let plan = PagePlans.plan(42)
    for (count, note) in [(40, nil), (42, "2 further layers, only in the list below")] {
      let layered = Plan(
        digest: plan.digest, now: plan.now, catalogSource: plan.catalogSource, inputs: plan.inputs,
        requests: plan.requests, order: plan.requests.prefix(count).map { [$0.id] }, conflicts: [],
        findings: [], files: [], skippedFiles: 0)
      let tree = try PageTree(PlanFormat.html.render(layered))
      let notes = tree.all("p").map(\.text).filter { $0.contains("further layer") }
      #expect(notes == [note].compactMap { $0 })
    }
  }

  /// Pages for the browser's checks, and for people to look at.
  @Test(.enabled(if: pages != nil, "REQLINT_PAGES is unset"))
  func writesPages() throws {
    let folder = URL(fileURLWithPath: try #require(Self.pages), isDirectory: true)
    try PlanPageFiles.write(to: folder)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).contains("page-1000.html"))
  }

  private static let pages = ProcessInfo.processInfo.environment["REQLINT_PAGES"]
}

/// The pages that the browser's checks read.
enum PlanPageFiles {
  static func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for count in [1, 20, 50, 1000] {
      try Data(PlanFormat.html.render(PagePlans.plan(count))).write(
        to: folder.appending(path: "page-\(count).html"))
    }
    try Data(PlanFormat.html.render(PagePlans.hostilePlan())).write(
      to: folder.appending(path: "page-hostile.html"))
    try Data(PlanFormat.html.render(PagePlans.empty)).write(to: folder.appending(path: "page-empty.html"))
  }
}

/// A page read as XML, which it is but for the insides of its script and its style sheet.
private struct PageTree {
  struct Element {
    let name: String
    let attributes: [String: String]
    let text: String
    let children: [Element]
  }

  struct NotWellFormed: Error { let message: String }

  let root: Element
  let elements: [Element]

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing(#/<style>[\s\S]*?<\/style>/#, with: "<style></style>")
      .replacing(#/<script>[\s\S]*?<\/script>/#, with: "<script></script>")
    let plain = Array(text.drop { $0 != "<" }.utf8)
    let options = Int32(XML_PARSE_HUGE.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NONET.rawValue)
    let document = plain.withUnsafeBytes {
      xmlReadMemory($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), "page", "UTF-8", options)
    }
    guard let document, let node = xmlDocGetRootElement(document) else {
      let error = xmlGetLastError()?.pointee
      throw NotWellFormed(
        message: "line \(error?.line ?? 0): " + (error?.message.map { String(cString: $0) } ?? "no document"))
    }
    defer { xmlFreeDoc(document) }
    root = Self.element(node)
    elements = Self.flattened(root)
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private static func flattened(_ element: Element) -> [Element] {
    [element] + element.children.flatMap(flattened)
  }

  private static func element(_ node: xmlNodePtr) -> Element {
    var attributes: [String: String] = [:]
    var attribute = node.pointee.properties
    while let current = attribute {
      let value = xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
      attributes[String(cString: current.pointee.name)] = value.map { String(cString: $0) } ?? ""
      free(value)
      attribute = current.pointee.next
    }
    var children: [Element] = []
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE { children.append(element(current)) }
      child = current.pointee.next
    }
    let content = xmlNodeGetContent(node)
    defer { free(content) }
    return Element(
      name: String(cString: node.pointee.name), attributes: attributes,
      text: content.map { String(cString: $0) } ?? "", children: children)
  }
}
