public import Randomness

extension Array {
    /// At most `count` of the elements, drawn at random, in the order in which they stand here; `key` names the draws.
    public func drawn(_ count: Int, key: SeedTree) -> [Element] {
        indices.map { (draw: key("place", $0).key, place: $0) }.sorted { $0 < $1 }.prefix(Swift.max(0, count)).map(\.place).sorted()
            .map { self[$0] }
    }
}
