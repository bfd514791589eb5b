import Synchronization

public import struct Foundation.Data

/// Where the lines of a log go, one at a time.
///
/// A log that fails in the middle must not end the work that it tells of: the failure is told once, and later lines are still tried,
/// so that a disk that has room again gets them.
public final class LogSink: Sendable {
    private let firstFailure = Mutex<(any Error)?>(nil)
    private let write: @Sendable (Data) throws -> Void
    private let failed: @Sendable (any Error) -> Void

    /// A sink.
    ///
    /// - Parameters:
    ///   - write: Writes the bytes of one line, its end included.
    ///   - failed: Told the first failure, and no other.
    public init(write: @escaping @Sendable (Data) throws -> Void, failed: @escaping @Sendable (any Error) -> Void) {
        (self.write, self.failed) = (write, failed)
    }

    /// The first failure; nil where every line was written.
    public var failure: (any Error)? { firstFailure.withLock { $0 } }

    /// Adds a line; `line` has no end.
    func append(_ line: String) {
        firstFailure.withLock { firstFailure in
            do {
                try write(Data((line + "\n").utf8))
            } catch {
                if firstFailure == nil { failed(error) }
                firstFailure = firstFailure ?? error
            }
        }
    }
}
