import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A system-call filter in a file without a name, which a starting sandbox opens through this process.
final class FilterFile: Sendable {
    private let descriptor: FileDescriptor

    /// A file that vanishes with this process or this value, whichever ends first.
    init(_ filter: SystemCallFilter) throws(SandboxError) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("autodidact-filter-\(UUID().uuidString)").path
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
            try FileManager.default.removeItem(atPath: path)
            try descriptor.writeAll(filter.bytes)
        } catch {
            throw .startFailed(reason: "cannot write the system-call filter to \(path): \(error)")
        }
    }

    deinit {
        // Nothing was written since it was filled, so there is nothing that closing could lose.
        try? descriptor.close()
    }

    /// Where another process of the same user opens the file from its beginning.
    var path: String { "/proc/\(ProcessInfo.processInfo.processIdentifier)/fd/\(descriptor.rawValue)" }
}
