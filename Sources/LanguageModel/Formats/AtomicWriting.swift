import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writing a file of any size, piece by piece, so that a reader sees either the old file or the whole new one.
enum AtomicWriting {
    /// Hands `body` a new file beside `url`, which takes its place once it is whole and on the disk; on an error nothing is left of it.
    static func write(to url: URL, _ body: (FileHandle) throws -> Void) throws {
        let part = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
        // Empty, and with the permissions of a new file.
        try Data().write(to: part)
        do {
            let file = try FileHandle(forWritingTo: part)
            do {
                try body(file)
                try file.synchronize()
            } catch {
                try? file.close()
                throw error
            }
            try file.close()
            // Foundation's own replacing of a file is not one step, and on Linux it fails.
            guard unsafe rename(part.path, url.path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw error
        }
    }
}
