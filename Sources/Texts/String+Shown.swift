extension String {
    /// This text as a message shows it: on one line, without what commands a terminal, and of bounded length, its ends kept.
    ///
    /// For whatever a file of any origin can put into a message.
    package var shown: String {
        let most = 240
        let ends = utf8.count <= most ? nil : (start: unicodeScalars.prefix(2 * most / 3), end: unicodeScalars.suffix(most / 3))
        var result = String.UnicodeScalarView()
        func append(_ scalars: some Sequence<Unicode.Scalar>) {
            result.append(contentsOf: scalars.map { $0.isForTerminals ? "\u{FFFD}" : $0 })
        }
        guard let ends, unicodeScalars.count > most else {
            append(unicodeScalars)
            return String(result)
        }
        append(ends.start)
        append(" … ".unicodeScalars)
        append(ends.end)
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether it is not text but moves, hides or turns text: control characters, line separators, changes of the writing direction.
    package var isForTerminals: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: properties.isBidiControl
        }
    }
}
