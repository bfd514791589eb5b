import Autodidact

/// Faults of a file that have one cause: what their messages say is the same but for numbers and what is quoted.
struct FaultCause {
    /// The lines, in order.
    private(set) var lines: [Int]
    /// The message of the first.
    let message: String

    private static let shownLines = 5

    /// The causes in the order of their first lines.
    static func all(of faults: [(line: Int, message: String)]) -> [FaultCause] {
        var causes: [FaultCause] = []
        var places: [String: Int] = [:]
        for fault in faults {
            let form = form(of: fault.message)
            if let place = places[form] {
                causes[place].lines.append(fault.line)
            } else {
                places[form] = causes.count
                causes.append(FaultCause(lines: [fault.line], message: fault.message))
            }
        }
        return causes
    }

    /// The first line with its message, then how many more there are and where the next ones stand.
    func text(file: String) -> String {
        let others = lines.dropFirst()
        guard let first = lines.first else { return "" }
        let shown = others.prefix(Self.shownLines).map(String.init).joined(separator: ", ")
        let more = others.count > Self.shownLines ? ", …" : ""
        return "\(file):\(first): \(message)" + (others.isEmpty ? "" : " (and \(counted(others.count, "line")) like it: \(shown)\(more))")
    }

    /// A message without its numbers and without what stands between single quotes.
    private static func form(of message: String) -> String {
        let parts = message.split(separator: "'", omittingEmptySubsequences: false)
        // Quotes come in pairs; an odd one is an apostrophe, and the text stays whole.
        let isPaired = parts.count % 2 == 1
        let kept = isPaired ? parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: "'") : message
        return kept.filter { !$0.isNumber }
    }
}
