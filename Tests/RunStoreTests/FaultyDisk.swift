import Autodidact
import Foundation
import RunStore
import Synchronization

/// The real disk, of which one call fails.
final class FaultyDisk: Disk {
    /// How a call fails.
    enum Fault: String, CaseIterable {
        /// Nothing was done.
        case refused
        /// Of a write, half a temporary file was left behind.
        case torn
        /// Everything was done, but the call fails all the same.
        case afterEffect
    }

    private let disk = SystemDisk()
    private let fault: Fault
    private let failing: Int
    private let calls = Mutex(0)

    /// Fails at call number `failing`, from 1 up.
    init(_ fault: Fault, at failing: Int) {
        self.fault = fault
        self.failing = failing
    }

    /// Whether the failing call was made.
    var hasFailed: Bool { calls.withLock { $0 >= failing } }

    func read(_ url: URL) throws(DiskError) -> Data {
        try fail("read", url)
        return try disk.read(url)
    }

    func writeAtomically(_ data: Data, to url: URL) throws(DiskError) {
        try fail("write", url) { () throws(DiskError) in
            switch fault {
            case .refused: break
            case .torn:
                let torn = url.deletingLastPathComponent().appendingPathComponent(".torn.tmp")
                try disk.writeAtomically(data.prefix(data.count / 2), to: torn)
            case .afterEffect: try disk.writeAtomically(data, to: url)
            }
        }
        try disk.writeAtomically(data, to: url)
    }

    func exists(_ url: URL) -> Bool { disk.exists(url) }

    func createDirectory(_ url: URL) throws(DiskError) {
        try fail("create directory", url) { () throws(DiskError) in
            if fault == .afterEffect { try disk.createDirectory(url) }
        }
        try disk.createDirectory(url)
    }

    func contents(of url: URL) throws(DiskError) -> [String] {
        try fail("list", url)
        return try disk.contents(of: url)
    }

    func remove(_ url: URL) throws(DiskError) {
        try fail("remove", url) { () throws(DiskError) in
            if fault == .afterEffect { try disk.remove(url) }
        }
        try disk.remove(url)
    }

    private func fail(_ action: String, _ url: URL, leaving effect: () throws(DiskError) -> Void = {}) throws(DiskError) {
        let isFailing = calls.withLock { calls in
            calls += 1
            return calls == failing
        }
        guard isFailing else { return }
        try effect()
        throw DiskError(action: action, path: url.path, reason: "injected")
    }
}
