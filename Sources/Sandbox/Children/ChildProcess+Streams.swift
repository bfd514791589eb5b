import Foundation
import Subprocess

/// What moves between Autodidact and a child.
extension ChildProcess {
    /// What a part of a child's life ended with.
    enum Part { case closed, stop, fed }

    /// Reads to the end, or to the limit, where the program is to be stopped.
    static func follow(_ written: SubprocessOutputSequence, into buffer: OutputBuffer) async -> Part {
        defer { buffer.close() }
        do {
            for try await piece in written where !buffer.append([UInt8](Data(buffer: piece))) { return .stop }
        } catch {
            // A pipe that breaks is one that ends.
            return .closed
        }
        return .closed
    }

    /// Writes until there is no more, or nobody reads.
    static func feed(_ writer: StandardInputWriter, from inputs: AsyncStream<[UInt8]>) async -> Part {
        do {
            for await bytes in inputs { _ = try await writer.write(bytes) }
            try await writer.finish()
        } catch {
            // Whoever no longer reads has ended, or does not want to: its output tells.
            return .fed
        }
        return .fed
    }
}
