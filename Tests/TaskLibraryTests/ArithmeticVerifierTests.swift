import Autodidact
import TaskLibrary
import Testing

@Suite("The arithmetic verifier")
struct ArithmeticVerifierTests {
    private func verdict(on response: String, chain: String = "17+25*3-8") -> Verdict {
        let problem = Problem(task: "arithmetic", canonical: chain, prompt: "", reference: chain, level: 2)
        return ArithmeticVerifier().verdict(on: response, for: problem)
    }

    @Test("accepts the steps from left to right, with or without a newline at the end")
    func accepts() {
        #expect(verdict(on: "17+25=42\n42*3=126\n126-8=118") == .correct)
        #expect(verdict(on: "17+25=42\n42*3=126\n126-8=118\n") == .correct)
        #expect(verdict(on: "2*3=6", chain: "2*3") == .correct)
    }

    @Test(
        "names the first wrong step",
        arguments: [
            ("", "the response is empty"),
            ("17+25=43\n43*3=128", "step 1: 17+25 is 42, not 43"),
            ("17+25=42\n42*3=124\n124-8=116", "step 2: 42*3 is 126, not 124"),
            ("17+25=42\n41*3=123", "step 2 must start from 42, not from 41"),
            ("25+17=42", "step 1 must start from 17, not from 25"),
            ("25*3=75\n75+17=92\n92-8=84", "step 1 must start from 17, not from 25"),
            ("17+25=42\n42*4=168", "step 2 must do *3, not *4"),
            ("17+25=42\n42-8=34\n34*3=102", "step 2 must do *3, not -8"),
            ("17+25=42", "stops after step 1 of 3: *3 is still to be done"),
            ("17+25=42\n42*3=126", "stops after step 2 of 3: -8 is still to be done"),
            ("17+25=42\n42*3=126\n126-8=118\n118+0=118", "line 4 is one too many: the chain has 3 operations"),
            ("17+25*3-8=118", "line 1 is not of the form a+b=c"),
            ("17+25=42\n42*3 = 126", "line 2 is not of the form a+b=c"),
            ("17+25=42\n42*3=126\n126-8=118\n\n", "line 4 is one too many: the chain has 3 operations"),
            ("17+25=42 ", "line 1 is not of the form a+b=c"),
            ("017+25=42", "line 1 is not of the form a+b=c"),
            ("17+25=9999999999999999999", "line 1 has a number of more than 18 digits"),
            (String(repeating: "7", count: 4_097), "the response is longer than 4096 bytes"),
        ])
    func feedback(response: String, feedback: String) {
        #expect(verdict(on: response) == .wrong(score: 0, feedback: feedback))
    }

    @Test("counts a single operation in the singular")
    func singleOperation() {
        #expect(verdict(on: "2*3=6\n6+0=6", chain: "2*3") == .wrong("line 2 is one too many: the chain has 1 operation"))
    }

    @Test(
        "does not judge by a reference that is broken",
        arguments: ["17", "17+", "+17", "17/2", "3-3", "3-5+9", "17+25=42", "1 + 2", "999999999999999999*999999999999999999", "17+25\n"])
    func unscorable(chain: String) {
        #expect(verdict(on: "17+25=42", chain: chain).reward == nil)
    }
}
