import Synchronization

/// What a child has written so far, up to a limit, for one reader at a time.
///
/// Memory is bounded by the limit, whatever the child writes.
final class OutputBuffer: Sendable {
    /// What a reader is told.
    enum Reading: Sendable, Hashable {
        /// The next line, without its newline.
        case line([UInt8])
        /// The child has ended, or closed its output, before another line was complete.
        case closed
        /// The child wrote more than it may.
        case flooded
        /// Nothing came in time.
        case late
    }

    private struct State {
        var bytes: [UInt8] = []
        var total = 0
        var isClosed = false
        var isFlooded = false
        /// Where the search for a newline goes on.
        var searched = 0
        var reader: (id: Int, continuation: CheckedContinuation<Reading, Never>, wantsLine: Bool)?
        var nextID = 0
    }

    /// What a limit counts.
    private enum Limit {
        /// All that was ever written; more is a flood.
        case written(Int)
        /// What was written and not read; more is a flood.
        case unread(Int)
        /// What is kept; the oldest goes where more comes.
        case latest(Int)
    }

    private let limit: Limit
    private let state = Mutex(State())

    /// A buffer for at most `limit` bytes in all.
    init(limit: Int) { self.limit = .written(limit) }

    /// A buffer for at most so many bytes at a time, for a child that lives on.
    init(unread limit: Int) { self.limit = .unread(limit) }

    /// A buffer that never floods and keeps the last bytes only.
    init(latest count: Int) { limit = .latest(count) }

    /// Takes what was read; false where the limit is passed.
    func append(_ piece: [UInt8]) -> Bool {
        wake { state in
            let room: Int
            switch limit {
            case .written(let count): room = max(0, count - state.total)
            case .unread(let count): room = max(0, count - state.bytes.count)
            case .latest(let count):
                state.bytes = Array((state.bytes + piece.suffix(count)).suffix(count))
                state.total += piece.count
                state.searched = 0
                return true
            }
            state.bytes += piece.prefix(room)
            state.total += piece.count
            if piece.count > room { state.isFlooded = true }
            return !state.isFlooded
        }
    }

    /// Nothing more will come.
    func close() {
        wake { $0.isClosed = true }
    }

    /// The next line, if it comes in time.
    func line(within limit: Duration) async -> Reading { await read(wantsLine: true, within: limit) }

    /// Waits for the end of the output.
    func end(within limit: Duration) async -> Reading { await read(wantsLine: false, within: limit) }

    /// What has been written and not been read as lines.
    var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }

    /// Whether something was written that has not been read.
    var hasUnread: Bool { state.withLock { !$0.bytes.isEmpty } }

    /// How many bytes were written so far.
    var written: Int { state.withLock { $0.total } }

    /// Whether the child has ended, or closed its output.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Whether more than the limit was written.
    var isFlooded: Bool { state.withLock { $0.isFlooded } }

    private func read(wantsLine: Bool, within limit: Duration) async -> Reading {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let timer = Task { [weak self] in
            try? await Task.sleep(for: limit)
            self?.expire(id)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wake { state in
                    precondition(state.reader == nil, "an output has one reader at a time")
                    state.reader = (id, continuation, wantsLine)
                }
                if Task.isCancelled { expire(id) }
            }
        } onCancel: {
            expire(id)
        }
    }

    /// Tells the reader of that number, if it still waits, that time is up.
    private func expire(_ id: Int) {
        let reader = state.withLock { state in
            guard state.reader?.id == id else { return nil as CheckedContinuation<Reading, Never>? }
            defer { state.reader = nil }
            return state.reader?.continuation
        }
        reader?.resume(returning: .late)
    }

    /// Changes the state and tells the reader what it waits for, if that is there now.
    @discardableResult
    private func wake<Value: Sendable>(_ change: (inout sending State) -> Value) -> Value {
        let (value, answer) = state.withLock { state in
            let value = change(&state)
            var answer: (CheckedContinuation<Reading, Never>, Reading)?
            if let reader = state.reader, let reading = Self.reading(&state, wantsLine: reader.wantsLine) {
                answer = (reader.continuation, reading)
                state.reader = nil
            }
            return (value, answer)
        }
        answer?.0.resume(returning: answer?.1 ?? .closed)
        return value
    }

    private static func reading(_ state: inout State, wantsLine: Bool) -> Reading? {
        // What came before a flood came all the same: the line that says that a sandbox stands, for one.
        if wantsLine, let place = state.bytes[state.searched...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(state.bytes[..<place])
            state.bytes.removeSubrange(...place)
            state.searched = 0
            return .line(line)
        }
        state.searched = state.bytes.count
        return state.isFlooded ? .flooded : state.isClosed ? .closed : nil
    }
}
