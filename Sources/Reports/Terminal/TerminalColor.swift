/// Whether text for a terminal carries colour: a value that is passed in, decided once.
public enum TerminalColor: Sendable, Hashable {
    /// Plain text.
    case none
    /// The terminal's own sixteen colours.
    case ansi

    /// Colour where a terminal shows it and nobody has asked for none.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether the stream is a terminal.
    ///   - environment: `NO_COLOR` (of any value but the empty one, as no-color.org asks) and `TERM=dumb` switch colour off.
    ///   - isRefused: Whether `--no-color` was given.
    public static func chosen(isTerminal: Bool, environment: [String: String], isRefused: Bool = false) -> TerminalColor {
        let isOff = isRefused || !(environment["NO_COLOR"] ?? "").isEmpty || !redraws(isTerminal: isTerminal, environment: environment)
        return isOff ? .none : .ansi
    }

    /// Whether a display may be redrawn in place: a terminal that is not `dumb`.
    ///
    /// Otherwise `PlainLog` is the one to use.
    public static func redraws(isTerminal: Bool, environment: [String: String]) -> Bool {
        isTerminal && environment["TERM"] != "dumb"
    }
}
