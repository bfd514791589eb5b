import Testing

@testable import AutodidactCLI

@Suite("Whole numbers of options")
struct WholeNumberTests {
    @Test("are read; what is none is refused with what is allowed")
    func numbers() throws {
        let reader = WholeNumber.reader(1...9)
        #expect(try reader("12") == 12, "ranges are held where options are validated")
        for text in ["abc", "1.5", "", "1,2"] {
            #expect {
                try reader(text)
            } throws: {
                "\($0)" == "allowed: whole numbers from 1 up to 9"
            }
        }
        #expect(try WholeNumber.seed("18446744073709551615") == .max)
        #expect(throws: (any Error).self) { try WholeNumber.seed("-1") }
    }

    @Test("levels are given one by one or with commas")
    func levels() throws {
        #expect(try WholeNumber.levels("2") == [2] && WholeNumber.levels("1,2,3") == [1, 2, 3])
        for text in ["1,", "a", "", "1;2"] {
            #expect {
                try WholeNumber.levels(text)
            } throws: {
                "\($0)".contains("or 1,2 for several")
            }
        }
    }
}
