import Testing

@testable import AutodidactCLI

@Suite("How long the texts of a file are")
struct LengthDistributionTests {
    @Test("quantiles are lengths that occur")
    func quantiles() throws {
        let ten = try #require(LengthDistribution([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], unit: "tokens"))
        #expect(ten.least == 1 && ten.median == 5 && ten.ninetieth == 9 && ten.most == 10 && ten.count == 10)
        #expect(ten.text == "1 to 10 tokens, half up to 5, nine of ten up to 9")
        let one = try #require(LengthDistribution([7], unit: "bytes"))
        #expect(one.least == 7 && one.median == 7 && one.ninetieth == 7 && one.most == 7)
        #expect(LengthDistribution([], unit: "bytes") == nil)
    }
}
