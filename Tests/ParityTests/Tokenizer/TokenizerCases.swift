import Foundation
import Testing

@testable import LanguageModel

/// What the package `tokenizers` makes of many texts with one tokenizer, as `tokenizers_parity.py` wrote it.
struct TokenizerCases: Decodable {
    struct Decoded: Decodable {
        let ids: [Int32]
        let text: String
        let withSpecial: String
    }

    let texts: [String]
    /// The ids where special tokens are text.
    let plain: [[Int32]]
    /// The ids where added tokens are recognised.
    let special: [[Int32]]
    /// The same with what the post-processor adds.
    let framed: [[Int32]]
    let decoded: [Decoded]

    /// Holds the tokenizer in `folder` against the cases beside it.
    static func compare(in folder: URL) throws {
        let tokenizer = try BPETokenizer(tokenizerJSON: folder.appendingPathComponent("tokenizer.json"))
        let cases = try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
        let hasOnlySpecialTokens = tokenizer.addedTokens.allSatisfy(\.isSpecial)
        var different: [String] = []
        for (number, text) in cases.texts.enumerated() {
            let special = tokenizer.encode(text, allowSpecial: true)
            if special != cases.special[number] { different.append("special \(Self.visible(text))") }
            if tokenizer.framing.before + special + tokenizer.framing.after != cases.framed[number] {
                different.append("framed \(Self.visible(text))")
            }
            // The package has no way to take other added tokens for text.
            if hasOnlySpecialTokens, tokenizer.encode(text) != cases.plain[number] { different.append("plain \(Self.visible(text))") }
        }
        for decoded in cases.decoded {
            let (text, withSpecial) = (tokenizer.decode(decoded.ids), tokenizer.decode(decoded.ids, skipSpecial: false))
            // Byte by byte: strings that differ only in composition are equal in Swift.
            guard Array(text.utf8) == Array(decoded.text.utf8), Array(withSpecial.utf8) == Array(decoded.withSpecial.utf8) else {
                different.append("decoded \(decoded.ids): \(Self.visible(withSpecial)), not \(Self.visible(decoded.withSpecial))")
                continue
            }
        }
        let list = different.prefix(5).joined(separator: "\n")
        #expect(different.isEmpty, "\(folder.lastPathComponent): \(different.count) differ, among them\n\(list)")
        #expect(!cases.texts.isEmpty && !cases.decoded.isEmpty)

        let rewritten = try BPETokenizer(json: tokenizer.tokenizerJSON())
        #expect(rewritten.framing == tokenizer.framing && rewritten.addedTokens == tokenizer.addedTokens)
        #expect(cases.texts.allSatisfy { rewritten.encode($0, allowSpecial: true) == tokenizer.encode($0, allowSpecial: true) })
    }

    private static func visible(_ text: String) -> String {
        text.unicodeScalars.prefix(60).map { $0.escaped(asASCII: true) }.joined()
    }
}
