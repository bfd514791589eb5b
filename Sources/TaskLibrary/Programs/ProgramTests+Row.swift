import Autodidact

extension ProgramTests {
    /// The tests that a row states, told by its fields; nil where they are of no form that is read.
    ///
    /// Our own form has `tests`, text or a list of lines, with `entry_point` and perhaps `setup`, which the tests alone see.
    /// HumanEval has `prompt`, `entry_point` and `test`, a function `check(candidate)`: the prompt is Python, so it stands before the
    /// response, and its helpers are the tests' too. MBPP has `test_list`, assertions, with `test_imports` or `test_setup_code`; the entry
    /// point is `entry_point` where it is there, else the function that the first assertion calls and `code` defines.
    init?(row members: [String: JSONNode]) {
        func text(_ name: String) -> String? {
            if case .string(let text)? = members[name] { text } else { nil }
        }
        func lines(_ name: String) -> [String]? {
            guard case .array(let elements)? = members[name] else { return nil }
            return elements.compactMap { if case .string(let line) = $0 { line } else { nil } }
        }
        let own = lines("tests")?.joined(separator: "\n") ?? text("tests")
        if let own, let entryPoint = text("entry_point") {
            self.init(entryPoint: entryPoint, setup: text("setup") ?? "", tests: own)
        } else if let prompt = text("prompt"), let entryPoint = text("entry_point"), let test = text("test") {
            self.init(entryPoint: entryPoint, prelude: prompt, setup: prompt, tests: test)
        } else if let tests = lines("test_list"), let first = tests.first {
            let defined = Set((text("code") ?? "").matches(of: /(?m)^def\s+(\w+)\s*\(/).map { $0.1 })
            let called = first.matches(of: /([A-Za-z_]\w*)\s*\(/).map { $0.1 }
            guard let entryPoint = text("entry_point") ?? called.first(where: { defined.isEmpty || defined.contains($0) }).map(String.init)
            else { return nil }
            let setup = (lines("test_imports") ?? []) + [text("test_setup_code") ?? ""]
            self.init(
                entryPoint: entryPoint, setup: setup.filter { !$0.isEmpty }.joined(separator: "\n"), tests: tests.joined(separator: "\n"))
        } else {
            return nil
        }
    }
}
