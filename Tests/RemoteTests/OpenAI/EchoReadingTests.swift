import Testing

@testable import Remote

@Suite("Logprobs of given texts")
struct EchoReadingTests {
    private func read(_ told: [(String, Float?)], _ context: String, _ targets: [String]) -> Result<[Float], EchoReading.Fault> {
        let tokens = told.map { EndpointToken(bytes: Array($0.0.utf8), logprob: $0.1) }
        return EchoReading(of: tokens, context: Array(context.utf8), targets: targets.map { Array($0.utf8) }).result
    }

    @Test("go to the targets in which the endpoint's tokens begin, so that sums are right")
    func spread() {
        let told: [(String, Float?)] = [("One", nil), (" two", -1), (" th", -2), ("ree", -3)]
        #expect(read(told, "One two", [" three"]) == .success([-5]))
        #expect(read(told, "One two", [" ", "t", "h", "ree"]) == .success([-2, 0, 0, -3]))
        #expect(read(told, "One", [" two", " three"]) == .success([-1, -5]))
    }

    @Test("are read past a mark of the beginning, and before what was sampled beside")
    func around() {
        let told: [(String, Float?)] = [("<s>", nil), ("One", -4), (" two", -1), (" more", -9)]
        #expect(read(told, "One", [" two"]) == .success([-1]))
    }

    @Test("are refused where there is no such number")
    func refused() {
        #expect(read([("One", nil), (" two", -1)], "One t", ["wo"]) == .failure(.border))
        #expect(read([("One", nil), (" two", nil)], "One", [" two"]) == .failure(.noNumber))
        #expect(read([("One", nil), (" two", -.infinity)], "One", [" two"]) == .failure(.noNumber))
        #expect(read([("Another", nil), (" text", -1)], "One", [" two"]) == .failure(.otherText))
        #expect(read([], "One", [" two"]) == .failure(.otherText))
    }
}
