/// What can be said of a key that there is not.
struct MistypedKey {
    /// The keys that were probably meant, sorted; few, and none where nothing is near.
    let nearest: [String]
    /// The last parts of the keys in the group that the key names; empty where something is near, or where there is no such group.
    let siblings: [String]

    private static let mostNearest = 4
    private static let shortestBeginning = 3

    /// Holds a dotted key against those that there are.
    ///
    /// Near is the key of nearly that spelling, where there is no such group: else what the groups share decides. Then those whose last
    /// part is nearly that of the key, else those whose last part begins with it, in the key's own group first.
    init(_ key: String, among keys: [String]) {
        let (group, name) = Self.parts(of: key)
        let own = keys.filter { !group.isEmpty && Self.parts(of: $0).group == group }
        var near = own.isEmpty ? nearestName(to: key, among: keys).map { [$0] } ?? [] : []
        for candidates in [own, keys] {
            if near.isEmpty { near = Self.spelled(name, among: candidates) }
            if near.isEmpty { near = Self.beginning(with: name, among: candidates) }
        }
        nearest = Array(near.prefix(Self.mostNearest))
        siblings = near.isEmpty ? own.map { Self.parts(of: $0).name } : []
    }

    private static func spelled(_ name: String, among keys: [String]) -> [String] {
        let nearest = nearestName(to: name, among: keys.map { parts(of: $0).name })
        return keys.filter { parts(of: $0).name == nearest }
    }

    private static func beginning(with name: String, among keys: [String]) -> [String] {
        guard name.count >= shortestBeginning else { return [] }
        return keys.filter { parts(of: $0).name.lowercased().hasPrefix(name.lowercased()) }
    }

    /// The group of a dotted key, empty where it is in none, and the part after it.
    private static func parts(of key: String) -> (group: String, name: String) {
        guard let dot = key.lastIndex(of: ".") else { return ("", key) }
        return (String(key[..<dot]), String(key[key.index(after: dot)...]))
    }
}
