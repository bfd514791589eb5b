import Autodidact
import Testing

@Suite("Counts with their nouns")
struct CountedTests {
    @Test("one is singular, all else plural", arguments: [(0, "0 problems"), (1, "1 problem"), (2, "2 problems"), (21, "21 problems")])
    func nouns(number: Int, expected: String) {
        #expect(counted(number, "problem") == expected)
    }
}
