import ArgumentParser
import Autodidact
import Foundation
import Texts

/// The words of a command line, held against the commands that there are before they are parsed.
///
/// The parser passes over some mistakes in silence: it shows the general help for a command that there is not, and takes the last value
/// of an option that is given twice. A negative number it takes for an option, and misses the value of the one before.
struct CommandLineWords {
    /// The words as the parser is to read them: a negative number is part of the option whose value it is, as in `--seed=-1`.
    let all: [String]
    /// The commands that the first words name, without the program.
    let commands: [String]
    /// The last of them; what a group of commands does by itself is its default.
    private let command: any ParsableCommand.Type
    /// What should be a command and is none.
    private let unknown: BadInput?
    private let rest: ArraySlice<String>

    /// The words after the program's name.
    init(_ arguments: [String]) {
        let arguments = Self.joiningNegatives(arguments)
        all = arguments
        var commands: [String] = []
        var command: any ParsableCommand.Type = AutodidactCommand.self
        // `help` is the parser's own, and takes the words of the command that it explains.
        var rest = arguments.first == Self.help ? arguments.dropFirst() : arguments[...]
        var unknown: BadInput?
        while let word = rest.first, !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty, unknown == nil {
            let subcommands = command.configuration.subcommands
            if let next = subcommands.first(where: { $0._commandName == word }) {
                commands.append(word)
                (command, rest) = (next, rest.dropFirst())
            } else {
                unknown = Self.unknown(word, in: commands, among: subcommands.map { $0._commandName })
            }
        }
        self.commands = commands
        self.command = command.configuration.defaultSubcommand ?? command
        self.rest = rest
        self.unknown = unknown
    }

    private static let help = "help"

    private static func joiningNegatives(_ arguments: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let options = arguments[..<end].reduce(into: [String]()) { words, word in
            if let option = words.last, option.hasPrefix("--"), !option.contains("="), isNegative(word) {
                words[words.count - 1] = "\(option)=\(word)"
            } else {
                words.append(word)
            }
        }
        return options + arguments[end...]
    }

    private static func isNegative(_ word: String) -> Bool {
        word.hasPrefix("-") && word.dropFirst().first.map { $0.isASCII && $0.isNumber } == true
    }

    /// Refuses a command that there is not, and an option of one value that is given several.
    func check() throws {
        if let unknown { throw unknown }
        let options = rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
        let given = Dictionary(options.map { ($0, 1) }, uniquingKeysWith: +)
        let repeated = given.filter { $0.value > 1 }
        guard !repeated.isEmpty else { return }
        let single = try Self.singleOptions(of: command)
        for (option, count) in repeated.sorted(by: { $0.key < $1.key }) where single.contains(option) {
            throw BadInput("\(option) is given \(count) times and takes one value, so all but one would have no effect; give it once")
        }
    }

    private static func unknown(_ word: String, in commands: [String], among names: [String]) -> BadInput {
        let path = (commands.map { $0 + " " }).joined()
        let known = commands.isEmpty ? names + [help] : names
        let program = (["autodidact"] + commands).joined(separator: " ")
        return BadInput(
            "there is no command '\(path)\(word.shown)'"
                + (nearestName(to: word, among: known).map { "; did you mean '\(path)\($0)'?" } ?? "; see '\(program) --help'"))
    }

    /// The options of a command that take one value, with their dashes.
    private static func singleOptions(of command: any ParsableCommand.Type) throws -> Set<String> {
        let interface = try JSONDecoder().decode(Interface.self, from: Data(command._dumpHelp().utf8))
        let single = (interface.command.arguments ?? []).filter { $0.kind == "option" && !$0.isRepeating }
        return Set(single.flatMap { ($0.names ?? []).map { "--" + $0.name } })
    }
}

/// As much of the parser's own description of a command as is asked for.
private struct Interface: Decodable {
    let command: Command

    struct Command: Decodable {
        let arguments: [Argument]?
    }

    struct Argument: Decodable {
        let kind: String
        let isRepeating: Bool
        let names: [Name]?
    }

    struct Name: Decodable {
        let name: String
    }
}
