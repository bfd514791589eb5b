/// A node in the tree of random keys: every draw of a run is named by its path from the run's seed.
///
///     let seed = SeedTree(root: settings.seed)
///     let rollout = seed("rollout", generation, problem.index, member)
///
/// Equal paths give equal keys, different paths independent ones. A node is a value: handing it out shares no state.
public struct SeedTree: Sendable, Hashable, Codable {
    /// The 64-bit key of this node, ready for `Philox`.
    public let key: UInt64

    /// The root of a run.
    public init(root: UInt64) {
        key = Self.mixed(root, with: 0x6175_746F_6469_6461)
    }

    private init(key: UInt64) {
        self.key = key
    }

    /// The child named by a label and indices.
    public func callAsFunction(_ label: StaticString, _ indices: Int...) -> SeedTree {
        var child = label.description.utf8.reduce(key) { Self.mixed($0, with: UInt64($1) + 1) }
        child = Self.mixed(child, with: Self.endOfText)
        for index in indices { child = Self.mixed(child, with: UInt64(bitPattern: Int64(index)) ^ 0x9E37_79B9_7F4A_7C15) }
        return SeedTree(key: child)
    }

    /// The child named by text, such as a problem's identifier.
    public func callAsFunction(named text: String) -> SeedTree {
        let child = text.utf8.reduce(Self.mixed(key, with: 0x7465_7874)) { Self.mixed($0, with: UInt64($1) + 1) }
        return SeedTree(key: Self.mixed(child, with: Self.endOfText))
    }

    /// A generator that walks this node's stream from its beginning.
    public var generator: KeyedGenerator { KeyedGenerator(key: key) }

    /// Ends each text, so that "ab" is not the child "b" of "a"; no byte's word.
    private static let endOfText: UInt64 = 0x656E_6400

    private static func mixed(_ key: UInt64, with word: UInt64) -> UInt64 {
        let words = Philox.words(key: key, counter: word, stream: 0x5EED)
        return UInt64(words[0]) | UInt64(words[1]) << 32
    }
}
