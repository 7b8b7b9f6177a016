internal import Syntax

/// Templates that may include each other.
struct TemplateSet {
  private let templates: [String: Template]

  /// - Throws: for a template that does not parse, or includes one that is not among them.
  init(_ sources: [String: [UInt8]]) throws(TemplateFault) {
    var templates: [String: Template] = [:]
    for (name, source) in sources { templates[name] = try Template(source, named: name) }
    for template in templates.values {
      for partial in template.partials where templates[partial.name] == nil {
        throw TemplateFault(
          template: template.name, line: partial.line, problem: .unknownTemplate(partial.name))
      }
    }
    self.templates = templates
  }

  /// Writes the template's text, with what the view has in place of its tags.
  ///
  /// - Throws: for a name that no enclosing view has, or whose value is not a text where the template needs one.
  func render(_ name: String, _ view: any TemplateView, to put: TextSink) throws(TemplateFault) {
    guard let template = templates[name] else {
      throw TemplateFault(template: name, line: 0, problem: .unknownTemplate(name))
    }
    let outcome = withoutActuallyEscaping(put) { put in
      Result { () throws(TemplateFault) in
        var rendering = Rendering(templates: templates, scopes: [.view(view)], put: put)
        try rendering.add(template)
        put(rendering.output)
      }
    }
    try outcome.get()
  }
}

/// One page that is being written, or a part of it.
private struct Rendering {
  /// What an enclosing section has brought.
  enum Scope {
    case view(any TemplateView)
    case text(String)
  }

  let templates: [String: Template]
  /// From the outermost to the innermost.
  var scopes: [Scope]
  /// Takes the output before and inside a long list; `nil` while a part of a page is rendered.
  var put: TextSink?
  /// Output that `put` has not taken yet.
  var output: [UInt8] = []

  mutating func add(_ template: Template) throws(TemplateFault) {
    try add(template, template.nodes.indices)
  }

  private mutating func add(_ template: Template, _ nodes: Range<Int>) throws(TemplateFault) {
    var next = nodes.lowerBound
    while next < nodes.upperBound {
      defer { next += 1 }
      switch template.nodes[next] {
      case .literal(let range): output += template.source[range]
      case .text(let reference, let isMarkup):
        guard case .text(let text) = try value(of: reference, in: template) else {
          throw fault(.notText(reference.name), reference, template)
        }
        if isMarkup { output += text.utf8 } else { appendEscaped(text, to: &output) }
      case .section(let reference, let isInverted, let end):
        let inside = next + 1..<end
        next = end - 1
        try addSection(
          template, inside, value(of: reference, in: template), isInverted: isInverted)
      case .partial(let reference):
        guard let partial = templates[reference.name] else {
          throw fault(.unknownTemplate(reference.name), reference, template)
        }
        try add(partial)
      }
    }
  }

  private mutating func addSection(
    _ template: Template, _ nodes: Range<Int>, _ value: TemplateValue, isInverted: Bool
  ) throws(TemplateFault) {
    switch value {
    case .flag(let isThere):
      if isThere != isInverted { try add(template, nodes) }
    case .list(let items) where isInverted:
      if items.isEmpty { try add(template, nodes) }
    case .list(let items):
      for item in items { try addSection(template, nodes, item, isInverted: false) }
    case .text(let text):
      if !isInverted { try add(template, nodes, within: .text(text)) }
    case .object(let view):
      if !isInverted { try add(template, nodes, within: .view(view)) }
    case .series(let series) where isInverted:
      if series.count == 0 { try add(template, nodes) }
    case .series(let series): try add(template, nodes, series)
    }
  }

  private mutating func add(_ template: Template, _ nodes: Range<Int>, within scope: Scope)
    throws(TemplateFault)
  {
    scopes.append(scope)
    try add(template, nodes)
    scopes.removeLast()
  }

  /// Each thread renders a part of the series by itself.
  private mutating func add(_ template: Template, _ nodes: Range<Int>, _ series: TemplateSeries)
    throws(TemplateFault)
  {
    let (templates, scopes) = (templates, scopes)
    var fault: TemplateFault?
    Concurrency.foldShares(of: series.count, into: ()) { places in
      Result { () throws(TemplateFault) in
        var part = Rendering(templates: templates, scopes: scopes)
        for place in places { try part.add(template, nodes, within: .view(series.view(place))) }
        return part.output
      }
    } add: { _, part in
      switch part {
      case .success(let text): add(text)
      case .failure(let failure): fault = fault ?? failure
      }
    }
    if let fault { throw fault }
  }

  private mutating func add(_ part: [UInt8]) {
    guard let put else { return output += part }
    put(output)
    put(part)
    output.removeAll(keepingCapacity: true)
  }

  private func value(of reference: Template.Reference, in template: Template) throws(TemplateFault)
    -> TemplateValue
  {
    guard let first = reference.path.first else {
      if case .text(let text) = scopes.last { return .text(text) }
      throw fault(.notText(reference.name), reference, template)
    }
    guard var value = value(named: first) else {
      throw fault(.unknownName(reference.name), reference, template)
    }
    for name in reference.path.dropFirst() {
      guard case .object(let view) = value, let inner = view.value(named: name) else {
        throw fault(.unknownName(reference.name), reference, template)
      }
      value = inner
    }
    return value
  }

  private func value(named name: String) -> TemplateValue? {
    for place in scopes.indices.reversed() {
      if case .view(let view) = scopes[place], let value = view.value(named: name) { return value }
    }
    return nil
  }

  private func fault(
    _ problem: TemplateFault.Problem, _ reference: Template.Reference, _ template: Template
  ) -> TemplateFault {
    TemplateFault(template: template.name, line: reference.line, problem: problem)
  }
}
