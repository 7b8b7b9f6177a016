internal import Planning
internal import Syntax

extension PlanFormat {
  package static let html = PlanFormat("html") { plan, _, put in renderHTML(plan, to: put) }
}

/// Renders a plan as one self-contained page.
///
/// - Shape: UTF-8, well-formed as XML but for the script and the style sheet; equal plans give equal bytes.
func renderHTML(_ plan: Plan, to put: TextSink) {
  let sources = PageSources()
  sources.render(PageView(plan, sources), to: put)
}
