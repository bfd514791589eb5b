import Synchronization
public import Tensors

/// A batch that sequences join and leave between any two tokens, spread over cores.
///
/// Each step draws one token for every sequence; those that have joined since the last one have their prompts read in it, and each has a
/// rule, key and end of its own. A sequence is a function of weights, prompt, rule and key alone: on machines with our product kernels
/// bit for bit what `Sampler` gives, whatever else is in the batch.
public struct ContinuousBatch {
    /// The most positions that a sequence may take.
    public let capacity: Int
    private let cores: Cores
    private let lanes: [Lane]

    private final class Lane: Sendable {
        let work: Mutex<BatchLane>

        init(_ transformer: Transformer, adapter: LowRankAdapter?, rows: Int, capacity: Int) {
            work = Mutex(BatchLane(transformer, adapter: adapter, rows: rows, capacity: capacity))
        }
    }

    /// An empty batch of at most so many sequences of at most `capacity` positions; the weights must not change while it is used.
    public init(_ transformer: Transformer, adapter: LowRankAdapter? = nil, rows: Int, capacity: Int, cores: Cores = .all) {
        precondition(rows > 0 && (1...transformer.architecture.contextLength).contains(capacity), "\(rows) rows of \(capacity) positions")
        self.capacity = capacity
        self.cores = cores
        transformer.prepare(cores: cores, forBackward: false)
        let count = min(cores.count, rows)
        lanes = (0..<count).map { lane in
            Lane(transformer, adapter: adapter, rows: rows / count + (lane < rows % count ? 1 : 0), capacity: capacity)
        }
    }

    /// How many sequences can join before the next step.
    public var freeRows: Int { lanes.reduce(0) { $0 + $1.work.withLock(\.freeRows) } }

    /// Takes a sequence in; there must be a free row, and room for its positions.
    ///
    /// Sequences of one prompt that join together share its reading, where they fit on one core.
    public func join(_ entry: BatchEntry, id: Int) {
        precondition(
            !entry.prompt.isEmpty && entry.positions <= capacity, "a sequence of \(entry.positions) positions in a batch of \(capacity)")
        let free = lanes.map { lane in lane.work.withLock { (rows: $0.freeRows, shares: $0.reads(entry.prompt)) } }
        let sharing = free.firstIndex { $0.rows > 0 && $0.shares }
        guard let place = sharing ?? free.indices.max(by: { (free[$0].rows, $1) < (free[$1].rows, $0) }) else { return }
        lanes[place].work.withLock { $0.join(entry, id: id) }
    }

    /// Lets a sequence go that nobody waits for any more; one that is not there is no mistake.
    public func leave(_ id: Int) {
        for lane in lanes where lane.work.withLock({ $0.leave(id) }) { return }
    }

    /// One token for every sequence; what ended has left the batch.
    public func step() -> [BatchOutcome] {
        let results = Mutex<[[BatchOutcome]]>(Array(repeating: [], count: lanes.count))
        cores.forEach(lanes.count) { [lanes] index in
            let outcomes = lanes[index].work.withLock { $0.step() }
            results.withLock { $0[index] = outcomes }
        }
        return results.withLock { $0.flatMap { $0 } }
    }
}
