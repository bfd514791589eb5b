import Autodidact
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file written under a temporary name that takes its real name only once it is whole and on the medium.
///
/// Without `commit()` nothing is left behind, and what had the name before stays.
final class AtomicFile {
    private let destination: URL
    private let temporary: String
    private let descriptor: FileDescriptor
    private let calls: any SystemCalls
    private var isRenamed = false

    /// Begins a file beside its destination, so that the renaming cannot cross disks.
    init(_ destination: URL, calls: any SystemCalls = RealCalls()) throws(DiskError) {
        self.destination = destination
        self.calls = calls
        temporary =
            destination.deletingLastPathComponent().appendingPathComponent(".\(destination.lastPathComponent).\(UUID().uuidString)").path
        descriptor = try FileDescriptor(temporary, flags: O_WRONLY | O_CREAT | O_EXCL, action: "create", calls: calls)
    }

    deinit {
        if !isRenamed { _ = calls.unlink(temporary) }
    }

    /// Adds bytes at the end.
    func append(_ data: Data) throws(DiskError) {
        try descriptor.write(data)
    }

    /// Synchronises the bytes, renames the file and synchronises the folder; an existing file is replaced.
    func commit() throws(DiskError) {
        try descriptor.synchronize()
        let result = calls.rename(temporary, to: destination.path)
        guard result == 0 else { throw DiskError(action: "rename", path: destination.path, errorNumber: -result) }
        isRenamed = true
        try Self.synchronizeFolder(destination.deletingLastPathComponent(), calls: calls)
    }

    /// Makes the names in a folder survive a loss of power.
    static func synchronizeFolder(_ folder: URL, calls: any SystemCalls = RealCalls()) throws(DiskError) {
        try FileDescriptor(folder.path, flags: O_RDONLY | O_DIRECTORY, action: "open", calls: calls).synchronize()
    }
}
