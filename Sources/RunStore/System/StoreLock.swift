import Autodidact
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Held for the moment in which a store is opened and, if need be, made.
struct StoreLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Waits for the lock.
    init(file: URL) throws(StoreError) {
        do throws(DiskError) {
            descriptor = try FileDescriptor(file.path, flags: O_RDWR | O_CREAT, action: "open")
            _ = try descriptor.lock(LOCK_EX)
        } catch {
            throw .disk(error)
        }
    }

    /// Lets the next one in.
    consuming func release() {}
}
