import Autodidact
import TaskLibrary
import Testing

@Suite("The countdown verifier")
struct CountdownVerifierTests {
    private let solution = "25+12=37\n37+7=44\n44*3=132"

    private func verdict(on response: String, reference: String = "3 7 12 25;132;25+12=37,37+7=44,44*3=132") -> Verdict {
        let problem = Problem(task: "countdown", canonical: reference, prompt: "", reference: reference, level: 2)
        return CountdownVerifier().verdict(on: response, for: problem)
    }

    @Test(
        "accepts every way to the target",
        arguments: [
            "25+12=37\n37+7=44\n44*3=132", "25+12=37\n37+7=44\n44*3=132\n", "12+25=37\n7+37=44\n3*44=132", "12+7=19\n19+25=44\n44*3=132",
            "25+7=32\n12+32=44\n3*44=132",
        ])
    func accepts(response: String) {
        #expect(verdict(on: response) == .correct)
    }

    @Test("accepts equal numbers, steps in any order, results that equal given numbers, and large detours")
    func acceptsUnusualSolutions() {
        #expect(verdict(on: "5*5=25\n25-5=20", reference: "5 5 5;20;5*5=25,25-5=20") == .correct)
        #expect(verdict(on: "8/2=4\n9-3=6\n4*6=24", reference: "2 3 8 9;24;9-3=6,8/2=4,6*4=24") == .correct)
        #expect(verdict(on: "10/2=5\n5+5=10", reference: "2 5 10;10;10/2=5,5+5=10") == .correct)
        let detour = "1000000*999999=999999000000\n999999000000/1000000=999999"
        let reference = "1000000 1000000 999999;999999;1000000/1000000=1,999999*1=999999"
        #expect(verdict(on: detour, reference: reference) == .correct)
    }

    @Test(
        "says what is wrong and where",
        arguments: [
            ("", "the response is empty"),
            ("\n", "the response is empty"),
            ("25+12=37\n37+7=45\n45*3=135", "step 2: 37+7 is 44, not 45"),
            ("25*12=301", "step 1: 25*12 is 300, not 301"),
            ("12-7=6", "step 1: 12-7 is 5, not 6"),
            ("12/3=5", "step 1: 12/3 is 4, not 5"),
            ("25+12=37\n37+7=44\n44*3=132\n132-7=125", "line 4 is one too many: 4 numbers take 3 steps"),
            ("25+12=37\n37+7=44\n15+3=18", "step 3: 15 is not available"),
            ("25+12=37\n37+12=49", "step 2: 12 is not available"),
            ("7+7=14", "step 1: 7 is available only once"),
            ("25+12=37\n37-7=30\n30*3=90", "ends at 90, not 132"),
            ("25+12=37\n37*3=111", "one number left unused: 7"),
            ("25+12=37", "2 numbers left unused: 3 7"),
            ("25+12=37\n7*3=21", "one result left unused: 37"),
            ("7-12=5", "step 1: 7-12 is not a positive integer"),
            ("25/7=3", "step 1: 25/7 is not a positive integer"),
            ("25+12=37\nthen 37+7=44", "line 2 is not of the form a+b=c"),
            ("25+12=37\n\n37+7=44", "line 2 is not of the form a+b=c"),
            ("132", "line 1 is not of the form a+b=c"),
            ("25+12=1234567890123456789", "line 1 has a number of more than 18 digits"),
            ("999999999999999999*999999999999999999=1", "step 1: 999999999999999999 is not available"),
            (String(repeating: "1", count: 4_097), "the response is longer than 4096 bytes"),
        ])
    func feedback(response: String, feedback: String) {
        #expect(verdict(on: response) == .wrong(score: 0, feedback: feedback))
    }

    @Test("counts two results left unused")
    func resultsLeftUnused() {
        let reference = "1 2 3 4 5 6;21;1+2=3,3+3=6,6+4=10,10+5=15,15+6=21"
        #expect(verdict(on: "1+2=3\n4+3=7\n5+6=11", reference: reference) == .wrong("2 results left unused: 3 7"))
    }

    @Test("a result too large to compute with is wrong")
    func overflow() {
        let reference = "1000000 1000000 1000000 1000000;1;1000000/1000000=1,1000000/1000000=1,1/1=1"
        let square = "1000000*1000000=1000000000000"
        let response = "\(square)\n\(square)\n1000000000000*1000000000000=1"
        let feedback = "step 3: 1000000000000*1000000000000 is not a positive integer of a usable size"
        #expect(verdict(on: response, reference: reference) == .wrong(feedback))
    }

    @Test(
        "forgives no other form",
        arguments: [
            " 25+12=37\n37+7=44\n44*3=132", "25+12=37 \n37+7=44\n44*3=132", "25+12=37\n37+7=44\n44*3=132 ",
            "25 + 12 = 37\n37+7=44\n44*3=132",
            "25+12=37\r\n37+7=44\r\n44*3=132", "25+12=37\n37+7=44\n44*3=132\n\n", "\n25+12=37\n37+7=44\n44*3=132",
            "025+12=37\n37+7=44\n44*3=132",
            "+25+12=37\n37+7=44\n44*3=132", "25+12=37\n37+7=44\n44*3=132\ncorrect", "25+12=37\n37+7=44\n44*3=132.0", "(25+12+7)*3=132",
            "25+12=37\n37+7=44\n44×3=132", "25+12=37\n37+7=44\n44*3=132\u{0}", "37=25+12\n44=37+7\n132=44*3", "25+12=37,37+7=44,44*3=132",
            "２５+12=37\n37+7=44\n44*3=132", "25+12=37\n37+7=44\n44*3=132;",
        ])
    func rejects(response: String) {
        #expect(verdict(on: response) == .wrong(verdict(on: response).feedback))
    }

    @Test(
        "does not judge by a reference that is broken",
        arguments: [
            "3 7 12 25;132;25+12=37,37+7=44,44*3=131", "3 7 12 25;131;25+12=37,37+7=44,44*3=132", "3 7 12;132;25+12=37,37+7=44,44*3=132",
            "3 7 12 25;132;", "3 7 12 25;132", "3 7 12 25;0;25+12=37,37+7=44,44*3=132", "3  7 12 25;132;25+12=37,37+7=44,44*3=132",
            "1 1 1 1 1 1 1 1 1;9;1+1=2", "0 5;5;5+0=5", "3 x;10;3+7=10", "9999999999999999999 1;1;1+1=2",
        ])
    func unscorable(reference: String) {
        #expect(verdict(on: solution, reference: reference).reward == nil)
    }
}
