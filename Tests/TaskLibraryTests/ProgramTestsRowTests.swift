import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Rows of tests")
struct ProgramTestsRowTests {
    private func tests(_ row: String) throws -> ProgramTests? {
        guard case .object(let members) = try JSONNodeReader.read(row) else { return nil }
        return ProgramTests(row: members)
    }

    @Test("HumanEval's prompt stands before the response and helps the tests")
    func humanEval() throws {
        let row =
            #"{"task_id":"x/0","prompt":"def f(x):\n","entry_point":"f","test":"def check(candidate):\n    pass\n","#
            + #""canonical_solution":""}"#
        #expect(
            try tests(row)
                == ProgramTests(entryPoint: "f", prelude: "def f(x):\n", setup: "def f(x):\n", tests: "def check(candidate):\n    pass\n"))
    }

    @Test("MBPP's entry point is the function that an assertion calls and the code defines")
    func mbpp() throws {
        let row = #"""
            {"text":"Add.","code":"import math\r\ndef g(x):\n  return x\ndef add(a, b):\n  return a + b","test_setup_code":"",
            "test_imports":["import math"],"test_list":["assert math.isclose(add(1, 2), 3)","assert add(0, 0) == 0"]}
            """#
        #expect(
            try tests(row)
                == ProgramTests(
                    entryPoint: "add", setup: "import math", tests: "assert math.isclose(add(1, 2), 3)\nassert add(0, 0) == 0"))
    }

    @Test(
        "a row that states no tests gives none",
        arguments: [
            "{}", #"{"prompt":"x"}"#, #"{"test_list":[]}"#, #"{"test_list":["assert 1"]}"#,
            #"{"test_list":["assert f(1)"],"code":"def g(x): 0"}"#,
            #"{"prompt":"x","entry_point":1,"test":"y"}"#,
        ])
    func none(row: String) throws {
        #expect(try tests(row) == nil)
    }

    @Test("the reference of tests gives the tests back")
    func reference() {
        let tests = ProgramTests(entryPoint: "f", prelude: "a\n\"", setup: "", tests: "\u{1F9EE}\\")
        #expect(ProgramTests(reference: tests.reference) == tests)
    }
}
