import Randomness
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
    /// From `kat_vectors` of Random123, philox4x32 with 10 rounds; words are listed from the lowest up.
    struct KnownAnswer: Sendable {
        let counter: [UInt32]
        let key: [UInt32]
        let words: [UInt32]
    }

    static let knownAnswers = [
        KnownAnswer(counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        KnownAnswer(
            counter: [.max, .max, .max, .max], key: [.max, .max], words: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        KnownAnswer(
            counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0],
            words: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
    ]

    @Test("gives the known answers of Random123", arguments: knownAnswers)
    func knownAnswer(_ known: KnownAnswer) {
        func joined(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(low) | UInt64(high) << 32 }
        let words = Philox.words(
            key: joined(known.key[0], known.key[1]), counter: joined(known.counter[0], known.counter[1]),
            stream: joined(known.counter[2], known.counter[3]))
        #expect((0..<4).map { words[$0] } == known.words)
    }

    @Test("uniform numbers fill [0, 1) evenly", arguments: [0, 1, 0xFFFF_FFFF_FFFF_FFFF] as [UInt64])
    func uniformity(key: UInt64) {
        let bins = 64
        let draws = 64_000
        var counts = [Int](repeating: 0, count: bins)
        for counter in 0..<draws {
            let x = Philox.uniform(key: key, counter: UInt64(counter))
            #expect(x >= 0 && x < 1)
            counts[Int(x * Float(bins))] += 1
        }
        let expected = Double(draws) / Double(bins)
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        // 63 degrees of freedom: mean 63, standard deviation 11.2; five of those on either side.
        #expect(chiSquare > 63 - 5 * 11.2 && chiSquare < 63 + 5 * 11.2)
    }
}
