import Testing

@testable import Autodidact

@Suite("Written scores")
struct WrittenScoreTests {
    @Test(
        "a whole number from 0 to 100 is a share",
        arguments: [
            ("0", 0), ("7", 0.07), ("50", 0.5), ("99", 0.99), ("100", 1), (" 70\n", 0.7), ("\t100 ", 1), ("007", 0.07), ("070", 0.7),
        ] as [(String, Double)])
    func numbers(text: String, share: Double) {
        #expect(score(in: text) == share)
    }

    @Test(
        "anything else is no score",
        arguments: [
            "", " ", "101", "999", "0100", "1000", "-5", "+5", "50%", "5 0", "7.5", "1e2", "0x10", "50/100", "fifty", "50 or so", "٣", "５０",
        ])
    func others(text: String) {
        #expect(score(in: text) == nil)
    }
}
