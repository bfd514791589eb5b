import Autodidact
import Foundation
import RunStore

/// A finished run without its report: the program was ended between the last commit and the report.
///
/// To go on with it is to write the report; while this value exists nobody else does.
struct UnreportedRun {
    let overview: RunOverview
    let summary: RunSummary
    let store: RunStore
    private let ledger: StoredLedger

    /// The run of a name, or nil where it is not finished or has its report.
    ///
    /// - Parameter report: Where its report should be, if not in the store.
    /// - Throws: `StoreError`, such as `runInUse` where its report is just being written.
    init?(_ name: String, in store: RunStore, report: String?) throws {
        let overview = try store.run(name)
        let file = URL(fileURLWithPath: report ?? reportFile(of: overview.id, in: store))
        guard overview.state == .finished, !SystemDisk().exists(file) else { return nil }
        self.overview = overview
        self.store = store
        ledger = try store.ledger(overview.id)
        summary = try store.summary(of: overview.id)
        try Self.removeTorn(file)
    }

    /// Removes what was written of a report when the program was ended: files of its name with a dot before and a suffix.
    private static func removeTorn(_ file: URL) throws(DiskError) {
        let (disk, folder) = (SystemDisk(), file.deletingLastPathComponent())
        guard disk.exists(folder) else { return }
        for name in try disk.contents(of: folder) where name.hasPrefix(".\(file.lastPathComponent).") {
            try disk.remove(folder.appendingPathComponent(name))
        }
    }
}
