import Autodidact
import Foundation

/// A data set and its provenance, line by line: both files appear whole, or neither.
final class DatasetFiles {
    private let rows: AtomicFile
    private let origins: AtomicFile
    private let provenance: URL
    private let encoder = JSONEncoder()
    private var lines = (rows: Data(), origins: Data())

    init(_ destination: URL, provenance: URL) throws(DiskError) {
        rows = try AtomicFile(destination)
        origins = try AtomicFile(provenance)
        self.provenance = provenance
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Adds a row and where it came from.
    func add(_ row: DatasetRow, from origin: some Encodable) throws {
        lines.rows += try encoder.encode(row) + [UInt8(ascii: "\n")]
        lines.origins += try encoder.encode(origin) + [UInt8(ascii: "\n")]
        if lines.rows.count + lines.origins.count >= 1 << 20 { try flush() }
    }

    /// Gives both files their names.
    func commit() throws(DiskError) {
        try flush()
        // First, so that there are never rows of unknown origin.
        try origins.commit()
        do throws(DiskError) {
            try rows.commit()
        } catch {
            try? FileManager.default.removeItem(at: provenance)  // the error that matters is the one that is thrown
            throw error
        }
    }

    private func flush() throws(DiskError) {
        try rows.append(lines.rows)
        try origins.append(lines.origins)
        lines = (Data(), Data())
    }
}
