import CSimulatedFiles
import Foundation
import Synchronization

/// What SQLite's files ask before each step; the numbers are SQLite's result codes.
let databaseHook: SimulatedHook = { context, number, path, bytes, count, offset in
    guard let context = unsafe context, let path = unsafe path, let operation = FileOperation(rawValue: number) else {
        return SimulatedAnswer(result: 10, done: 0)
    }
    let volume = unsafe Unmanaged<SimulatedVolume>.fromOpaque(context).takeUnretainedValue()
    let data = unsafe bytes.map { unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: Int(count))) }
    return volume.databaseStep(operation, unsafe String(cString: path), bytes: data ?? [], count: Int(count), offset: Int(offset))
}

extension SimulatedVolume {
    func databaseStep(_ operation: FileOperation, _ path: String, bytes: [UInt8], count: Int, offset: Int) -> SimulatedAnswer {
        guard let name = name(of: path) else { return SimulatedAnswer(result: 10, done: 0) }
        return state.withLock { state in
            let faults = Fault.ofDatabase(operation)
            switch state.step(operation, name, count: count, offset: offset, faults: faults) {
            case .off: return SimulatedAnswer(result: Self.code(.inputOutput, of: operation), done: 0)
            case .proceed:
                state.perform(operation, name, bytes: bytes, count: count, offset: offset, isSynchronizing: bug != .databaseNotSynchronized)
                return SimulatedAnswer(result: 0, done: 0)
            case .fail(let fault):
                let done = fault == .torn ? bytes.count / 2 : 0
                if done > 0 { state.medium.change(state.medium.file(name), .write(offset: offset, bytes: Array(bytes[..<done]))) }
                if operation == .synchronize { state.medium.abandon(state.medium.file(name), using: &state.generator) }
                return SimulatedAnswer(result: Self.code(fault, of: operation), done: Int64(done))
            }
        }
    }

    /// What the system's VFS says when that happens: https://www.sqlite.org/rescode.html.
    private static func code(_ fault: Fault, of operation: FileOperation) -> Int32 {
        switch (operation, fault) {
        case (.open, .noMemory), (.create, .noMemory): 7  // SQLITE_NOMEM
        case (.open, _), (.create, _): 14  // SQLITE_CANTOPEN
        case (.read, _): 10 | 1 << 8  // SQLITE_IOERR_READ
        case (.write, .noSpace), (.write, .torn): 13  // SQLITE_FULL
        case (.write, _): 10 | 3 << 8  // SQLITE_IOERR_WRITE
        case (.synchronize, _): 10 | 4 << 8  // SQLITE_IOERR_FSYNC
        case (.synchronizeFolder, _): 10 | 5 << 8  // SQLITE_IOERR_DIR_FSYNC
        case (.truncate, _): 10 | 6 << 8  // SQLITE_IOERR_TRUNCATE
        case (.remove, _): 10 | 10 << 8  // SQLITE_IOERR_DELETE
        case (.allocate, .noMemory): 10 | 12 << 8  // SQLITE_IOERR_NOMEM
        case (.allocate, _): 10 | 19 << 8  // SQLITE_IOERR_SHMSIZE
        default: 10  // SQLITE_IOERR
        }
    }
}

extension SimulatedVolume.State {
    fileprivate mutating func perform(
        _ operation: FileOperation, _ name: String, bytes: [UInt8], count: Int, offset: Int, isSynchronizing: Bool
    ) {
        switch operation {
        case .create: _ = medium.file(name)
        case .write: medium.change(medium.file(name), .write(offset: offset, bytes: bytes))
        case .truncate: medium.change(medium.file(name), .truncate(count))
        case .synchronize: if isSynchronizing { medium.synchronize(medium.file(name)) }
        case .synchronizeFolder: medium.synchronizeFolder(name)
        case .remove: medium.remove(name)
        case .open, .read, .allocate, .rename, .makeFolder, .list: break
        }
    }
}
