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
        var child = label.withUTF8Buffer { bytes in bytes.reduce(key) { Self.mixed($0, with: UInt64($1) + 1) } }
        for index in indices { child = Self.mixed(child, with: UInt64(bitPattern: Int64(index)) ^ 0x9E37_79B9_7F4A_7C15) }
        return SeedTree(key: child)
    }

    /// The child named by text, such as a problem's identifier.
    public func callAsFunction(named text: String) -> SeedTree {
        SeedTree(key: text.utf8.reduce(Self.mixed(key, with: 0x7465_7874)) { Self.mixed($0, with: UInt64($1) + 1) })
    }

    /// A generator that walks this node's stream from its beginning.
    public var generator: KeyedGenerator { KeyedGenerator(key: key) }

    private static func mixed(_ key: UInt64, with word: UInt64) -> UInt64 {
        let words = Philox.words(key: key, counter: word, stream: 0x5EED)
        return UInt64(words[0]) | UInt64(words[1]) << 32
    }
}
