public import struct Foundation.Data
public import struct Foundation.URL

/// Everything outside a run that it may reach: replaced by a simulator in tests.
public struct World: Sendable {
    /// Tells the time.
    public var clock: any WorldClock
    /// Reads and writes files.
    public var disk: any Disk

    /// A world of these parts.
    public init(clock: any WorldClock, disk: any Disk) {
        self.clock = clock
        self.disk = disk
    }
}

/// The two clocks of a run.
public protocol WorldClock: Sendable {
    /// Time since an arbitrary start; never goes back. For durations.
    func monotonic() -> Duration

    /// Seconds since 1970-01-01 UTC. For labels shown to people, never for decisions.
    func secondsSince1970() -> Double
}

/// The file operations that the run store needs.
///
/// Each throws a `DiskError` that names file and action.
public protocol Disk: Sendable {
    /// The whole file.
    func read(_ url: URL) throws(DiskError) -> Data

    /// Creates or replaces the file so that after a crash it holds either the old bytes or the new: temporary name, fsync, rename.
    func writeAtomically(_ data: Data, to url: URL) throws(DiskError)

    /// Whether something is there.
    func exists(_ url: URL) -> Bool

    /// Makes a directory with its parents; one that is there already is left alone.
    func createDirectory(_ url: URL) throws(DiskError)

    /// The names in a directory, sorted.
    func contents(of url: URL) throws(DiskError) -> [String]

    /// Removes a file or a directory with all in it.
    func remove(_ url: URL) throws(DiskError)
}

/// A file operation that failed.
public struct DiskError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, such as `write` or `rename`.
    public let action: String
    /// On which file.
    public let path: String
    /// What the system said.
    public let reason: String

    /// A failed operation.
    public init(action: String, path: String, reason: String) {
        self.action = action
        self.path = path
        self.reason = reason
    }

    /// One sentence for people.
    public var description: String { "cannot \(action) \(path): \(reason)" }
}
