import Foundation
import RunStore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The system's file functions as they are on a simulated disk.
struct SimulatedCalls: SystemCalls {
    let volume: SimulatedVolume
    private let real = RealCalls()

    init(_ volume: SimulatedVolume) { self.volume = volume }

    func open(_ path: String, flags: Int32) -> Int32 {
        let isNew = flags & O_CREAT != 0
        return perform(isNew ? .create : .open, path) { state, name in
            let number = real.open(path, flags: flags)
            guard number >= 0 else { return number }
            state.descriptors[number] = flags & O_DIRECTORY != 0 ? .folder : .file(state.medium.file(name))
            state.paths[number] = name
            return number
        }
    }

    func write(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        volume.state.withLock { state in
            guard case .file(let file) = state.descriptors[number], let name = state.paths[number] else {
                return unsafe real.write(number, bytes)
            }
            var count = bytes.count
            var result = count
            switch state.step(.write, name, count: count, faults: Fault.ofSystem(.write)) {
            case .proceed: break
            case .off: return -Int(EIO)
            case .fail(.short): (count, result) = (max(1, count / 2), max(1, count / 2))
            // A part is always told first; the next call says why there was no more.
            case .fail(.torn):
                state.isFull = true
                (count, result) = (max(1, count / 2), max(1, count / 2))
            case .fail(let fault): return -Int(Self.number(of: fault))
            }
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<count])
            let offset = Int(lseek(number, 0, SEEK_CUR))
            let written = unsafe real.write(number, part)
            guard written == count else { return written }
            state.medium.change(file, .write(offset: offset, bytes: unsafe [UInt8](part)))
            return result
        }
    }

    func synchronize(_ number: Int32) -> Int32 {
        volume.state.withLock { state in
            guard let node = state.descriptors[number], let name = state.paths[number] else { return real.synchronize(number) }
            let operation: FileOperation = node == .folder ? .synchronizeFolder : .synchronize
            switch state.step(operation, name, faults: Fault.ofSystem(operation)) {
            case .off: return -EIO
            case .fail(let fault):
                if case .file(let file) = node, !fault.isHarmless { state.medium.abandon(file, using: &state.generator) }
                return -Self.number(of: fault)
            case .proceed:
                switch node {
                case .file(let file): if volume.bug != .filesNotSynchronized { state.medium.synchronize(file) }
                case .folder: if volume.bug != .namesNotSynchronized { state.medium.synchronizeFolder(name) }
                }
                return 0
            }
        }
    }

    func rename(_ path: String, to name: String) -> Int32 {
        perform(.rename, path) { state, old in
            let result = real.rename(path, to: name)
            if result == 0, let new = volume.name(of: name) { state.medium.rename(old, to: new) }
            return result
        }
    }

    func makeDirectory(_ path: String) -> Int32 {
        perform(.makeFolder, path) { state, name in
            let result = real.makeDirectory(path)
            if result == 0 { state.medium.makeFolder(name) }
            return result
        }
    }

    func unlink(_ path: String) -> Int32 {
        perform(.remove, path) { state, name in
            let result = real.unlink(path)
            if result == 0 { state.medium.remove(name) }
            return result
        }
    }

    /// A step on a path; what lies elsewhere is the system's.
    func perform(_ operation: FileOperation, _ path: String, _ body: (inout SimulatedVolume.State, String) -> Int32) -> Int32 {
        guard let name = volume.name(of: path) else { return -ENOENT }
        return volume.state.withLock { state in
            switch state.step(operation, name, faults: Fault.ofSystem(operation)) {
            case .off: -EIO
            case .fail(let fault): -Self.number(of: fault)
            case .proceed: body(&state, name)
            }
        }
    }

    private static func number(of fault: Fault) -> Int32 {
        switch fault {
        case .noSpace, .torn: ENOSPC
        case .inputOutput, .short: EIO
        case .tooManyFiles: EMFILE
        case .noMemory: ENOMEM
        case .interrupted: EINTR
        }
    }
}
