import GRDBSQLite

/// Looks over SQLite's shoulder: what a statement may do, and how much of it.
///
/// It belongs to one connection, whose callbacks hold it without owning it, so it must live as long as these are set.
final class QueryWatch {
    /// What a statement is part of.
    enum Part: Sendable, Hashable {
        /// The user's script: it makes tables and fills them, and reaches nothing outside of its database.
        case setup
        /// A query: it reads.
        case query
    }

    private(set) var part: Part
    private var limits: QueryLimits
    private var steps = 0
    private var start = ContinuousClock.now
    private var memory = sqlite3_memory_used()
    /// What was first found to be not allowed, or too much; nil where nothing was.
    private(set) var objection: String?

    /// Steps between two looks.
    private static let interval: Int32 = 500
    /// Whatever gives another result each time cannot be compared; the others reach code.
    private static let deniedFunctions: Set = ["random", "randomblob", "load_extension", "fts3_tokenizer"]
    private static let allowedPragmas: Set = ["foreign_keys", "defer_foreign_keys", "encoding"]

    init(_ part: Part, limits: QueryLimits) {
        self.part = part
        self.limits = limits
    }

    /// Has a connection ask before it does something, and every few steps whether to go on.
    func watch(_ database: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_set_authorizer(
            database,
            { context, action, first, second, _, _ in
                guard let context = unsafe context else { return SQLITE_DENY }
                let watch = unsafe Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue()
                return watch.allows(
                    action, unsafe first.map { unsafe String(cString: $0) } ?? "", unsafe second.map { unsafe String(cString: $0) } ?? "")
                    ? SQLITE_OK : SQLITE_DENY
            }, context)
        unsafe sqlite3_progress_handler(
            database, Self.interval,
            { context in
                guard let context = unsafe context else { return 1 }
                return unsafe Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue().goesOn() ? 0 : 1
            }, context)
    }

    /// Lets a connection do what it likes from here on.
    func leave(_ database: OpaquePointer) {
        unsafe sqlite3_set_authorizer(database, nil, nil)
        unsafe sqlite3_progress_handler(database, 0, nil, nil)
    }

    private func allows(_ action: Int32, _ first: String, _ second: String) -> Bool {
        let isAllowed: Bool
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: isAllowed = true
        case SQLITE_FUNCTION: isAllowed = !Self.deniedFunctions.contains(second.lowercased())
        case SQLITE_PRAGMA: isAllowed = part == .setup && Self.allowedPragmas.contains(first.lowercased())
        case SQLITE_ATTACH, SQLITE_DETACH, SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_TRIGGER,
            SQLITE_CREATE_TEMP_VIEW, SQLITE_CREATE_VTABLE:
            isAllowed = false
        default: isAllowed = part == .setup
        }
        if !isAllowed && objection == nil { objection = Self.objection(to: action, first, second, in: part) }
        return isAllowed
    }

    private static func objection(to action: Int32, _ first: String, _ second: String, in part: Part) -> String {
        switch action {
        case SQLITE_FUNCTION: "it calls \(second.lowercased()), which is not allowed"
        case SQLITE_PRAGMA: "it has a PRAGMA, which is not allowed" + (part == .setup ? " but for foreign_keys and encoding" : "")
        case SQLITE_ATTACH, SQLITE_DETACH: "it reaches for another database"
        case SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_TRIGGER, SQLITE_CREATE_TEMP_VIEW:
            part == .setup ? "it makes something temporary, which no query would find; leave out TEMP" : "it does more than read"
        case SQLITE_CREATE_VTABLE: "it makes a virtual table, which is not allowed"
        default: "it does more than read"
        }
    }

    private func goesOn() -> Bool {
        steps += Int(Self.interval)
        if objection != nil { return false }
        if steps > limits.steps {
            objection = "it takes more than \(limits.steps / 1_000_000) million steps"
        } else if sqlite3_memory_used() - memory > limits.memory {
            objection = "it takes more than \(limits.memory >> 20) MiB"
        } else if start.duration(to: .now) > limits.time {
            objection = "it takes longer than \(limits.time.components.seconds) seconds"
        }
        return objection == nil
    }
}
