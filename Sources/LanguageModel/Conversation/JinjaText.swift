/// A template in a form in which templates that always write the same look the same.
///
/// White space goes where it writes nothing: inside tags, and around them where Jinja, as transformers sets it up (`trim_blocks`,
/// `lstrip_blocks`), takes it away. Inside quotes it stays, and a line break and its escape `\n` count as one. Comments go.
struct JinjaText {
    /// The form; nil where a tag does not end.
    static func normalized(_ template: String) -> String? {
        var text = Array(template.unicodeScalars)
        if text.last == "\n" { text.removeLast() }  // Jinja drops one line break at the end
        var output = String.UnicodeScalarView()
        var index = 0
        var plain = String.UnicodeScalarView()
        var previous: Tag?
        while index < text.count {
            guard text[index] == "{", index + 1 < text.count, let close = closings[text[index + 1]] else {
                plain.append(text[index])
                index += 1
                continue
            }
            guard let tag = Tag(text, at: index, close: close) else { return nil }
            output.append(contentsOf: visible(plain, after: previous, before: tag))
            output.append(contentsOf: tag.body)
            (plain, previous, index) = ("".unicodeScalars, tag, tag.end)
        }
        output.append(contentsOf: visible(plain, after: previous, before: nil))
        return String(output)
    }

    private static let closings: [Unicode.Scalar: Unicode.Scalar] = ["{": "}", "%": "%", "#": "#"]

    private struct Tag {
        let isBlock: Bool
        let trimsBefore: Bool
        let trimsAfter: Bool
        let body: String.UnicodeScalarView
        let end: Int

        init?(_ text: [Unicode.Scalar], at start: Int, close: Unicode.Scalar) {
            isBlock = close != "}"
            trimsBefore = start + 2 < text.count && text[start + 2] == "-"
            var body = String.UnicodeScalarView()
            var index = start + (trimsBefore ? 3 : 2)
            var quote: Unicode.Scalar?
            while true {
                guard index + 1 < text.count else { return nil }
                let scalar = text[index]
                if let open = quote {
                    if scalar == "\\" {
                        body.append(contentsOf: text[index + 1] == "n" ? ["\n"] : [scalar, text[index + 1]])
                        index += 2
                        continue
                    }
                    if scalar == open { quote = nil }
                    body.append(scalar)
                } else if scalar == close, text[index + 1] == "}" {
                    break
                } else if close != "#", scalar == "'" || scalar == "\"" {
                    quote = scalar
                    body.append(scalar)
                } else if !scalar.properties.isWhitespace {
                    body.append(scalar)
                }
                index += 1
            }
            trimsAfter = text[index - 1] == "-" && index - 1 > start + 1
            if trimsAfter, body.last == "-" { body.removeLast() }
            end = index + 2
            let (opening, closing): (String, String) = close == "}" ? ("{{", "}}") : ("{%", "%}")
            self.body = close == "#" ? "".unicodeScalars : (opening + String(body) + closing).unicodeScalars
        }
    }

    /// What of the text between two tags is written.
    private static func visible(_ text: String.UnicodeScalarView, after: Tag?, before: Tag?) -> String.UnicodeScalarView {
        var rest = text[...]
        if let after {
            if after.trimsAfter {
                rest = rest.drop { $0.properties.isWhitespace }
            } else if after.isBlock, rest.first == "\n" {
                rest.removeFirst()
            }
        }
        if let before {
            if before.trimsBefore {
                while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
            } else if before.isBlock {
                let kept = rest.reversed().drop { $0 == " " || $0 == "\t" }
                // Only where nothing else stands before the tag in its line.
                if kept.first == "\n" || kept.isEmpty && (after == nil || after?.isBlock == true && text.first == "\n") {
                    rest = rest.prefix(kept.count)
                }
            }
        }
        return String.UnicodeScalarView(rest)
    }
}
