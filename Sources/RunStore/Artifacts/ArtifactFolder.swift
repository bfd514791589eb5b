import Autodidact
import Foundation

/// Files named by the SHA-256 of their contents, in folders named by its first two digits.
///
/// A file is whole from the moment its name exists, and is checked against its name each time it is read.
struct ArtifactFolder: Sendable {
    let folder: URL
    let disk: any Disk

    /// Where the artifact of a digest lies.
    func file(_ hash: String) -> URL {
        folder.appendingPathComponent(String(hash.prefix(2))).appendingPathComponent(hash)
    }

    /// The bytes of a digest.
    ///
    /// - Throws: `missingArtifact`, `damagedArtifact`, or what the disk says.
    func read(_ hash: String) throws(StoreError) -> [UInt8] {
        let file = file(hash)
        guard disk.exists(file) else { throw .missingArtifact(file: file.path) }
        let bytes = try StoreError.wrapping { () throws(DiskError) in Array(try disk.read(file)) }
        let digest = ContentHash.hexadecimal(of: bytes)
        guard digest == hash else { throw .damagedArtifact(file: file.path, digest: digest) }
        return bytes
    }

    /// Writes an artifact so that it is on the medium when this returns.
    func write(_ bytes: [UInt8], hash: String) throws(StoreError) {
        try StoreError.wrapping { () throws(DiskError) in
            let file = file(hash)
            try disk.createDirectory(file.deletingLastPathComponent())
            try disk.writeAtomically(Data(bytes), to: file)
        }
    }

    /// Whether the artifact is there and whole.
    func holds(_ hash: String) throws(StoreError) -> Bool {
        do throws(StoreError) {
            _ = try read(hash)
            return true
        } catch {
            switch error {
            case .missingArtifact, .damagedArtifact: return false
            default: throw error
            }
        }
    }

    /// Removes every file that is not one of `known`: what a crash left behind.
    func removeAll(except known: Set<String>) throws(StoreError) {
        try StoreError.wrapping { () throws(DiskError) in
            for name in try disk.contents(of: folder) where name.count == 2 {
                let shelf = folder.appendingPathComponent(name)
                for file in try disk.contents(of: shelf) where !known.contains(file) {
                    try disk.remove(shelf.appendingPathComponent(file))
                }
            }
        }
    }

    /// Whether nothing was ever stored.
    func isEmpty() throws(StoreError) -> Bool {
        try StoreError.wrapping { () throws(DiskError) in
            guard disk.exists(folder) else { return true }
            return try disk.contents(of: folder).isEmpty
        }
    }
}
