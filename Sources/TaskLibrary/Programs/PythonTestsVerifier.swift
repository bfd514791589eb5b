public import Autodidact

/// Judges a response as a Python program, by tests that run where it cannot reach them.
///
/// The problem's reference is `ProgramTests` as JSON. The response is a program, or has one in its last fenced block; the tests'
/// prelude is put before it, so that a response may also go on where a prompt that is itself Python ends.
///
/// What tests may do: call the entry point, by its name or as `candidate`, with plain data (None, truth values, numbers, text, bytes,
/// lists, tuples, sets, dictionaries, ranges), and look at what comes back, which is plain data too: objects lose their class, a result
/// that is none fails. Arguments are copies: that a function changed its argument is not seen. Other names of the program are not
/// there; helpers of the prompt come into `setup`. The tests run once, in order, against one process of the program.
public struct PythonTestsVerifier: Verifier {
    /// Runs the programs.
    public let runner: any ProgramRunner

    /// The verifier that runs programs there.
    public init(_ runner: any ProgramRunner) {
        self.runner = runner
    }

    /// The rules' version; says so where nothing confines the programs.
    public var version: String { runner.confinement == .sandbox ? "python-tests/1" : "python-tests/1 unconfined" }

    /// The longest response that is run, in bytes.
    static let maximumBytes = 64 << 10

    /// The verdict; unscorable where the reference states no tests.
    public func verdict(on response: String, for problem: Problem) async -> Verdict {
        guard let tests = ProgramTests(reference: problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) states no tests of a program")
        }
        guard response.utf8.count <= Self.maximumBytes else { return .wrong("the response is longer than \(Self.maximumBytes) bytes") }
        let program = FencedBlock.program(in: response)
        guard !program.utf8.contains(0) else { return .wrong("the program has a zero byte") }
        if tests.prelude.isEmpty && program.withoutOuterSpace.isEmpty { return .wrong("the response has no program") }
        return await runner.verdict(on: program, under: tests)
    }
}

extension ProgramTests {
    /// The tests that a problem's reference states; nil where it states none.
    init?(reference: String) {
        guard case .object(let members)? = try? JSONNodeReader.read(reference), case .string(let entryPoint)? = members["entryPoint"],
            case .string(let tests)? = members["tests"], !entryPoint.isEmpty, !tests.isEmpty
        else { return nil }
        func text(_ name: String) -> String {
            if case .string(let text)? = members[name] { text } else { "" }
        }
        self.init(entryPoint: entryPoint, prelude: text("prelude"), setup: text("setup"), tests: tests)
    }

    /// The reference that states these tests.
    var reference: String {
        let members = ["entryPoint": entryPoint, "prelude": prelude, "setup": setup, "tests": tests]
        return JSONNode.object(members.filter { !$0.value.isEmpty }.mapValues { .string($0) }).text
    }
}
