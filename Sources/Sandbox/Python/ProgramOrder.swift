import Autodidact

/// A program with the name of its function, as the process that loads it is told.
struct ProgramOrder: Sendable {
    /// The name and the length on a line, then the program.
    let bytes: [UInt8]

    /// The order to load a program for these tests; nil where their entry point is no name, which could be read as something else.
    init?(_ source: String, under tests: ProgramTests) {
        guard tests.entryPoint.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else { return nil }
        let text = Array([tests.prelude, source].filter { !$0.isEmpty }.joined(separator: "\n").utf8)
        bytes = Array("\(tests.entryPoint) \(text.count)\n".utf8) + text
    }
}
