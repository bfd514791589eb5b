import Testing

@testable import AutodidactCLI

@Suite("The words of a command line")
struct CommandLineWordsTests {
    private func words(_ text: String) -> CommandLineWords { CommandLineWords(text.split(separator: " ").map(String.init)) }

    @Test(
        "name the command whose help is pointed at",
        arguments: [
            ("runs show last", ["runs", "show"]), ("help runs show", ["runs", "show"]), ("runs --store x", ["runs"]), ("run grpo", ["run"]),
            ("--version", []), ("", []), ("help", []),
        ] as [(String, [String])])
    func commands(text: String, names: [String]) throws {
        #expect(words(text).commands == names)
        try words(text).check()
    }

    @Test(
        "that are no command are refused with what was probably meant",
        arguments: [
            ("rn", "there is no command 'rn'; did you mean 'run'?"),
            ("help rcipes", "there is no command 'rcipes'; did you mean 'recipes'?"),
            ("rcipes --help", "there is no command 'rcipes'; did you mean 'recipes'?"),
            ("runs shwo last", "there is no command 'runs shwo'; did you mean 'runs show'?"),
            ("runs 20261122-030254", "there is no command 'runs 20261122-030254'; see 'autodidact runs --help'"),
            ("hlep", "there is no command 'hlep'; did you mean 'help'?"),
        ])
    func unknown(text: String, message: String) {
        #expect(throws: BadInput(message)) { try words(text).check() }
    }

    @Test(
        "with an option of one value that is given twice are refused, naming it",
        arguments: [
            ("plan --generations 1 --generations 2", "--generations"), ("run --seed=1 --seed=1", "--seed"),
            ("runs --store a --store b", "--store"), ("runs show last --store a --store=b", "--store"),
            ("eval --model a --k 1 --k 2", "--k"), ("pretrain --steps 1 --steps 2", "--steps"),
        ])
    func repeated(text: String, option: String) {
        #expect {
            try words(text).check()
        } throws: { error in
            "\(error)".hasPrefix("\(option) is given 2 times") && "\(error)".hasSuffix("give it once")
        }
    }

    @Test(
        "give an option the negative number after it, which the parser would take for an option",
        arguments: [
            ("run --seed -1", "run --seed=-1"), ("plan --level -1,2 --k -0.5", "plan --level=-1,2 --k=-0.5"),
            ("run --seed 1 -1", "run --seed 1 -1"), ("run --seed=1 -1", "run --seed=1 -1"), ("run -1", "run -1"),
            ("run --seed -x --json", "run --seed -x --json"), ("run -- --seed -1", "run -- --seed -1"), ("-1", "-1"), ("--", "--"),
            ("", ""),
        ])
    func negatives(text: String, joined: String) {
        #expect(words(text).all.joined(separator: " ") == joined)
    }

    @Test(
        "may repeat what takes several values, and flags",
        arguments: [
            "run --set a=1 --set b=2", "plan --retain arithmetic --retain choice", "eval --level 1 --level 2", "runs --json --json",
            "run -- --seed --seed",
        ])
    func repeatable(text: String) throws {
        try words(text).check()
    }
}
