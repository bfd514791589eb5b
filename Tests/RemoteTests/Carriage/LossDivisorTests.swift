import Testing

@testable import Remote

@Suite("Ways of dividing losses")
struct LossDivisorTests {
    private let request = LossDivisor.Extent(sequences: 2, positions: 30)
    private let step = LossDivisor.Extent(sequences: 5, positions: 70)

    private func value(_ perPosition: Bool, _ across: LossDivisor.Across, _ scope: LossDivisor.Scope) -> Double {
        LossDivisor(perPosition: perPosition, across: across, scope: scope).value(positions: 10, request: request, step: step)
    }

    @Test("count what they say")
    func values() {
        #expect(LossDivisor.sum.value(positions: 10, request: request, step: step) == 1)
        #expect(value(true, .nothing, .request) == 10)
        #expect(value(false, .sequences, .request) == 2 && value(false, .sequences, .step) == 5)
        #expect(value(true, .sequences, .request) == 20 && value(true, .sequences, .step) == 50)
        #expect(value(false, .positions, .request) == 30 && value(false, .positions, .step) == 70)
    }

    @Test("are each told from all others by what the bench reads", arguments: LossDivisor.known)
    func told(divisor: LossDivisor) {
        let exact = ProbeReadings(divisor)
        #expect(exact.divisor == divisor)
        var coarse = exact
        (coarse.long, coarse.beside, coarse.apart) = (exact.long * 1.2, exact.beside * 0.85, exact.apart * 1.1)
        (coarse.traced, coarse.half) = (0.9, 0.55)
        #expect(coarse.divisor == divisor)
    }

    @Test("that nobody knows are not taken for known ones")
    func unknown() {
        #expect(Set(LossDivisor.known).count == LossDivisor.known.count)
        // Advantages are scaled to one size.
        #expect(ProbeReadings(long: 1, beside: 1, apart: 1, traced: 1, half: 1).divisor == nil)
        // Divided by the tokens that have an advantage.
        #expect(ProbeReadings(long: 1, beside: 1, apart: 1, traced: 0.5, half: 0.5).divisor == nil)
        #expect(ProbeReadings(long: .nan, beside: 1, apart: 1, traced: 1, half: 0.5).divisor == nil)
        #expect(ProbeReadings(long: 0.5, beside: 1, apart: 1, traced: 1, half: 0.5).divisor == nil)
    }
}
