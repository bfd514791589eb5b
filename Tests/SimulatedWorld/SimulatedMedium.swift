import Randomness

/// What a disk holds, and what it would hold after a loss of power.
///
/// Paths are relative to the disk's folder, which is "" and always there. What was changed since the last synchronisation is pending: a
/// loss of power keeps, loses or tears it. A name is a thing of its folder and is synchronised with it, not with the file.
struct SimulatedMedium: Sendable {
    /// A place where torn writes break; smaller than any page.
    static let sector = 512

    enum Node: Hashable, Sendable {
        case file(Int)
        case folder
    }

    enum Change: Sendable {
        case write(offset: Int, bytes: [UInt8])
        case truncate(Int)

        func apply(to contents: inout [UInt8]) {
            switch self {
            case .write(let offset, let bytes):
                if contents.count < offset + bytes.count {
                    contents += Array(repeating: 0, count: offset + bytes.count - contents.count)
                }
                contents.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
            case .truncate(let size):
                contents = Array(contents.prefix(size)) + Array(repeating: 0, count: max(0, size - contents.count))
            }
        }
    }

    /// New meanings of names, all or none of which happen.
    private struct Naming: Sendable {
        let changes: [(name: String, node: Node?)]

        func touches(_ folder: String) -> Bool { changes.contains { SimulatedMedium.folder(of: $0.name) == folder } }
    }

    private var names: [String: Node] = [:]
    private var durableNames: [String: Node] = [:]
    private var pendingNames: [Naming] = []
    private var durable: [[UInt8]] = []
    private var pending: [[Change]] = []

    /// The file of a name, made where there is none.
    mutating func file(_ name: String) -> Int {
        if case .file(let file) = names[name] { return file }
        durable.append([])
        pending.append([])
        give([(name, .file(durable.count - 1))])
        return durable.count - 1
    }

    func holds(_ name: String) -> Bool { name.isEmpty || names[name] != nil }

    mutating func change(_ file: Int, _ change: Change) { pending[file].append(change) }

    mutating func makeFolder(_ name: String) { give([(name, .folder)]) }

    mutating func remove(_ name: String) { give([(name, nil)]) }

    mutating func rename(_ name: String, to newName: String) { give([(name, nil), (newName, names[name])]) }

    /// The file is on the medium as it is now; its name may not be.
    mutating func synchronize(_ file: Int) {
        for change in pending[file] { change.apply(to: &durable[file]) }
        pending[file] = []
    }

    /// What a failed synchronisation leaves: each change is on the medium or never will be, because the system forgets what it could not
    /// write.
    mutating func abandon(_ file: Int, using generator: inout KeyedGenerator) {
        durable[file] = survivor(of: file, using: &generator)
        pending[file] = []
    }

    /// The names in a folder are on the medium as they are now.
    mutating func synchronizeFolder(_ folder: String) {
        for naming in pendingNames where naming.touches(folder) { keep(naming) }
        pendingNames.removeAll { $0.touches(folder) }
    }

    /// What is there when power comes back.
    mutating func losePower(using generator: inout KeyedGenerator) {
        if generator.index(below: 2) == 0 {
            // A journal: what was done later is not there without what was done before.
            for naming in pendingNames.prefix(generator.index(below: pendingNames.count + 1)) { keep(naming) }
        } else {
            // Each folder by itself.
            var open: [String: Bool] = [:]
            for naming in pendingNames {
                let folder = Self.folder(of: naming.changes[0].name)
                if open[folder] == nil { open[folder] = generator.index(below: 4) > 0 }
                if open[folder] == true && generator.index(below: 4) > 0 { keep(naming) } else { open[folder] = false }
            }
        }
        pendingNames = []
        names = durableNames.filter { isReachable($0.key) }
        durableNames = names
        for case (_, .file(let file)) in names.sorted(by: { $0.key < $1.key }) {
            durable[file] = survivor(of: file, using: &generator)
            pending[file] = []
        }
    }

    /// All names, folders before what lies in them; a folder has no contents.
    var contents: [(name: String, bytes: [UInt8]?)] {
        names.sorted { $0.key < $1.key }.map { name, node in
            guard case .file(let file) = node else { return (name, nil) }
            return (name, pending[file].reduce(into: durable[file]) { $1.apply(to: &$0) })
        }
    }

    static func folder(of name: String) -> String { name.split(separator: "/").dropLast().joined(separator: "/") }

    private mutating func give(_ changes: [(name: String, node: Node?)]) {
        for (name, node) in changes { names[name] = node }
        pendingNames.append(Naming(changes: changes))
    }

    private mutating func keep(_ naming: Naming) {
        for (name, node) in naming.changes { durableNames[name] = node }
    }

    private func isReachable(_ name: String) -> Bool {
        let folder = Self.folder(of: name)
        return folder.isEmpty || (durableNames[folder] == .folder && isReachable(folder))
    }

    private func survivor(of file: Int, using generator: inout KeyedGenerator) -> [UInt8] {
        var contents = durable[file]
        let fate = generator.index(below: 4)
        for change in pending[file] {
            switch fate {
            case 0: change.apply(to: &contents)
            case 1: break
            default:
                switch generator.index(below: 5) {
                case 0, 1: change.apply(to: &contents)
                case 2: for part in Self.torn(change, using: &generator) { part.apply(to: &contents) }
                default: break
                }
            }
        }
        return contents
    }

    /// Some of the sectors of a write.
    private static func torn(_ change: Change, using generator: inout KeyedGenerator) -> [Change] {
        guard case .write(let offset, let bytes) = change else { return [change] }
        var parts: [Change] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, ((offset + start) / sector + 1) * sector - offset)
            if generator.index(below: 2) == 0 { parts.append(.write(offset: offset + start, bytes: Array(bytes[start..<end]))) }
            start = end
        }
        return parts
    }
}
