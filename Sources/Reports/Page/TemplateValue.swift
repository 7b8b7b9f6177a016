/// The value of a name in a template.
enum TemplateValue: Sendable {
  case text(String)
  /// Whether a section is there; it cannot be shown itself.
  case flag(Bool)
  case object(any TemplateView)
  case list([TemplateValue])
  /// A long list; several threads render a part each.
  case series(TemplateSeries)

  static func number(_ number: some BinaryInteger) -> TemplateValue { .text(String(number)) }

  /// A text, or a section that is not there.
  static func optional(_ text: String?) -> TemplateValue { text.map(TemplateValue.text) ?? .flag(false) }

  /// An object, or a section that is not there.
  static func optional(_ view: (any TemplateView)?) -> TemplateValue {
    view.map(TemplateValue.object) ?? .flag(false)
  }

  static func list(_ texts: [String]) -> TemplateValue { .list(texts.map(TemplateValue.text)) }

  static func list(_ views: [some TemplateView]) -> TemplateValue { .list(views.map(TemplateValue.object)) }
}

/// Views that are made when the page reaches them.
struct TemplateSeries: Sendable {
  let count: Int
  let view: @Sendable (Int) -> any TemplateView

  init(_ count: Int, _ view: @escaping @Sendable (Int) -> any TemplateView) {
    self.count = count
    self.view = view
  }
}

/// Something that a template shows.
protocol TemplateView: Sendable {
  /// What it has under a name; `nil` for a name that it does not know.
  func value(named name: String) -> TemplateValue?
}

/// A view whose names are those of its type.
protocol TemplateRecord: TemplateView {
  /// All names that a template may use of it, those of absent values included.
  static var members: TemplateMembers<Self> { get }
}

typealias TemplateMembers<View> = [String: @Sendable (View) -> TemplateValue]

extension TemplateRecord {
  func value(named name: String) -> TemplateValue? { Self.members[name]?(self) }
}

/// A template that is wrong, or asks for what its view does not have.
struct TemplateFault: Error, Equatable {
  enum Problem: Equatable {
    case unclosedTag
    case malformedName(String)
    case unclosedSection(String)
    case unopenedSection(String)
    case unknownTemplate(String)
    case unknownName(String)
    /// An object, a list or an absent value where the template needs a text.
    case notText(String)
  }

  let template: String
  let line: Int
  let problem: Problem
}
