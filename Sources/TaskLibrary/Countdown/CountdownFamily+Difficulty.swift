public import Autodidact
import Foundation
import Randomness

extension CountdownFamily {
    /// Bits of luck that a blind player needs: −log₂ of the share of random plays that end at the target.
    ///
    /// Estimated from `difficultyPlays` plays keyed by the problem's id, with one more hit in one more play, so that it is finite.
    /// 0 where the problem's reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        guard let reference = CountdownReference(problem.reference) else { return 0 }
        var generator = SeedTree(root: 0x6469_6666)(named: problem.id).generator
        let numbers = NumberPool(reference.numbers)
        let hits = (0..<Self.difficultyPlays).count { _ in Derivation(playing: numbers, using: &generator).end == reference.target }
        return log2(Double(Self.difficultyPlays + 1) / Double(hits + 1))
    }

    private static let difficultyPlays = 1_000
}
