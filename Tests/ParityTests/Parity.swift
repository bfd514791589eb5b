import Foundation

/// Where the reference implementation left what Autodidact is compared with.
enum Parity {
    /// The folder in the environment variable `AUTODIDACT_PARITY`, which `Scripts/parity` sets; nil where the comparison is not asked for.
    ///
    /// Each subject has a folder of its own in it: what `Tests/Parity/SUBJECT.py make` wrote is read there, and what its `check` is to
    /// verify is written there.
    static let folder: URL? = ProcessInfo.processInfo.environment["AUTODIDACT_PARITY"].flatMap { path in
        path.isEmpty ? nil : URL(fileURLWithPath: path, isDirectory: true)
    }

    /// What belongs to one subject; nil where the comparison, or this part of it, is not asked for.
    static func folder(of subject: String) -> URL? {
        guard let url = folder?.appendingPathComponent(subject, isDirectory: true), FileManager.default.fileExists(atPath: url.path) else {
            return nil
        }
        return url
    }

    /// Why a suite does not run without it.
    static let reason = "needs the reference's files; Scripts/parity makes them"
}
