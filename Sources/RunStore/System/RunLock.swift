import Autodidact
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The right to write a run: held by one process at a time, and given back by the system when that process ends in any way.
final class RunLock: Sendable {
    private let descriptor: FileDescriptor

    /// Takes the lock of a run.
    ///
    /// - Throws: `StoreError.runInUse` with the holder's process id where another process, or another ledger here, holds it.
    init(run: String, file: URL) throws(StoreError) {
        var holder: String?
        do throws(DiskError) {
            descriptor = try FileDescriptor(file.path, flags: O_RDWR | O_CREAT, action: "open")
            if try Self.take(descriptor) {
                try descriptor.truncate()
                try descriptor.write(Data("\(getpid())\n".utf8))
            } else {
                holder = String(decoding: try descriptor.readToEnd(), as: UTF8.self)
            }
        } catch {
            throw .disk(error)
        }
        if let holder { throw .runInUse(run: run, process: Int(holder.trimmingCharacters(in: .whitespacesAndNewlines))) }
    }

    /// Whether some process writes the run now.
    static func isHeld(_ file: URL) throws(DiskError) -> Bool {
        guard SystemDisk().exists(file) else { return false }
        return try !FileDescriptor(file.path, flags: O_RDONLY, action: "open").lock(LOCK_SH | LOCK_NB)
    }

    /// Tries more than once, because a list of runs holds each lock for an instant.
    private static func take(_ descriptor: borrowing FileDescriptor) throws(DiskError) -> Bool {
        for attempt in 1...3 {
            if try descriptor.lock(LOCK_EX | LOCK_NB) { return true }
            if attempt < 3 { usleep(20_000) }
        }
        return false
    }
}
