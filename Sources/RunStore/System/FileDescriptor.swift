import Autodidact

import struct Foundation.Data
import struct Foundation.URL

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An open file, closed when it goes out of scope and never inherited by a child process.
///
/// The system's calls are restarted when interrupted and say what failed.
struct FileDescriptor: ~Copyable {
    private let number: Int32
    private let path: String
    private let calls: any SystemCalls

    /// Opens `path` with the flags of open(2); a file that is made can be read by all and written by its owner.
    init(_ path: String, flags: Int32, action: String, calls: any SystemCalls = RealCalls()) throws(DiskError) {
        var number: Int32
        repeat { number = calls.open(path, flags: flags) } while number == -EINTR
        guard number >= 0 else { throw DiskError(action: action, path: path, errorNumber: -number) }
        self.number = number
        self.path = path
        self.calls = calls
    }

    /// Opens a file that is there to be locked, making it where there is none.
    init(lockFile: URL) throws(DiskError) {
        try self.init(lockFile.path, flags: O_RDWR | O_CREAT, action: "open")
    }

    deinit {
        close(number)
    }

    /// Writes all bytes, however many calls it takes.
    borrowing func write(_ data: Data) throws(DiskError) {
        var offset = 0
        while offset < data.count {
            let written = unsafe data.withUnsafeBytes { bytes in
                unsafe calls.write(number, UnsafeRawBufferPointer(rebasing: bytes[offset...]))
            }
            if written == -Int(EINTR) { continue }
            guard written > 0 else { throw DiskError(action: "write", path: path, errorNumber: written < 0 ? Int32(-written) : EIO) }
            offset += written
        }
    }

    /// All bytes from here to the end, or the first ones of a longer file.
    borrowing func readToEnd(atMost limit: Int = .max) throws(DiskError) -> Data {
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 20))
        while true {
            if data.count >= limit { return data.prefix(limit) }
            let count = unsafe read(number, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DiskError(action: "read", path: path, errorNumber: errno) }
            if count == 0 { return data }
            data.append(contentsOf: chunk[..<count])
        }
    }

    /// What was opened.
    borrowing func status() throws(DiskError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw DiskError(action: "look at", path: path, errorNumber: errno) }
        return FileStatus(
            isFile: status.st_mode & S_IFMT == S_IFREG, permissions: Int(status.st_mode & 0o7777), isRemoved: status.st_nlink == 0)
    }

    /// Waits until everything written has reached the medium.
    borrowing func synchronize() throws(DiskError) {
        var result: Int32
        repeat { result = calls.synchronize(number) } while result == -EINTR
        guard result == 0 else { throw DiskError(action: "synchronize", path: path, errorNumber: -result) }
    }

    /// Cuts the file to nothing.
    borrowing func truncate() throws(DiskError) {
        guard ftruncate(number, 0) == 0 else { throw DiskError(action: "truncate", path: path, errorNumber: errno) }
    }

    /// Whether an advisory lock could be taken at once; it ends with the descriptor, and so with the process.
    ///
    /// - Parameter shared: Whether others may hold it too.
    borrowing func takesLock(shared: Bool = false) throws(DiskError) -> Bool {
        try lock((shared ? LOCK_SH : LOCK_EX) | LOCK_NB)
    }

    /// Waits for the advisory lock.
    borrowing func waitForLock() throws(DiskError) {
        _ = try lock(LOCK_EX)
    }

    private borrowing func lock(_ operation: Int32) throws(DiskError) -> Bool {
        var result: Int32
        repeat { result = flock(number, operation) } while result < 0 && errno == EINTR
        if result < 0 && errno == EWOULDBLOCK { return false }
        guard result == 0 else { throw DiskError(action: "lock", path: path, errorNumber: errno) }
        return true
    }
}

/// What the system says of an opened file.
struct FileStatus {
    /// Whether it is a file, and not a folder, device or pipe.
    let isFile: Bool
    /// Who may do what: the low twelve bits of its mode.
    let permissions: Int
    /// Whether it has no name any more.
    let isRemoved: Bool
}
