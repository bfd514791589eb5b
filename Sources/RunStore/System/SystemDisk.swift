public import Autodidact
public import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The real disk.
///
/// What it says is done has reached the medium.
public struct SystemDisk: Disk {
    private let calls: any SystemCalls

    /// The disk of this machine.
    public init() { self.init(calls: RealCalls()) }

    /// The disk of this machine, changed through these functions.
    package init(calls: any SystemCalls) { self.calls = calls }

    /// The whole file.
    public func read(_ url: URL) throws(DiskError) -> Data {
        try FileDescriptor(url.path, flags: O_RDONLY, action: "read").readToEnd()
    }

    /// Temporary name in the same folder, fsync, rename, fsync of the folder.
    public func writeAtomically(_ data: Data, to url: URL) throws(DiskError) {
        let file = try AtomicFile(url, calls: calls)
        try file.append(data)
        try file.commit()
    }

    /// Whether something is there.
    public func exists(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.path)
    }

    /// Makes a directory with its parents; each new name is synchronised in the directory above it, and so is that of the directory
    /// itself where it is there already, because whoever made it may have failed or been killed before that.
    public func createDirectory(_ url: URL) throws(DiskError) {
        var failure = make(url)
        let parent = url.deletingLastPathComponent()
        if failure == ENOENT && parent.path != url.path {
            try createDirectory(parent)
            failure = make(url)
        }
        if failure == 0 { return try AtomicFile.synchronizeFolder(parent, calls: calls) }
        var isDirectory: ObjCBool = false
        let isThere = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        guard failure == EEXIST, isThere, isDirectory.boolValue else {
            throw DiskError(action: "create directory", path: url.path, errorNumber: failure == EEXIST ? ENOTDIR : failure)
        }
        // A parent that cannot be read is not one that was made here.
        if FileManager.default.isReadableFile(atPath: parent.path) { try AtomicFile.synchronizeFolder(parent, calls: calls) }
    }

    /// The names in a directory, sorted.
    public func contents(of url: URL) throws(DiskError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        } catch {
            throw DiskError(action: "list", path: url.path, underlying: error)
        }
    }

    /// Removes a file or a directory with all in it.
    public func remove(_ url: URL) throws(DiskError) {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            throw DiskError(action: "remove", path: url.path, underlying: error)
        }
    }

    /// Makes one directory; 0 or what the system said.
    private func make(_ url: URL) -> Int32 {
        -calls.makeDirectory(url.path)
    }
}
