package import Autodidact
import Synchronization

package import struct Foundation.Data
package import struct Foundation.URL

/// Files that are only remembered, and where they were written.
package final class MemoryDisk: Disk {
    private let files: Mutex<[String: Data]>
    private let writes = Mutex<[String]>([])

    /// A disk with these files, by path.
    package init(_ files: [String: Data] = [:]) { self.files = Mutex(files) }

    /// The files that are there, sorted.
    package var paths: [String] { files.withLock { $0.keys.sorted() } }

    /// What was written, in order, without `.` and `..`.
    package var written: [String] { writes.withLock { $0 } }

    package func read(_ url: URL) throws(DiskError) -> Data {
        guard let data = files.withLock({ $0[url.path] }) else {
            throw DiskError(action: "read", path: url.path, reason: "it is not there")
        }
        return data
    }

    package func writeAtomically(_ data: Data, to url: URL) throws(DiskError) {
        let path = url.standardizedFileURL.path
        files.withLock { $0[path] = data }
        writes.withLock { $0.append(path) }
    }

    package func exists(_ url: URL) -> Bool {
        files.withLock { files in files.keys.contains { $0 == url.path || $0.hasPrefix(url.path + "/") } }
    }

    package func createDirectory(_ url: URL) throws(DiskError) {}

    package func contents(of url: URL) throws(DiskError) -> [String] {
        paths.filter { $0.hasPrefix(url.path + "/") }.map { String($0.dropFirst(url.path.count + 1)) }
    }

    package func remove(_ url: URL) throws(DiskError) {
        files.withLock { files in files = files.filter { $0.key != url.path && !$0.key.hasPrefix(url.path + "/") } }
    }
}
