/// The program in a response: its last fenced block, or where there is none the response as it is.
enum FencedBlock {
    private static let fence = "```"

    /// The content of the last block that is opened by a line of three backticks, with or without a language's name.
    ///
    /// A block that is never closed goes on to the end, because a response may be cut off there.
    static func program(in response: String) -> String {
        let lines = response.split(separator: "\n", omittingEmptySubsequences: false)
        var block: Range<Int>?
        var start: Int?
        for (place, line) in lines.enumerated() where line.hasPrefix(fence) {
            if let begun = start {
                block = begun..<place
                start = nil
            } else {
                start = place + 1
            }
        }
        if block == nil, let start { block = start..<lines.count }
        return block.map { lines[$0].joined(separator: "\n") } ?? response
    }
}
