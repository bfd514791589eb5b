/// A piece of well-formed XHTML or SVG.
///
/// Text enters only through literals and `Markup(text:)`, both escaped, and tags only through `tag`: so no text, whoever wrote it,
/// can become markup. This file is the only one that writes an angle bracket.
struct Markup: Sendable, Hashable {
    /// The markup as it is written to a file.
    let source: String

    /// Nothing.
    static let empty = Markup(source: "")

    private init(source: String) {
        self.source = source
    }

    /// Text, shown as it is.
    init(text: String) {
        source = Self.escaped(text)
    }

    /// Pieces one after the other.
    init(_ pieces: some Sequence<Markup>) {
        source = pieces.map(\.source).joined()
    }

    /// An element; `name` and the names of attributes come from the program, attribute values may be any text.
    static func element(_ name: StaticString, _ attributes: [(StaticString, String)], _ content: Markup) -> Markup {
        let written = attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
        // HTML parsers ignore the slash that XML needs, so only elements that HTML knows as void may be closed in this way.
        return content.source.isEmpty && isVoid("\(name)")
            ? Markup(source: "<\(name)\(written)/>")
            : Markup(source: "<\(name)\(written)>\(content.source)</\(name)>")
    }

    /// A style sheet written by us; it must hold no angle bracket and no ampersand, which the two parsers read differently.
    static func styleSheet(_ rules: String) -> Markup {
        precondition(!rules.contains { "<>&".contains($0) }, "a style sheet may not hold <, > or &")
        return Markup(source: "<style>\(rules)</style>")
    }

    /// A whole document that HTML and XML parsers read alike.
    static func document(_ root: Markup) -> String {
        "<!DOCTYPE html>\n" + root.source + "\n"
    }

    private static func isVoid(_ name: String) -> Bool {
        ["br", "meta", "line", "rect", "circle", "path", "polyline", "polygon"].contains(name)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in visible(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Markup: ExpressibleByStringInterpolation {
    /// Text, shown as it is.
    init(stringLiteral text: String) {
        self.init(text: text)
    }
}
