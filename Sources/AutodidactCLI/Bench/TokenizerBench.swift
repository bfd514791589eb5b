import LanguageModel
import Randomness

/// How fast texts become tokens, on one core.
struct TokenizerBench {
    let tokenizer: BPETokenizer

    private static let megabytes = 4.0
    private static let words = [
        "the", "of", "and", "to", "in", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on", "not", "this", "are", "from",
        "return",
        "let", "func", "value", "index", "number", "result", "don't", "it's", "because", "between", "naïve", "café",
    ]
    private static let marks = [", ", ". ", "\n", "\n    ", " = ", "(", ") ", " + ", "[i]", ";\n"]

    /// Millions of bytes of text a second: the best of 3, over pieces as long as a page.
    func encodeMegabytesPerSecond() -> Double {
        let pages = Self.pages()
        let bytes = pages.reduce(0) { $0 + $1.utf8.count }
        let times = (0..<3).map { _ in
            Stopwatch.seconds { for page in pages { _ = tokenizer.encode(page) } }
        }
        return Double(bytes) / 1e6 / (times.min() ?? 1)
    }

    /// Words, numbers and marks as in prose and programs, and words that occur once.
    static func pages() -> [String] {
        var generator = SeedTree(root: 0)("bench")("text").generator
        var pages: [String] = []
        var bytes = 0
        while Double(bytes) < megabytes * 1e6 {
            var page = ""
            while page.utf8.count < 2000 {
                switch generator.index(below: 10) {
                case 0: page += marks[generator.index(below: marks.count)]
                case 1: page += "\(generator.index(below: 10_000)) "
                case 2: page += String((0..<7).map { _ in Character(Unicode.Scalar(UInt8(97 + generator.index(below: 26)))) }) + " "
                default: page += words[generator.index(below: words.count)] + " "
                }
            }
            bytes += page.utf8.count
            pages.append(page)
        }
        return pages
    }
}
