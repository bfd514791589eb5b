import Foundation
import Randomness
import Testing

@testable import Tensors

@Suite("Rotary positions")
struct RotaryTests {
    private static let scalings: [RotaryScaling] = [
        .none, .linear(factor: 4), .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192),
    ]

    @Test("a rotated head is the product of its pairs, as complex numbers, with the position's angles", arguments: scalings)
    func definition(scaling: RotaryScaling) {
        let table = RotaryTable(positions: 100_000, headWidth: 8, theta: 500_000, scaling: scaling)
        let frequencies = scaling.frequencies(theta: 500_000, headWidth: 8)
        let positions: [Int32] = [0, 1, 99_999, 777]
        let x = RandomFloats.normal(4 * 19, SeedTree(root: 1))
        let y = Tape(recording: false).rotate(Tensor(x, shape: [4, 19]).columns(2..<18), positions: positions, table: table).values
        for (row, position) in positions.enumerated() {
            for head in 0..<2 {
                for i in 0..<4 {
                    let a = Double(x[row * 19 + 2 + head * 8 + i]), b = Double(x[row * 19 + 2 + head * 8 + 4 + i])
                    let angle = Double(position) * frequencies[i]
                    #expect(abs(Double(y[row * 16 + head * 8 + i]) - (a * cos(angle) - b * sin(angle))) < 1e-5)
                    #expect(abs(Double(y[row * 16 + head * 8 + 4 + i]) - (b * cos(angle) + a * sin(angle))) < 1e-5)
                }
            }
        }
    }

    @Test("frequencies: a linear factor divides all, Llama 3's spares the fast, divides the slow, and goes between in order")
    func frequencies() {
        let plain = RotaryScaling.none.frequencies(theta: 500_000, headWidth: 64)
        #expect(plain.count == 32 && plain[0] == 1 && abs(plain[31] - pow(500_000, -62.0 / 64)) < 1e-12)
        #expect(zip(plain, Self.scalings[1].frequencies(theta: 500_000, headWidth: 64)).allSatisfy { $0 / 4 == $1 })
        var between = 0
        for (before, after) in zip(plain, Self.scalings[2].frequencies(theta: 500_000, headWidth: 64)) {
            let wavelength = 2 * .pi / before
            if wavelength < 8192.0 / 4 {
                #expect(after == before)
            } else if wavelength > 8192 {
                #expect(abs(after * 8 / before - 1) < 1e-12)
            } else {
                // The formula of the paper's code: (1 − s)·f/factor + s·f.
                let smooth = (8192 / wavelength - 1) / (4 - 1)
                #expect(abs(after / ((1 - smooth) * before / 8 + smooth * before) - 1) < 1e-12)
                between += 1
            }
        }
        #expect(between > 0)
    }

    @Test("a table that grew holds what one made at once holds, bit for bit")
    func growth() {
        let grown = RotaryTable(positions: 5000, headWidth: 16, theta: 10_000),
            whole = RotaryTable(positions: 5000, headWidth: 16, theta: 10_000)
        let early = grown.rows(for: [3])
        for last in [255, 256, 300, 1111, 4999] as [Int32] { #expect(grown.rows(for: [0, last]).count > Int(last)) }
        #expect(grown.rows(for: [4999]).cosines.floats == whole.rows(for: [4999]).cosines.floats)
        #expect(grown.rows(for: [4999]).sines.floats == whole.rows(for: [4999]).sines.floats)
        #expect(grown.rows(for: [4999]).count == 5000)
        #expect(early.cosines.floats == Array(whole.rows(for: [0]).cosines.floats.prefix(early.cosines.count)))
    }

    @Test("a table for a million positions costs what is used of it")
    func long() {
        let table = RotaryTable(positions: 1 << 20, headWidth: 128, theta: 1e6)
        #expect(table.rows(for: [10]).count <= 256)
        #expect(table.rows(for: [40_000]).count < 100_000)
    }
}
