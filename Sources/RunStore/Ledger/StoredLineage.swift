import Autodidact
import Synchronization

/// Where a committed generation came from: stored beside its record, and covered by the same digest.
struct StoredLineage: Codable, Hashable {
    /// SHA-256 of the weights of the incumbent that it began with.
    let parent: String
    /// The digest of the episodes that were made in it.
    let episodes: String
    /// Earlier generations whose episodes it read to learn from, ascending.
    let earlier: [Int]
}

/// Which earlier episodes were read since the last commit: what the next generation learned from besides its own.
final class EpisodesRead: Sendable {
    private let numbers = Mutex<Set<Int>>([])

    /// Notes that a generation's episodes were read.
    func insert(_ generation: Int) {
        _ = numbers.withLock { $0.insert(generation) }
    }

    /// All that were read, ascending.
    var generations: [Int] { numbers.withLock { $0.sorted() } }

    /// Begins anew, after a commit.
    func clear() {
        numbers.withLock { $0.removeAll() }
    }
}
