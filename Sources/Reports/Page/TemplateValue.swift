/// What stands behind a name of a template.
enum TemplateValue: Sendable {
  case text(String)
  /// Whether a section is there; it cannot be shown itself.
  case flag(Bool)
  case object(any TemplateView)
  case list([TemplateValue])

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

/// Something that a template shows.
protocol TemplateView: Sendable {
  /// All names that a template may use of it, those of absent values included.
  var values: [String: TemplateValue] { get }
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
    /// An object, a list, or something absent where a text has to stand.
    case notText(String)
  }

  let template: String
  let line: Int
  let problem: Problem
}
