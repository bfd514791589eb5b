import Autodidact
import Randomness
import TaskLibrary

/// The endless stream of demonstrations that `seedling` is warm-started on: train-split problems only, answered by each family's
/// imperfect demonstrator, or judged.
struct Demonstrations {
    private let sources: [(writer: DemonstrationWriter, share: PretrainingPlan.Share)]
    private let total: Int
    private var generator: KeyedGenerator

    init(_ mixture: [PretrainingPlan.Share], labelNoise: Double, key: SeedTree) throws(UnknownTask) {
        sources = try mixture.map { (share) throws(UnknownTask) in
            (DemonstrationWriter(family: try TaskCatalogue.family(named: share.task), labelNoise: labelNoise), share)
        }
        total = mixture.reduce(0) { $0 + $1.weight }
        generator = key.generator
    }

    /// The next demonstration.
    mutating func next() async -> [DemonstrationPart] {
        var mark = generator.index(below: total)
        for (writer, share) in sources {
            mark -= share.weight
            guard mark < 0 else { continue }
            while true {
                let problem = writer.family.problem(level: share.level, using: &generator)
                // Held-out and sealed problems stay unseen, even in the base model.
                guard problem.split == .train else { continue }
                return await writer.parts(share.form, of: problem, using: &generator)
            }
        }
        preconditionFailure("a mixture needs a positive weight")
    }
}
