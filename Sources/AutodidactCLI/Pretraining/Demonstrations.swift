import Autodidact
import Randomness
import TaskLibrary

/// The endless stream of demonstrations that `seedling` is warm-started on: train-split problems only, answered by each family's
/// imperfect demonstrator.
struct Demonstrations {
    private let sources: [(family: any ProceduralFamily, level: Int, weight: Int)]
    private let total: Int
    private var generator: KeyedGenerator

    init(_ mixture: [PretrainingPlan.Share], key: SeedTree) throws(UnknownTask) {
        sources = try mixture.map { (share) throws(UnknownTask) in
            (try TaskCatalogue.family(named: share.task), share.level, share.weight)
        }
        total = mixture.reduce(0) { $0 + $1.weight }
        generator = key.generator
    }

    /// The next prompt and response.
    mutating func next() -> (prompt: String, response: String) {
        var mark = generator.index(below: total)
        for source in sources {
            mark -= source.weight
            guard mark < 0 else { continue }
            while true {
                let problem = source.family.problem(level: source.level, using: &generator)
                // Held-out and sealed problems stay unseen, even in the base model.
                guard problem.split == .train else { continue }
                return (problem.prompt, source.family.demonstration(for: problem, using: &generator))
            }
        }
        preconditionFailure("a mixture needs a positive weight")
    }
}
