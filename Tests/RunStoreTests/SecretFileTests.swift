import Autodidact
import Foundation
import RunStore
import Testing

@Suite("Secrets and logs in files")
struct SecretFileTests {
    private func file(_ text: String, permissions: Int, in folder: URL) throws -> String {
        let file = folder.appendingPathComponent("token")
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
        return file.path
    }

    @Test("a secret is read from a file of its owner's alone", arguments: [0o600, 0o400])
    func owned(permissions: Int) async throws {
        try await withFolder { folder in
            let path = try file("planted\n", permissions: permissions, in: folder)
            #expect(try Secret(file: path).revealed == "planted")
        }
    }

    @Test("a file that others may touch is refused with what to do", arguments: [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o777])
    func shared(permissions: Int) async throws {
        try await withFolder { folder in
            let path = try file("planted\n", permissions: permissions, in: folder)
            let error = #expect(throws: SecretError.self) { try Secret(file: path) }
            #expect(error == .readableByOthers(path: path, permissions: permissions))
            #expect(error?.description.contains("chmod 600") == true && error?.description.contains("planted") == false)
        }
    }

    @Test("a link counts as what it leads to")
    func link() async throws {
        try await withFolder { folder in
            let path = try file("planted", permissions: 0o644, in: folder)
            let link = folder.appendingPathComponent("link").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            let error = #expect(throws: SecretError.self) { try Secret(file: link) }
            #expect(error == .readableByOthers(path: link, permissions: 0o644))
        }
    }

    @Test("what is empty, of several lines, too long or no file is refused")
    func refused() async throws {
        try await withFolder { folder in
            for text in ["", "\n", "a\nb", String(repeating: "a", count: 5000)] {
                let path = try file(text, permissions: 0o600, in: folder)
                #expect(throws: SecretError.self) { try Secret(file: path) }
            }
            for path in [folder.path, folder.appendingPathComponent("absent").path, "/dev/null"] {
                let error = #expect(throws: SecretError.self) { try Secret(file: path) }
                guard case .unreadable(path, _) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("a log grows at its end, whoever else writes there")
    func appended() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("log").path
            let (first, second) = (try AppendedFile(path), try AppendedFile(path))
            try first.append(Data("a\n".utf8))
            try second.append(Data("b\n".utf8))
            try first.append(Data("c\n".utf8))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "a\nb\nc\n")
        }
    }

    @Test("a log that cannot be opened says why")
    func unopened() async throws {
        try await withFolder { folder in
            for path in [folder.path, folder.appendingPathComponent("absent/log").path] {
                let error = #expect(throws: DiskError.self) { try AppendedFile(path) }
                #expect(error?.description.contains(path) == true)
            }
        }
    }

    @Test("a device that takes nothing fails at the first line", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func full() throws {
        let file = try AppendedFile("/dev/full")
        #expect(throws: DiskError.self) { try file.append(Data("a\n".utf8)) }
    }
}
