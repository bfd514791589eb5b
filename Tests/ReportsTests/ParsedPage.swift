import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page as a strict XML parser sees it.
final class ParsedPage: NSObject, XMLParserDelegate {
    /// How often each element occurs.
    private(set) var elements: [String: Int] = [:]
    /// The values of all attributes, by name.
    private(set) var attributes: [String: [String]] = [:]
    /// All text, in order.
    private(set) var text = ""
    /// What the parser objected to; nil for a well-formed page.
    private(set) var problem: String?

    init(_ source: String) {
        super.init()
        // The parser resolves no document type; without one it reads the page as plain XML.
        let parser = XMLParser(data: Data(source.replacing("<!DOCTYPE html>", with: "").utf8))
        parser.delegate = self
        if !parser.parse() { problem = "\(parser.parserError.map { "\($0)" } ?? "unknown") in line \(parser.lineNumber)" }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        elements[name, default: 0] += 1
        for (name, value) in found { attributes[name, default: []].append(value) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }
}
