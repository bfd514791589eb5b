import Autodidact
import Foundation

/// The file of a verifier's program, with its content's hash at the beginning of the work.
///
/// Of a script the hash is the script's, not its interpreter's: it is the script that judges. What either loads is not looked at.
struct CommandProgram: Sendable {
    /// As the user gave it.
    let path: String
    /// Absolute.
    let place: String
    /// SHA-256 of the file, in hexadecimal.
    let digest: String

    /// The program at a path, absolute or from the working folder.
    ///
    /// - Throws: `CommandVerifierError` where there is none that can be run.
    init(_ path: String) throws(CommandVerifierError) {
        self.path = path
        place = URL(fileURLWithPath: path).standardizedFileURL.path
        digest = try Self.digest(of: path, at: place)
    }

    /// Reads the file again.
    ///
    /// - Throws: `VerifierError` where it is not the program that it was.
    func confirm() throws(VerifierError) {
        let now: String
        do throws(CommandVerifierError) {
            now = try Self.digest(of: path, at: place)
        } catch {
            throw .lost(path: path, began: digest, reason: error.description)
        }
        if now != digest { throw .changed(path: path, began: digest, now: now) }
    }

    /// The hash of the program's file, once it is known to be one.
    private static func digest(of path: String, at place: String) throws(CommandVerifierError) -> String {
        guard FileManager.default.fileExists(atPath: place) else { throw .missing(path: path) }
        let kind: FileAttributeType?
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: place).resolvingSymlinksInPath().path)
            kind = attributes[.type] as? FileAttributeType
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        guard kind == .typeRegular else { throw .notAFile(path: path) }
        guard FileManager.default.isExecutableFile(atPath: place) else { throw .notExecutable(path: path) }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: place))
            defer { try? file.close() }  // nothing was written that closing could lose
            let start = try file.read(upToCount: 64) ?? Data()
            // Programs of every system have a zero byte near their beginning, scripts have none.
            guard start.starts(with: Array("#!".utf8)) || start.contains(0) else { throw CommandVerifierError.notAProgram(path: path) }
            try file.seek(toOffset: 0)
            // In pieces, because a program may be large; not mapped, because one that is cut short meanwhile would end us.
            return try ContentHash.hexadecimal(ofPieces: { try file.read(upToCount: piece).map { [UInt8]($0) } })
        } catch let error as CommandVerifierError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// How many bytes are read at a time.
    private static let piece = 1 << 20
}
