public import Autodidact
public import struct Foundation.Data

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that grows at its end, such as a log; made where there is none, and kept where there is one.
///
/// It is not synchronised: what a crash of the machine takes with it is the end of a log, nothing that was promised.
public final class AppendedFile: Sendable {
    private let descriptor: FileDescriptor

    /// Opens the file at `path`; a pipe that nobody reads is an error at once.
    public init(_ path: String) throws(DiskError) {
        descriptor = try FileDescriptor(path, flags: O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, action: "append to")
    }

    /// Writes at the end, wherever that is by now.
    public func append(_ data: Data) throws(DiskError) {
        try descriptor.write(data)
    }
}
