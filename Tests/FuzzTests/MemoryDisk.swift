import Autodidact
import Foundation
import Synchronization

/// Files that are only remembered, with the paths that were written.
final class MemoryDisk: Disk {
    private let files: Mutex<[String: Data]>
    private let paths = Mutex<[String]>([])

    init(_ files: [String: Data]) { self.files = Mutex(files) }

    /// What was written, in order, without `.` and `..`.
    var written: [String] { paths.withLock { $0 } }

    func read(_ url: URL) throws(DiskError) -> Data {
        guard let data = files.withLock({ $0[url.path] }) else {
            throw DiskError(action: "read", path: url.path, reason: "it is not there")
        }
        return data
    }

    func writeAtomically(_ data: Data, to url: URL) throws(DiskError) {
        files.withLock { $0[url.standardizedFileURL.path] = data }
        paths.withLock { $0.append(url.standardizedFileURL.path) }
    }

    func exists(_ url: URL) -> Bool { files.withLock { files in files.keys.contains { $0 == url.path || $0.hasPrefix(url.path + "/") } } }

    func createDirectory(_ url: URL) throws(DiskError) {}

    func contents(of url: URL) throws(DiskError) -> [String] {
        files.withLock { $0.keys }.filter { $0.hasPrefix(url.path + "/") }.map { String($0.dropFirst(url.path.count + 1)) }.sorted()
    }

    func remove(_ url: URL) throws(DiskError) { files.withLock { $0[url.path] = nil } }
}
