extension String {
    /// This text as a message shows it: on one line, without control characters, and of bounded length, its ends kept.
    ///
    /// For whatever a file of any origin can put into a message.
    package var shown: String {
        let most = 240
        let ends = utf8.count <= most ? nil : (start: unicodeScalars.prefix(2 * most / 3), end: unicodeScalars.suffix(most / 3))
        var result = String.UnicodeScalarView()
        func append(_ scalars: some Sequence<Unicode.Scalar>) {
            result.append(contentsOf: scalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
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
