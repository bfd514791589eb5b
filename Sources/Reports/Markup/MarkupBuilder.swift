/// Lets markup be written in the order it is read.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ markup: Markup) -> Markup { markup }
    static func buildExpression(_ markups: [Markup]) -> Markup { Markup(markups) }
    static func buildBlock(_ pieces: Markup...) -> Markup { Markup(pieces) }
    static func buildOptional(_ piece: Markup?) -> Markup { piece ?? .empty }
    static func buildEither(first piece: Markup) -> Markup { piece }
    static func buildEither(second piece: Markup) -> Markup { piece }
    static func buildArray(_ pieces: [Markup]) -> Markup { Markup(pieces) }
}

/// An element with attributes and content.
func tag(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], @MarkupBuilder _ content: () -> Markup = { .empty }
) -> Markup {
    .element(name, attributes.map { ($0.key, $0.value) }, content())
}

/// An element of a CSS class.
func tag(_ name: StaticString, class style: String, @MarkupBuilder _ content: () -> Markup = { .empty }) -> Markup {
    tag(name, ["class": style], content)
}
