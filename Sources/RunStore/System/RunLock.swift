import Autodidact
import Foundation

/// The right to write a run, given back by the system when the process that holds it ends in any way.
final class RunLock: Sendable {
    private let descriptor: FileDescriptor
    private let file: URL

    /// Takes the lock of a run.
    ///
    /// - Throws: `StoreError.runInUse` with the holder's process id where another process, or another ledger here, holds it.
    init(run: String, file: URL) throws(StoreError) {
        self.file = file
        descriptor = try Self.taken(run: run, file: file)
    }

    /// Removes the file; whoever has opened it already takes the lock of a new one instead.
    func removeFile() throws(StoreError) {
        try StoreError.wrapping { () throws(DiskError) in try SystemDisk().remove(file) }
    }

    /// Whether some process writes the run now.
    static func isHeld(_ file: URL) throws(DiskError) -> Bool {
        guard SystemDisk().exists(file) else { return false }
        return try !FileDescriptor(lockFile: file).takesLock(shared: true)
    }

    private static func taken(run: String, file: URL) throws(StoreError) -> FileDescriptor {
        while true {
            let descriptor = try StoreError.wrapping { () throws(DiskError) in try FileDescriptor(lockFile: file) }
            if let holder = try holder(afterTaking: descriptor) {
                throw .runInUse(run: run, process: Int(holder.trimmingCharacters(in: .whitespacesAndNewlines)))
            }
            // A file that was removed between opening and locking keeps nobody out.
            if try !isRemoved(descriptor) { return descriptor }
        }
    }

    private static func isRemoved(_ descriptor: borrowing FileDescriptor) throws(StoreError) -> Bool {
        do throws(DiskError) { return try descriptor.status().isRemoved } catch { throw .disk(error) }
    }

    /// Nil once the lock is taken, or what the holder wrote of itself; tries more than once, because a list of runs holds each lock for
    /// an instant.
    private static func holder(afterTaking descriptor: borrowing FileDescriptor) throws(StoreError) -> String? {
        do throws(DiskError) {
            var attempts = 1
            while try !descriptor.takesLock() {
                if attempts == 3 { return String(decoding: try descriptor.readToEnd(), as: UTF8.self) }
                attempts += 1
                Thread.sleep(forTimeInterval: 0.02)
            }
            try descriptor.truncate()
            try descriptor.write(Data("\(ProcessInfo.processInfo.processIdentifier)\n".utf8))
            return nil
        } catch {
            throw .disk(error)
        }
    }
}
