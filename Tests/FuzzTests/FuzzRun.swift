import Foundation
import Randomness

/// One target under many inputs.
struct FuzzRun {
    let target: FuzzTarget
    let seed: UInt64
    private let corpus: [FuzzInput]
    private let words: [[UInt8]]

    /// More than these are not worth reading.
    static let mostFaults = 5

    init(_ target: FuzzTarget, seed: UInt64) async throws {
        self.target = target
        self.seed = seed
        corpus = try await target.corpus()
        words = target.words.map { Array($0.utf8) }
    }

    /// What became of many inputs.
    struct Outcome {
        var accepted = 0
        var refused = 0
        /// The longest input, in bytes.
        var longestInput = 0
        var faults: [(number: Int, what: String)] = []
    }

    /// The input of a number: valid ones first, then mutations.
    func input(_ number: Int) -> FuzzInput {
        guard number >= corpus.count else { return corpus[number] }
        var mutator = Mutator(SeedTree(root: seed)("fuzz", number)(named: target.name), corpus: corpus, words: words)
        return mutator.input()
    }

    /// What an input does: nil where it is accepted, else the refusal.
    func refusal(of input: FuzzInput) async -> (any Error)? {
        do {
            try await target.run(input)
            return nil
        } catch {
            return error
        }
    }

    /// What is wrong with what input `number` does; nil where nothing is.
    func fault(_ number: Int, refusal: (any Error)?) -> String? {
        guard let refusal else { return nil }
        if number < corpus.count { return "a valid input is refused: \(refusal)" }
        return Refusal.fault(of: refusal, places: target.places)
    }

    /// Tries the inputs of the numbers below `count`; `journal` learns of each before it is read.
    func outcome(of count: Int, journal: FuzzJournal?) async throws -> Outcome {
        var outcome = Outcome()
        for number in 0..<max(count / target.share, corpus.count) where outcome.faults.count < Self.mostFaults {
            try journal?.note(target.name, seed: seed, number: number)
            let input = input(number)
            outcome.longestInput = max(outcome.longestInput, input.files.reduce(0) { $0 + $1.bytes.count })
            let refusal = await refusal(of: input)
            if refusal == nil { outcome.accepted += 1 } else { outcome.refused += 1 }
            if let fault = fault(number, refusal: refusal) { outcome.faults.append((number, fault)) }
        }
        return outcome
    }
}

/// The file that says which input is being read: whoever watches learns from it what ended the process, or holds it up.
final class FuzzJournal {
    private let file: FileHandle

    /// A journal at a path, made anew.
    init(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        try Data().write(to: url)
        file = try FileHandle(forWritingTo: url)
    }

    func note(_ target: String, seed: UInt64, number: Int) throws {
        // Always equally long, so that no rest of an earlier line is left.
        let line = "\(target) \(seed) \(number)"
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data((line + String(repeating: " ", count: max(0, 79 - line.utf8.count)) + "\n").utf8))
    }
}
