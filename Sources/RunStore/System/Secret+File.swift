public import Autodidact

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Secret {
    /// The secret in a file that its owner alone can read.
    ///
    /// Permissions and content are those of one opened file, so nobody can exchange it in between.
    ///
    /// - Throws: `SecretError.readableByOthers` where group or others may do anything with it; else `unreadable`, or as `init(_:from:)`.
    public init(file path: String) throws(SecretError) {
        let (status, text) = try Self.content(of: path)
        guard status.isFile else { throw .unreadable(path: path, reason: "it is a folder, device or pipe; name a file") }
        guard status.permissions & 0o077 == 0 else { throw .readableByOthers(path: path, permissions: status.permissions) }
        try self.init(text, from: .file(path))
    }

    /// What the file is and, where it may be taken, what it holds.
    private static func content(of path: String) throws(SecretError) -> (FileStatus, String) {
        do throws(DiskError) {
            let file = try FileDescriptor(path, flags: O_RDONLY | O_NONBLOCK, action: "read")
            let status = try file.status()
            guard status.isFile && status.permissions & 0o077 == 0 else { return (status, "") }
            return (status, String(decoding: try file.readToEnd(atMost: Secret.longest + 3), as: UTF8.self))
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
    }
}
