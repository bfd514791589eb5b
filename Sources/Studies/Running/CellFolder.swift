public import Autodidact
public import Foundation
import Texts

/// Finished cells on disk, so that a study which is killed loses the running one at most.
///
/// One file for each cell, named by its fingerprint and written atomically. A file that cannot be read is an error, not a cell less:
/// whoever damaged it should know.
public struct CellFolder: Sendable {
    private let folder: URL
    private let disk: any Disk

    /// The cells of one study below a folder, which need not be there yet.
    public init(_ folder: URL, disk: any Disk) {
        self.folder = folder
        self.disk = disk
    }

    /// The cell of a fingerprint; nil where it is not finished.
    ///
    /// - Throws: `DiskError`, also where the file holds no cell of that fingerprint.
    func cell(_ fingerprint: String) throws(DiskError) -> StudyCell? {
        let file = file(fingerprint)
        guard disk.exists(file) else { return nil }
        let data = try disk.read(file)
        let cell: StudyCell
        do {
            cell = try JSONDecoder().decode(StudyCell.self, from: data)
        } catch {
            throw DiskError(action: "read", path: file.path, reason: "it is no finished part of a study; delete it (\("\(error)".shown))")
        }
        guard cell.fingerprint == fingerprint else {
            throw DiskError(action: "read", path: file.path, reason: "it is not the part of a study that its name says; delete it")
        }
        return cell
    }

    /// Keeps a cell.
    ///
    /// - Throws: `DiskError`.
    func keep(_ cell: StudyCell) throws {
        try disk.createDirectory(folder)
        try disk.writeAtomically(try JSONEncoder().encode(cell), to: file(cell.fingerprint))
    }

    /// Removes all cells: the study has its record.
    ///
    /// - Throws: `DiskError`.
    public func clear() throws(DiskError) {
        if disk.exists(folder) { try disk.remove(folder) }
    }

    private func file(_ fingerprint: String) -> URL { folder.appendingPathComponent("\(fingerprint.prefix(24)).json") }
}
